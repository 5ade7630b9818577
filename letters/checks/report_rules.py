"""The rules over a report: what it counts, names and rests on, and how its prose is written (O2 to O7, V1 to V30)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from letters.checks.acronyms import ACRONYM, explanation, is_shouting
from letters.checks.case import Text, Written
from letters.checks.gates import with_overrides
from letters.checks.issue import Gate, Issue, Level, Violation
from letters.checks.prose import grade_words, nothing_left_open, readable_sentences, ungraded
from letters.checks.rulebook import book
from letters.checks.style import house_style
from letters.document import markdown
from letters.document.blocks import Paragraph, plain
from letters.document.tracing import Report
from letters.document.walk import every_block, texts
from letters.findings.inspection import Stage
from letters.findings.parsing import dotted
from letters.findings.registers import inspectorates
from letters.findings.round_file import ChartHere, FindingKind, PracticeExample, Subheading, TableHere
from letters.findings.round_mistakes import REFERENCE, prose_in
from letters.findings.rounds import RoundOfInspections
from letters.houses.house import House, HouseWords
from letters.houses.words import number

NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|\d{1,4})"
SHARE = r"(?:all|most|many|several|some|few|half|both|almost all|nearly all|none|each|neither|either|a (?:large |small )?(?:majority|minority)|the majority|a number|(?:two|three) (?:thirds|quarters))"
THINGS = r"(?:local )?(?:areas?|partnerships?|local authorities|inspections|letters|places)"
ALIKE = 0.8
"""How alike two tags are where one is taken for a slip of the other."""
LESSONS = ("findings",)
"""The sections in which every paragraph says what it rests on."""


@dataclass
class ReportText(Written):
    """A report before the rules that every document has to keep."""

    found: RoundOfInspections

    def _texts(self) -> Iterator[Text]:
        for path, text in prose_in(self.found.overview):
            spoken = " ".join(plain(runs) for runs in markdown.report_paragraphs(text))
            yield Text(path, str(path[0]), without_links(text), spoken, dotted(path))
        for path, entry in self.found.overview.entries():
            if isinstance(entry, Subheading):
                yield Text((*path, "heading"), str(path[0]), entry.heading, entry.heading, dotted(path))


def without_links(text: str) -> str:
    """Return a text without the names of its counts, tables and charts."""
    return REFERENCE.sub("Table 1", re.sub(r"\]\(count:[^)]*\)", "]()", text))


def check_overview(found: RoundOfInspections, report: Report, house: House) -> list[Issue]:
    """Return every issue of a report, the errors first; those that the round file overrides are set aside."""
    case = CheckedReport(found, report)
    issues = [*own_issues(case, house.settings.words), *issues_of_prose(case, house.settings.words)]
    issues, _ = with_overrides(issues, case.found.overview.overrides)
    return sorted(issues, key=lambda issue: (issue.level is not Level.ERROR, case.found.line_of(issue.path)))


@dataclass(frozen=True)
class CheckedReport:
    """A round with its composed report: what the rules look at."""

    found: RoundOfInspections
    report: Report


def issues_of_prose(case: CheckedReport, words: HouseWords) -> Iterator[Issue]:
    """Yield what the rules of every document find in the author's prose."""
    written = ReportText(case.report.document, words, case.found)
    rules = book()
    judges: dict[str, Callable[[Written], Iterator[Violation]]] = {
        "V1": nothing_left_open,
        "V7": ungraded,
        "V8": grade_words,
        "V29": house_style,
        "V30": readable_sentences,
    }
    for code, judge in judges.items():
        level = rules[code].level(Gate.PUBLICATION)
        for found in judge(written):
            heavy = Level.ERROR if found.error_from else level
            yield Issue(code, heavy, dotted(found.path), found.path, found.message, found.remedy, found.words)


def own_issues(case: CheckedReport, words: HouseWords) -> Iterator[Issue]:
    """Yield what the rules of reports find."""
    for stale in case.report.stale:
        yield issue("O4", Level.ERROR, stale.path, stale.message, stale.remedy)
    yield from typed_proportions(case)
    yield from weak_support(case)
    yield from loose_ends(case)
    yield from empty_lists(case)
    yield from strange_tags(case)
    yield from missing_sections(case)
    yield from unused_terms(case)
    yield from unpublished_areas(case)
    yield from told_names(case)
    yield from unexplained(case, words)


def issue(code: str, level: Level, path: tuple[str | int, ...], message: str, remedy: str) -> Issue:
    """Return an issue at a place of the round file."""
    return Issue(code, level, dotted(path), path, message, remedy)


def typed_proportion(whole: int) -> re.Pattern[str]:
    """Return what a proportion of that many areas looks like where it is typed by hand."""
    all_of_them = rf"(?:{number(whole)}|{whole})"
    return re.compile(
        rf"\b(?:{NUMBER} (?:out )?of (?:the )?(?:{all_of_them} )?{THINGS}|{NUMBER} (?:out )?of (?:the )?{all_of_them}(?! \w+s\b)"
        rf"|{NUMBER} (?:local )?(?:areas|partnerships|authorities|letters)|all {all_of_them}(?! \w+s\b)"
        rf"|{SHARE}(?: of)?(?: the)?(?: {NUMBER})? {THINGS}|\d{{1,3}}(?:%| per cent) of (?:the )?{THINGS}"
        rf"|(?:every|each|no|neither) (?:local )?(?:area|partnership))\b",
        re.IGNORECASE,
    )


def typed_proportions(case: CheckedReport) -> Iterator[Issue]:
    """Find proportions of areas that were typed by hand: nobody notices when they are no longer true."""
    pattern = typed_proportion(len(case.found.members))
    for path, text in prose_in(case.found.overview):
        if path[0] in ("glossary", "footnotes"):
            continue
        for runs in markdown.report_paragraphs(text):
            loose = "".join("§" if run.link.startswith(markdown.COUNT) else run.text for run in runs)
            for found in pattern.finditer(loose):
                message = f"“{found[0]}” is a proportion typed by hand"
                yield issue("O4", Level.WARNING, path, message, f"Make it a count: [{found[0]}](count:name).")


def weak_support(case: CheckedReport) -> Iterator[Issue]:
    """Find lessons that rest on nothing, or on one area alone."""
    for traced in case.report.traced:
        if traced.kind != "lesson" or traced.path[0] not in LESSONS:
            continue
        basis = tuple(dict.fromkeys(source.partition("/")[0] for source in traced.basis or traced.sources))
        if not basis:
            message = f"“{beginning(traced.words)}” cites no finding"
            yield issue("O7", Level.WARNING, traced.path, message, "List the findings under `rests_on`.")
        elif len(basis) == 1:
            message = f"“{beginning(traced.words)}” cites findings from {basis[0]} only"
            yield issue("O7", Level.WARNING, traced.path, message, "Say that it was seen in one area, or remove it.")


def beginning(words: str) -> str:
    """Return the first words of a text."""
    return words if len(words) < 60 else f"{words[:57].rsplit(' ', 1)[0]} …"


def loose_ends(case: CheckedReport) -> Iterator[Issue]:
    """Find counts that nothing says, and tables and charts that nothing refers to."""
    for name in case.report.unused:
        yield issue("O2", Level.WARNING, ("counts", name), f"no text uses the count {name}", "Use it, or remove it.")
    referred = {name for _, text in prose_in(case.found.overview) for name in REFERENCE.findall(text)}
    for path, entry in case.found.overview.entries():
        if isinstance(entry, TableHere | ChartHere) and entry.id not in referred:
            yield issue(
                "O2",
                Level.WARNING,
                path,
                f"no text refers to {entry.id}",
                f"Write [@{entry.id}] where you refer to it.",
            )


def empty_lists(case: CheckedReport) -> Iterator[Issue]:
    """Find lists that take no finding at all."""
    for traced in case.report.traced:
        if traced.kind == "list" and not traced.sources:
            yield issue("O2", Level.ERROR, traced.path, "the list selects no findings", "Check its tags, or remove it.")


def strange_tags(case: CheckedReport) -> Iterator[Issue]:
    """Find tags that no finding bears, and tags of findings that look like a slip of one of the themes."""
    overview = case.found.overview
    borne = {tag for held in case.found.findings.values() for tag in held.tags}
    asked = [(("themes", tag), tag) for tag in overview.themes]
    asked += [(("counts", name), tag) for name, count in overview.counts.items() for tag in count.tags]
    for path, tag in asked:
        if tag not in borne:
            near = get_close_matches(tag, borne, n=1, cutoff=0.6)
            remedy = f"Did you mean {near[0]}?" if near else "Tag the findings, or remove it."
            yield issue("O3", Level.WARNING, path, f"no finding has the tag {tag}", remedy)
    known = {tag.casefold(): tag for tag in overview.themes}
    for tag in sorted(borne - set(overview.themes)):
        near = get_close_matches(tag.casefold(), known, n=1, cutoff=ALIKE)
        if near:
            message = f"findings have the tag {tag}, but the theme is {known[near[0]]}"
            yield issue("O3", Level.WARNING, ("themes", known[near[0]]), message, "Write it the same way everywhere.")


def missing_sections(case: CheckedReport) -> Iterator[Issue]:
    """Find counts of areas in which some letter has no such section, so that it can never be among them."""
    sections = {FindingKind.STRENGTH: "strengths", FindingKind.FINDING: "main_findings"}
    for name, count in case.found.overview.counts.items():
        section = sections.get(count.kind) if count.kind and count.of == "areas" else None
        without = [
            key
            for key, member in case.found.members.items()
            if section and not any(held.section == section for held in member.held)
        ]
        if without:
            message = f"{', '.join(without[:8])} has no {str(section).replace('_', ' ')}, so it cannot be counted"
            yield issue("O3", Level.WARNING, ("counts", name), message, "Say so in the text, or name the findings.")


def unused_terms(case: CheckedReport) -> Iterator[Issue]:
    """Find terms of the glossary that the report does not use."""
    printed = {
        plain(block.runs).casefold()
        for block in every_block(case.report.document.blocks)
        if isinstance(block, Paragraph) and block.id.startswith("glossary.") and block.id.endswith(".term")
    }
    for term in case.found.overview.glossary:
        if term.casefold() not in printed:
            yield issue("O2", Level.WARNING, ("glossary", term), f"no text uses the term {term}", "Remove it.")


def told_names(case: CheckedReport) -> Iterator[Issue]:
    """Find practice examples that are to leave their area unnamed, and name it in their text."""
    for path, entry in case.found.overview.entries():
        if not isinstance(entry, PracticeExample) or entry.named:
            continue
        held = case.found.findings[entry.example]
        member = case.found.members[held.area]
        names = {member.area.name, member.area.short or "", member.area.legal or "", *member.bodies} - {""}
        told = sorted(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", held.whole))
        if told:
            message = f"the practice example must not name its area, but its text says {', '.join(told)}"
            yield issue("O6", Level.WARNING, path, message, "Choose another example, or name the area.")


def unpublished_areas(case: CheckedReport) -> Iterator[Issue]:
    """Find practice examples that name an area whose letter is not published yet."""
    for path, entry in case.found.overview.entries():
        if isinstance(entry, PracticeExample) and entry.named:
            member = case.found.members[entry.example.partition("/")[0]]
            if member.stage is not Stage.FINAL or member.about.letter is None:
                message = f"the practice example names {member.area.name}, but the address of its letter is not given"
                yield issue(
                    "O6", Level.WARNING, path, message, "Give the address under `letter:`, or set `named: false`."
                )


def unexplained(case: CheckedReport, words: HouseWords) -> Iterator[Issue]:
    """Find acronyms, those of quoted letters too, that neither the glossary nor a bracket explains."""
    overview = case.found.overview
    known = {*words.known_acronyms, *overview.glossary, "JTAI"}
    known |= {register.on(overview.day).abbreviation or "" for register in inspectorates().values()}
    said = "\n".join(plain(runs) for runs in texts(case.report.document))
    missing: dict[str, None] = {}
    explained: set[str] = set()
    for found in ACRONYM.finditer(said):
        if found[1] in known or is_shouting(said, found):
            continue
        if explanation(said, found):
            explained.add(found[1])
        missing[found[1]] = None
    for acronym in missing:
        if acronym not in explained:
            yield issue(
                "V26", Level.WARNING, place_of(case, acronym), f"{acronym} is never explained", "Add it to `glossary:`."
            )


def place_of(case: CheckedReport, acronym: str) -> tuple[str | int, ...]:
    """Return the place of the first text that holds an acronym."""
    held: Iterable[tuple[tuple[str | int, ...], str]] = prose_in(case.found.overview)
    return next((path for path, text in held if re.search(rf"\b{acronym}s?\b", text)), ())
