"""Rules over people: who signs and who receives."""

import re
from collections.abc import Iterator

from letters.checks.case import CheckContext, synonyms_of
from letters.checks.issue import Gate, Violation
from letters.checks.rule import rule
from letters.findings.area import AgencyType

WITHOUT_A_LEADER = frozenset(
    {
        AgencyType.SAFEGUARDING_PARTNERSHIP,
        AgencyType.COMMUNITY_SAFETY_PARTNERSHIP,
        AgencyType.EDUCATION,
        AgencyType.PRIMARY_CARE,
        AgencyType.PUBLIC_HEALTH,
        AgencyType.VOLUNTARY,
        AgencyType.OTHER,
    }
)
"""Kinds of agency that the letter greets as the partnership, or that are many."""
TITLE_WORDS = re.compile(r"\b(inspector|director|chief|commissioner|head|deputy|assistant)\b", re.IGNORECASE)


@rule("V5", error_from=Gate.AGREEMENT)
def every_inspectorate_signs(case: CheckContext) -> Iterator[Violation]:
    found = case.inspection
    signing = [signatory.inspectorate for signatory in found.signatories]
    for place, name in enumerate(found.inspectorates):
        if name not in signing:
            yield Violation(("inspectorates", place), f"{name} takes part but does not sign", "Add its signatory.")
    for place, signatory in enumerate(found.signatories):
        path = ("signatories", place)
        if not signatory.name:
            if not signatory.title:
                yield Violation(path, f"{signatory.inspectorate} signs without name and title", "Say who signs.")
            continue
        if any(signatory.name == other.name for other in found.signatories[:place]):
            yield Violation(
                (*path, "name"), f"{signatory.name} signs for two inspectorates", "Name the person who signs for each."
            )
        if signing.index(signatory.inspectorate) != place:
            yield Violation(path, f"{signatory.inspectorate} signs twice", "Keep one signatory for each inspectorate.")
        if TITLE_WORDS.search(signatory.name) or " " not in signatory.name.strip():
            yield Violation(
                (*path, "name"),
                f"“{signatory.name}” is not a person’s name",
                "Give the name; the title goes under `title:`.",
            )
        if not signatory.title:
            yield Violation(
                (*path, "title"), f"{signatory.name} has no title", "Give the title the person held that day."
            )


@rule("V20", shown_from=Gate.FACTUAL_ACCURACY)
def recipients_addresses(case: CheckContext) -> Iterator[Violation]:
    for place, addressee in enumerate(case.inspection.addressees):
        lacking = [
            words for words, given in (("postal", addressee.postal_address), ("web", addressee.website)) if not given
        ]
        if lacking:
            message = f"{addressee.name} has no {' and no '.join(lacking)} address"
            yield Violation(("addressees", place), message, "Give them, or override this rule with the reason.")


@rule("V21")
def nobody_forgotten(case: CheckContext) -> Iterator[Violation]:
    addressed = {addressee.agency for addressee in case.inspection.addressees}
    organisations = " ".join(f"{a.role or ''} {a.organisation or ''}" for a in case.inspection.addressees).lower()
    tagged = {name for finding in case.inspection.all_findings() for name in finding.agencies}
    targets = {name for _, item in case.recommendations if item.target != "partnership" for name in item.target}
    prose = " ".join(text.words for text in case.texts).lower()
    for place, agency in enumerate(case.inspection.agencies):
        if not agency.inspected:
            continue
        leaderless = (
            agency.type in WITHOUT_A_LEADER or agency.name.lower() in organisations or not is_named(agency.name)
        )
        leaderless |= any(a.organisation and a.organisation in agency.name for a in case.inspection.addressees)
        leaderless |= agency.type is AgencyType.CHILDRENS_SOCIAL_CARE and "children’s services" in organisations
        if agency.id not in addressed and not leaderless:
            yield Violation(
                ("agencies", place),
                f"{agency.name} was inspected but is not an addressee",
                "Add its leader to `addressees:`.",
            )
        mentioned = agency.id in tagged | targets or any(
            word in prose for word in synonyms_of(agency.name, agency.abbreviation, agency.type)
        )
        if not mentioned and agency.type is not AgencyType.PCC:
            yield Violation(
                ("agencies", place),
                f"{agency.name} was inspected but no finding mentions it",
                "Add its findings, or set `inspected: false`.",
            )


def is_named(name: str) -> bool:
    """Say whether a name is one body's own, and not words for several, such as midwifery services."""
    return sum(word[:1].isupper() for word in name.split()) > len(name.split()) / 2
