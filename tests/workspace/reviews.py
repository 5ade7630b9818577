"""What tests of reviews share: a version sent, and copies of it as reviewers give them back."""

from collections.abc import Mapping
from datetime import timedelta

from letters.document.marks import Mark
from letters.findings.editing import place_of
from letters.findings.source_file import SourceFile
from letters.verbs.propose import proposed_copy
from letters.workspace import blobs
from letters.workspace.access import Access, case_for
from letters.workspace.models import Person, Return, Sending
from letters.workspace.now import today
from letters.workspace.reading import joint, read_version
from letters.workspace.returning import Given, give_copy
from letters.workspace.roles import Act
from letters.workspace.sending import QUESTIONS, Order, send_for_review

TRUST = ("relationships of trust", "bonds of trust")
"""A change of the first words of S-01."""


def order(access: Access, *bodies: str) -> Order:
    """Return what a lead fills in to send the newest version."""
    last_day = today() + timedelta(days=5)
    return Order(access.case.head, (), bodies, last_day, tuple(QUESTIONS), None, "/")


def sent(access: Access, *bodies: str) -> Sending:
    """Send the newest version of a case to some inspectorates."""
    access.case.refresh_from_db()
    return send_for_review(access, order(access, *(bodies or ("ofsted",))))


def copy_of(
    sending: Sending,
    words: Mapping[str, tuple[str, str]],
    author: str = "Ann",
    remarks: Mapping[str, str] | None = None,
) -> bytes:
    """Return a copy in which somebody changed words of findings, with comments."""
    wanted = read_version(sending.version).shown.model_copy(deep=True)
    for name, (old, new) in words.items():
        entry = place_of(wanted, name).entry
        assert old in entry.text, (name, old)
        entry.text = entry.text.replace(old, new, 1)
    file = SourceFile("sent.docx", blobs.get(sending.file.blob))
    return proposed_copy(file, wanted, joint(), Mark(author, "2024-06-03T10:00:00Z"), remarks or {})


def given(sending: Sending, person: Person, data: bytes, replaces: Return | None = None) -> Return:
    """Give a copy back as a person of its inspectorate."""
    access = case_for(person, sending.case.slug, Act.REVIEW)
    return give_copy(access, sending, Given(person.organisation, replaces), "copy.docx", data)
