"""What a round file says of itself and of its inspections: references that lead somewhere, words quoted as they are."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from letters.findings.references import FOOTNOTE, Mistake
from letters.findings.registers import inspectorates
from letters.findings.round_file import (
    ChartHere,
    FindingList,
    Lesson,
    Overview,
    PracticeExample,
    Quotation,
    TableHere,
)
from letters.findings.rounds import RoundOfInspections, Steps

REFERENCE = re.compile(r"(?<!\\)\[@([A-Za-z][A-Za-z0-9_-]{0,31})\]")
COUNT = re.compile(r"\]\(count:([A-Za-z][A-Za-z0-9_-]{0,31})\)")


def mistakes(found: RoundOfInspections) -> Iterator[Mistake]:
    """Yield every mistake between a round file's fields, and between it and its inspections."""
    yield from unlike_members(found)
    yield from wrong_period(found)
    yield from unknown_bodies(found.overview)
    yield from lost_findings(found)
    yield from wrong_quotations(found)
    yield from lost_names(found.overview)
    yield from lost_notes(found.overview)
    yield from unknown_numbers(found.overview)


def unlike_members(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find an area that is listed twice, and an inspection of another theme."""
    keys: set[str] = set()
    for place, about in enumerate(found.overview.inspections):
        if about.key in keys:
            yield Mistake(("inspections", place), f"{about.key!r} is listed twice", "Keep one of the two.")
        keys.add(about.key)
        theme = found.members[about.key].theme
        if theme.casefold() != found.overview.theme.casefold():
            message = f"{about.file} has the theme {theme!r}, but the round has {found.overview.theme!r}"
            yield Mistake(("inspections", place), message, "Remove it, or correct the theme.")


def wrong_period(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find a period that is not that of the fieldwork, and a report from before the last letter."""
    weeks = [member.fieldwork for member in found.members.values()]
    real = (min(week.start for week in weeks), max(week.end for week in weeks))
    if (found.overview.period.start, found.overview.period.end) != real:
        message = f"fieldwork ran from {real[0]} to {real[1]}"
        yield Mistake(("period",), message, f"Write {{start: {real[0]}, end: {real[1]}}}.")
    last = max(member.letter_day for member in found.members.values())
    if found.overview.published < last:
        yield Mistake(
            ("published",),
            f"the last letter is dated {last}",
            "An overview must be dated after its letters; check both.",
        )


def unknown_bodies(overview: Overview) -> Iterator[Mistake]:
    """Find inspectorates that there are not, and a lead that takes no part."""
    for place, name in enumerate(overview.inspectorates):
        if name not in inspectorates():
            known = ", ".join(inspectorates())
            yield Mistake(("inspectorates", place), f"there is no inspectorate {name!r}", f"Write one of {known}.")
    if overview.lead not in overview.inspectorates:
        yield Mistake(("lead",), f"{overview.lead!r} is not one of the inspectorates", "Add it to `inspectorates:`.")


def references_in(overview: Overview) -> Iterator[tuple[Steps, str]]:
    """Yield every reference to a finding with its path."""
    for name, count in overview.counts.items():
        yield from (((("counts", name, "findings", place)), held) for place, held in enumerate(count.findings))
    for path, entry in overview.entries():
        if isinstance(entry, Lesson):
            yield from (((*path, "rests_on", place), held) for place, held in enumerate(entry.rests_on))
        elif isinstance(entry, FindingList):
            yield from (((*path, "list", place), held) for place, held in enumerate(entry.list.findings))
        elif isinstance(entry, Quotation):
            yield (*path, "quote"), entry.quote
        elif isinstance(entry, PracticeExample):
            yield (*path, "example"), entry.example


def lost_findings(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find references to findings that no inspection has, and practice examples that are no case studies."""
    for path, reference in references_in(found.overview):
        held = found.findings.get(reference)
        if held is None:
            near = get_close_matches(reference, found.findings, n=1, cutoff=0.6)
            remedy = f"Did you mean {near[0]}?" if near else f"The areas are {few(found.members)}."
            yield Mistake(path, f"there is no finding {reference!r} in this round", remedy)
        elif path[-1] == "example" and held.section != "case_studies":
            yield Mistake(path, f"{reference} is not a case study", "Quote it, or name one of its case studies.")


def unknown_numbers(overview: Overview) -> Iterator[Mistake]:
    """Find counts of children where an inspection does not say how many."""
    for name, count in overview.counts.items():
        field = count.of.removeprefix("children_")
        silent = [about.key for about in overview.inspections if getattr(about, field, 0) is None]
        if count.of.startswith("children") and silent:
            yield Mistake(
                ("counts", name), f"{field} is not given for {few(silent)}", f"Give `{field}:` for every area."
            )


def few(names: Iterable[str]) -> str:
    """Return some names, and not thousands."""
    listed = list(names)
    return ", ".join(listed[:12]) + (" and more" if len(listed) > 12 else "")


def wrong_quotations(found: RoundOfInspections) -> Iterator[Mistake]:
    """Find quoted words that are not in the finding that they are quoted from."""
    for path, entry in found.overview.entries():
        if not isinstance(entry, Quotation) or entry.words is None or entry.quote not in found.findings:
            continue
        words = re.escape(" ".join(FOOTNOTE.sub("", entry.words).split()))
        if not re.search(rf"(?<!\w){words}(?!\w)", found.findings[entry.quote].whole):
            message = f"these words are not in {entry.quote}"
            yield Mistake((*path, "words"), message, "Copy them exactly from there.")


def prose_in(overview: Overview) -> Iterator[tuple[Steps, str]]:
    """Yield every text in Markdown with its path."""
    for path, entry in overview.entries():
        if isinstance(entry, Lesson):
            yield (*path, "text"), entry.text
        elif isinstance(entry, FindingList) and entry.introduction:
            yield (*path, "introduction"), entry.introduction
    for name in overview.glossary:
        yield ("glossary", name), overview.glossary[name]
    for name in overview.footnotes:
        yield ("footnotes", name), overview.footnotes[name]


def lost_names(overview: Overview) -> Iterator[Mistake]:
    """Find counts, tables and charts that are referred to and are not there, and those with a name in common."""
    named: set[str] = set()
    for path, entry in overview.entries():
        if isinstance(entry, TableHere | ChartHere):
            if entry.id in named:
                yield Mistake(
                    (*path, "id"), f"{entry.id!r} is the id of another table or chart", "Give it a unique id."
                )
            named.add(entry.id)
    for path, text in prose_in(overview):
        for name in REFERENCE.findall(text):
            if name not in named:
                yield Mistake(path, f"there is no table or chart {name!r}", one_of(name, named))
        for name in COUNT.findall(text):
            if name not in overview.counts:
                yield Mistake(path, f"there is no count {name!r}", one_of(name, overview.counts))


def one_of(name: str, known: Iterable[str]) -> str:
    """Say which name may be meant."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else "Add it, or remove the reference."


def lost_notes(overview: Overview) -> Iterator[Mistake]:
    """Find footnotes that are not referred to exactly once."""
    uses: dict[str, int] = {}
    for path, text in prose_in(overview):
        for name in FOOTNOTE.findall(text):
            uses[name] = uses.get(name, 0) + 1
            if path[0] == "footnotes":
                yield Mistake(path, "a footnote refers to a footnote", "Write it in the footnote itself.")
            elif name not in overview.footnotes:
                yield Mistake(path, f"there is no footnote {name!r}", "Add it under `footnotes:`.")
            elif uses[name] > 1:
                yield Mistake(
                    path, f"footnote {name!r} already has a reference", "Write a separate footnote for each reference."
                )
    for name in overview.footnotes:
        if not uses.get(name):
            yield Mistake(("footnotes", name), "no text refers to it", f"Write [^{name}] where it belongs.")
