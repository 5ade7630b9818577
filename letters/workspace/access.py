"""Who may see and do what: one function decides, and what somebody may not see does not exist for her."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from letters.workspace.models import Body, Case, Part, Person, Stage
from letters.workspace.now import now
from letters.workspace.roles import ACTS, SEES_ALL_EVENTS, SEES_EVIDENCE, Act, Role


class NoSuchCase(Exception):
    """There is no such case, or none for this person, or not this page of it: nobody is told which."""


@dataclass(frozen=True)
class Access:
    """A case as one person may see it."""

    case: Case
    person: Person
    roles: frozenset[Role]

    def may(self, act: Act) -> bool:
        """Say whether the person may do something with the case."""
        return any(act in ACTS[role] for role in self.roles)

    @property
    def inspectorate(self) -> str:
        """The inspectorate that the person belongs to, by its id; empty for others."""
        body = self.person.organisation
        return body.register_id if body.kind == Body.INSPECTORATE else ""

    def may_write(self, inspectorates: Iterable[str]) -> bool:
        """Say whether the person may change a finding of these inspectorates: a lead any, a writer her own."""
        return self.may(Act.LEAD) or (self.may(Act.WRITE) and self.inspectorate in inspectorates)

    def sees_evidence(self, inspectorates: Iterable[str]) -> bool:
        """Say whether the person sees the evidence and notes of a finding: a reviewer sees her own inspectorate's."""
        return bool(self.roles & SEES_EVIDENCE) or self.inspectorate in inspectorates

    @property
    def sees_all_events(self) -> bool:
        """Whether everything that happened is shown, and not only what she or her inspectorate did."""
        return bool(self.roles & SEES_ALL_EVENTS)


def running(person: Person) -> QuerySet[Part]:
    """Return the parts that a person has now."""
    return Part.objects.filter(person=person, person__is_active=True).filter(Q(until=None) | Q(until__gt=now()))


def case_for(person: Person, slug: str, act: Act) -> Access:
    """Return a case for something that a person wants to do with it; raises NoSuchCase where she may not."""
    parts = list(running(person).filter(case__slug=slug).select_related("case", "person__organisation"))
    if parts:
        access = Access(parts[0].case, parts[0].person, frozenset(Role(part.role) for part in parts))
        is_there = parts[0].case.stage != Stage.ERASED or act is Act.HISTORY
        if access.may(act) and is_there:
            return access
    raise NoSuchCase(slug)


def acting(person: Person, act: Act) -> QuerySet[Case]:
    """Return the cases in which a person may do something, the newest first."""
    roles = [role for role in Role if act in ACTS[role]]
    return (
        Case.objects.exclude(stage=Stage.ERASED)
        .filter(pk__in=running(person).filter(role__in=roles).values("case"))
        .order_by("-created_at")
    )


def cases_of(person: Person) -> QuerySet[Case]:
    """Return the cases that exist for a person and that she can open."""
    return acting(person, Act.READ)
