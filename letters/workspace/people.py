"""People: their accounts, and the parts they have in cases."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from letters.errors import LettersError
from letters.findings.registers import inspectorates
from letters.workspace.access import Access
from letters.workspace.events import record
from letters.workspace.models import Body, Organisation, Part, Person
from letters.workspace.now import now
from letters.workspace.roles import TITLES, Role

MOST_NAME = 200


def organisation(register_id: str) -> Organisation:
    """Return an inspectorate by its id in the register, entered once it is asked for."""
    known = inspectorates()
    if register_id not in known:
        raise LettersError(f"There is no inspectorate {register_id!r}. They are {', '.join(known)}.")
    name = known[register_id].names[-1].name
    body, _ = Organisation.objects.get_or_create(
        register_id=register_id, defaults={"kind": Body.INSPECTORATE, "name": name}
    )
    return body


def add_person(
    email: str, name: str, register_id: str, *, by: Person | None = None, administrator: bool = False
) -> tuple[Person, str]:
    """Make an account, and return it with a password that is told once."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise LettersError(f"{email!r} is no email address. Write one like name@example.org.") from None
    if not name.strip() or len(name) > MOST_NAME or len(address) > MOST_NAME:
        raise LettersError("Give the name of the person, and her address, with at most 200 characters each.")
    if Person.objects.filter(email__iexact=address).exists():
        raise LettersError(f"{address} has an account already.")
    password = secrets.token_urlsafe(12)
    person = Person(
        email=address,
        name=" ".join(name.split()),
        organisation=organisation(register_id),
        is_administrator=administrator,
        added_at=now(),
    )
    validate_password(password, person)
    person.set_password(password)
    with transaction.atomic():
        person.save()
        record(None, by, "account_added", str(person.pk), {"administrator": administrator})
    return person, password


def new_password(person: Person, by: Person | None) -> str:
    """Give a person another password, which is told once; her sessions end."""
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    with transaction.atomic():
        person.save()
        record(None, by, "password_renewed", str(person.pk))
    return password


def set_active(person: Person, by: Person, *, active: bool) -> None:
    """Let an account sign in, or no longer."""
    if person == by and not active:
        raise LettersError("You cannot close your own account. Another administrator can.")
    person.is_active = active
    with transaction.atomic():
        person.save()
        record(None, by, "account_opened" if active else "account_closed", str(person.pk))


def invite(access: Access, email: str, role: str) -> Part:
    """Give a person a part in a case; raises LettersError where she has no account or has the part."""
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise LettersError(f"Nobody with the address {email.strip() or '(none)'} has an account. Ask an administrator.")
    if role not in TITLES:
        raise LettersError("Choose what the person does in this case.")
    with transaction.atomic():
        part, is_new = Part.objects.get_or_create(
            case=access.case, person=person, role=role, until=None, defaults={"since": now()}
        )
        if not is_new:
            raise LettersError(f"{person.name} is {TITLES[Role(role)].lower()} in this case already.")
        record(access.case, access.person, "part_given", str(person.pk), {"role": role})
    return part


def end_part(access: Access, pk: int) -> None:
    """End a part in a case: from now on the case does not exist for the person, unless she has another part."""
    with transaction.atomic():
        part = Part.objects.filter(case=access.case, pk=pk, until=None).select_related("person").first()
        if part is None:
            raise LettersError("This part has ended already.")
        leads = Part.objects.filter(case=access.case, role=Role.LEAD, until=None)
        if part.role == Role.LEAD and leads.count() == 1:
            raise LettersError("A case needs a lead. Invite another lead first.")
        part.until = now()
        part.save()
        record(access.case, access.person, "part_ended", str(part.person_id), {"role": part.role})


def parts(access: Access) -> Iterable[Part]:
    """Return the running parts of a case."""
    rows = Part.objects.filter(case=access.case, until=None)
    return rows.select_related("person__organisation").order_by("person__name", "role")


def signed_in(person: Person) -> None:
    """Note that somebody signed in."""
    with transaction.atomic():
        record(None, person, "signed_in", str(person.pk))
