"""The rows that pages show, each found for somebody who may see it."""

import json

from django.db import connection
from django.db.models import Q, QuerySet

from letters.workspace.access import Access, NoSuchCase, cases_of
from letters.workspace.artefacts import wanted
from letters.workspace.issues import Gate, issues_of_version
from letters.workspace.models import (
    Artefact,
    Case,
    Event,
    Person,
    SetAside,
    StoredFile,
    Version,
)
from letters.workspace.reading import head_of
from letters.workspace.roles import Act

MOST_COUNTED = 10
"""Letters whose errors a page counts by itself, where the worker has not done so yet."""


def count_errors(pk: int) -> None:
    """Count the errors that hold a letter back from agreement, for lists to show; a worker does so after a save."""
    case = Case.objects.get(pk=pk)
    head = head_of(case)
    issues = issues_of_version(case, head, Gate.AGREEMENT)
    errors = sum(issue.is_error and issue.is_open for issue in issues)
    Case.objects.filter(pk=pk, head=head.number).update(errors=errors)


def cases(person: Person, words: str = "", kind: str = "", round_name: str = "", stage: str = "") -> QuerySet[Case]:
    """Return the cases that exist for a person and fit a filter, the newest first."""
    rows = cases_of(person)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(theme__icontains=words) | Q(slug__icontains=words))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(stage=stage) if stage else rows
    return rows.filter(round_name=round_name) if round_name else rows


def heads(found: list[Case]) -> dict[int, Version]:
    """Return the newest version of each of some cases, by the case's key, in one query."""
    wanted_ones = Q(pk__in=[])
    for case in found:
        wanted_ones |= Q(case=case, number=case.head)
    return {version.case_id: version for version in Version.objects.filter(wanted_ones).select_related("person")}


def rounds(person: Person) -> list[str]:
    """Return the names of the rounds that a person's cases belong to."""
    return sorted({name for name in cases_of(person).values_list("round_name", flat=True) if name})


def versions(access: Access) -> QuerySet[Version]:
    """Return the versions of a case, the newest first."""
    return access.case.versions.select_related("person").order_by("-number")


def version_numbered(access: Access, given: str) -> Version:
    """Return the version of a number that somebody wrote; raises NoSuchCase where there is none."""
    found = access.case.versions.filter(number=int(given)).first() if given.isdecimal() and len(given) < 9 else None
    if found is None:
        raise NoSuchCase(given)
    return found


def artefact(access: Access, pk: int) -> Artefact:
    """Return a file that the worker makes, or made, for a case; raises NoSuchCase where a person may not have it."""
    made = Artefact.objects.filter(case=access.case, pk=pk).first()
    if made is None or ((made.older or made.version != access.case.head) and not access.may(Act.VERSIONS)):
        raise NoSuchCase(pk)
    return made


def again(access: Access, made: Artefact) -> Artefact:
    """Ask once more for a file that could not be made."""
    Artefact.objects.filter(pk=made.pk, state=Artefact.FAILED).delete()
    newer = access.case.versions.get(number=made.version)
    older = access.case.versions.get(number=made.older) if made.older else None
    return wanted(access.case, newer, made.kind, older, made.house)


def file_of_case(access: Access, pk: int) -> StoredFile:
    """Return a file that was given to a case; raises NoSuchCase where there is none."""
    kept = StoredFile.objects.filter(case=access.case, pk=pk).select_related("blob").first()
    if kept is None:
        raise NoSuchCase(pk)
    return kept


def file_of_person(person: Person, purpose: str, pk: int) -> StoredFile:
    """Return a file that a person gave for a purpose; raises NoSuchCase where there is none."""
    kept = StoredFile.objects.filter(pk=pk, person=person, purpose=purpose).select_related("blob").first()
    if kept is None:
        raise NoSuchCase(pk)
    return kept


def older_letter(access: Access) -> StoredFile | None:
    """Return the older letter that a case was started from, for the person who gave it; none for others."""
    event = Event.objects.filter(chain=access.case.slug, verb="case_started", person=access.person).first()
    given = json.loads(event.data).get("given") if event else None
    kept = StoredFile.objects.filter(pk=given, person=access.person).select_related("blob").first() if given else None
    return kept if kept and kept.blob.media_type != "text/plain" else None


def set_aside(access: Access) -> QuerySet[SetAside]:
    """Return the rules that are set aside in a case, those that wait for a second person too."""
    return SetAside.objects.filter(case=access.case, ended_at=None).select_related("person", "second").order_by("id")


def people() -> QuerySet[Person]:
    """Return every account."""
    return Person.objects.select_related("organisation").order_by("name")


def account(pk: int) -> Person:
    """Return an account; raises NoSuchCase where there is none."""
    found = people().filter(pk=pk).first()
    if found is None:
        raise NoSuchCase(pk)
    return found


def events(chain: str) -> QuerySet[Event]:
    """Return the events of a chain, the oldest first."""
    return Event.objects.filter(chain=chain).select_related("person").order_by("seq")


def answers() -> bool:
    """Say whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))
