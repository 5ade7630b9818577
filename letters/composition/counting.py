"""What a report counts: the findings that a selection takes, and whether the prose says the number as it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from letters.findings.finding import Priority
from letters.findings.round_file import Count, FindingKind, Selection
from letters.findings.rounds import RoundFinding, RoundOfInspections
from letters.houses.house import HouseWords
from letters.houses.quantities import agrees, agrees_with_number, shown, ways

SECTIONS = {
    FindingKind.STRENGTH: "strengths",
    FindingKind.RECOMMENDATION: "recommendations",
    FindingKind.PRIORITY: "recommendations",
    FindingKind.IMPROVEMENT: "recommendations",
    FindingKind.FINDING: "main_findings",
    FindingKind.CASE_STUDY: "case_studies",
    FindingKind.HEADLINE: "headline_findings",
}
PRIORITIES = {
    FindingKind.PRIORITY: (Priority.PRIORITY,),
    FindingKind.IMPROVEMENT: (Priority.IMPROVEMENT, Priority.UNPRIORITISED),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One count as the data has it: its number, and the findings behind it."""

    name: str
    of: str
    number: int
    whole: int
    sources: tuple[RoundFinding, ...]

    def is_said_by(self, words: str, house: HouseWords) -> bool:
        """Say whether words of the prose say this count as the house does."""
        if self.of == "areas":
            return agrees(words, ways(self.number, self.whole, house))
        if self.of == "findings":
            return agrees_with_number(words, self.number)
        least = shown(self.number, house)
        return agrees_with_number(words, self.number) if least[0].isdigit() else words.startswith(least)

    def should_be(self, house: HouseWords) -> str:
        """Return how the house says this count, and where it comes from."""
        if self.of.startswith("children"):
            return shown(self.number, house)
        ways_to_say = ways(self.number, self.whole, house)[:2] if self.of == "areas" else [f"{self.number:,}"]
        areas = list(dict.fromkeys(held.area for held in self.sources))
        behind = f" ({', '.join(areas[:12])}{' and more' if len(areas) > 12 else ''})" if areas else ""
        return f"{' or '.join(f'“{way}”' for way in ways_to_say)}{behind}"


def selected(found: RoundOfInspections, selection: Selection) -> Iterator[RoundFinding]:
    """Yield the findings that a selection takes, area by area."""
    if selection.findings:
        yield from (found.findings[reference] for reference in dict.fromkeys(selection.findings))
        return
    for member in found.members.values():
        yield from (held for held in member.held if matches(selection, held))


def matches(selection: Selection, held: RoundFinding) -> bool:
    """Say whether a selection takes a finding."""
    if selection.kind and held.section != SECTIONS[selection.kind]:
        return False
    if selection.kind in PRIORITIES and held.priority not in PRIORITIES[selection.kind]:
        return False
    return (
        (not selection.tags or not held.tags.isdisjoint(selection.tags))
        and (not selection.scopes or held.scope in selection.scopes)
        and (not selection.agencies or not held.agencies.isdisjoint(selection.agencies))
    )


def counted(found: RoundOfInspections, name: str, count: Count) -> Counted:
    """Return a count as the data has it."""
    whole = len(found.members)
    if count.of.startswith("children"):
        field = count.of.removeprefix("children_")
        total = sum(getattr(member.about, field) or 0 for member in found.members.values())
        return Counted(name, count.of, total, whole, ())
    sources = tuple(selected(found, count))
    number = len({held.area for held in sources}) if count.of == "areas" else len(sources)
    return Counted(name, count.of, number, whole, sources)
