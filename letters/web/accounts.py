"""How sign-in behaves here: accounts are made by administrators, and every sign-in is an event."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from letters.workspace.models import Person
from letters.workspace.people import signed_in


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that accounts are given and not taken."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: what a person has to know of her account is told on its pages."""


class OrganisationAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An organisation's sign-in opens the account of the same address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say that an organisation's sign-in makes no account."""
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return where somebody is led who connected her account: to her account."""
        return "/accounts/2fa/"


def shown_name(person: Person) -> str:
    """Return the name that pages show."""
    return person.name


def note_sign_in(sender: object, request: HttpRequest, user: Person, **more: object) -> None:
    """Record that somebody signed in."""
    signed_in(user)


user_logged_in.connect(note_sign_in, dispatch_uid="note_sign_in")
