"""The proof that every piece of an inspection stands in its letter, once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from letters.composition.slots import Slots
from letters.errors import CompositionFault
from letters.findings.finding import CaseStudy, Finding, FindingGroup, Recommendation, RecommendationGroup
from letters.findings.inspection import Inspection


def prove(inspection: Inspection, slots: Slots, template: str) -> None:
    """Raise CompositionFault where a piece of the inspection is not in the letter, or is there twice."""
    placed = Counter(slots.placed)
    twice = sorted(name for name, count in placed.items() if count > 1)
    if twice:
        raise CompositionFault(f"{', '.join(twice)} would be printed twice. Correct templates/{template}/letter.md.")
    lost = [piece for piece in pieces(inspection) if piece not in placed and piece not in slots.reached]
    if lost:
        raise CompositionFault(
            f"{', '.join(lost)} would not be printed: templates/{template}/letter.md has no place for it. "
            f"Move it to a section that the template has, or put it under `sections:`."
        )


def pieces(inspection: Inspection) -> Iterator[str]:
    """Yield the name of every piece that must stand in the letter."""
    for _, findings in inspection.sections_of_findings():
        for finding in findings:
            yield from finding_pieces(finding)
    for section in ("summary", "context", "headline_findings", "strengths", "main_findings", "children_summary"):
        yield from group_pieces(getattr(inspection, section))
    for extra in inspection.sections:
        yield from group_pieces(extra.items)
    yield from group_pieces(inspection.recommendations)
    yield from (addressee.id for addressee in inspection.addressees)
    yield from (f"signatory.{signatory.inspectorate}" for signatory in inspection.signatories)
    yield from (f"wording.{name}" for name in inspection.wording)
    yield from ["round.context"] if inspection.round.context else []


def finding_pieces(finding: Finding | Recommendation | CaseStudy) -> Iterator[str]:
    """Yield the name of every piece of one finding."""
    if finding.text:
        yield f"{finding.id}.text"
    if isinstance(finding, CaseStudy):
        yield f"{finding.id}.title"
        if finding.subtitle:
            yield f"{finding.id}.subtitle"
        if finding.pseudonym_note:
            yield f"{finding.id}.pseudonym_note"
        return
    if isinstance(finding, Recommendation) and finding.lead_in:
        yield f"{finding.id}.lead_in"
    for place in range(1, len(finding.points) + 1):
        yield f"{finding.id}.points.{place}"


def group_pieces(
    entries: Sequence[Finding | FindingGroup | Recommendation | RecommendationGroup],
) -> Iterator[str]:
    """Yield the name of every group's heading and introduction."""
    for group in entries:
        if isinstance(group, FindingGroup | RecommendationGroup):
            yield f"{group.items[0].id}.heading"
            if group.introduction:
                yield f"{group.items[0].id}.introduction"
