"""The gate: every reason why something may not be published, all at once, and what was set aside by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from letters.checks.issue import Level
from letters.document.blocks import Document, Figure
from letters.document.walk import every_block
from letters.errors import NotAllowed
from letters.findings.registers import pre_election_windows
from letters.houses.house import House
from letters.houses.words import day as as_day
from letters.publication.hygiene import LOCAL_PATH, Leak, is_web_address
from letters.publication.work import Work

REASONS = {
    "P1": "It is final",
    "P2": "No rule of the publication gate is broken",
    "P3": "Logos and signatures are real",
    "P4": "Every participating inspectorate has agreed to these very words",
    "P5": "The day is in no pre-election period",
    "P6": "The embargo is over",
    "P7": "No file carries names, marks, paths or anything hidden",
    "P8": "No words that stand for a picture are a path",
    "P9": "Every link leads to a web address",
    "P10": "Every house says who publishes",
}
"""The codes of the gate's rules, as an override names them."""


@dataclass(frozen=True)
class Reason:
    """One reason why something may not be published."""

    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.code} {self.message}. {self.remedy}"


@dataclass(frozen=True)
class SetAside:
    """A reason that somebody has set aside."""

    reason: Reason
    why: str
    name: str


def reasons(work: Work, houses: dict[str, House]) -> Iterator[Reason]:
    """Yield every reason that can be known before anything is rendered."""
    if not work.final or work.document.draft:
        yield Reason("P1", "it is a draft and bears a watermark", "Set `stage: final` when it is.")
    for issue in work.issues:
        if issue.level is Level.ERROR and issue.stands:
            yield Reason("P2", f"{issue.finding}: {issue.message} ({issue.code})", issue.remedy)
    yield from placeholder_art(work, houses)
    yield from missing_agreements(work)
    yield from closed_days(work)
    yield from unsound_words(work.document)
    for name, house in houses.items():
        if house.settings.publisher_on(work.day) is None or house.settings.end_matter is None:
            yield Reason("P10", f"the house {name} does not say who publishes on {work.day}", "Give `publisher:`.")


def placeholder_art(work: Work, houses: dict[str, House]) -> Iterator[Reason]:
    """Find pictures that only stand in for real ones."""
    figures = [*work.document.letterhead]
    figures += [block for block in every_block(work.document.blocks) if isinstance(block, Figure)]
    missing: dict[str, None] = {}
    for house in houses.values():
        for figure in figures:
            picture = house.picture(figure.image)
            if picture is not None and picture.placeholder:
                missing[figure.image] = None
    if missing:
        yield Reason("P3", f"{', '.join(missing)} are placeholders", "Give a folder of real ones with --art.")


def missing_agreements(work: Work) -> Iterator[Reason]:
    """Find inspectorates that have not agreed, or agreed to other words."""
    agreed = {held.inspectorate: held for held in work.agreements if held.words == work.words}
    fallen = {held.inspectorate for held in work.agreements} - set(agreed)
    for name in work.inspectorates:
        if name in fallen:
            message = f"{name} agreed to other words; these are {work.words}"
            yield Reason("P4", message, "Show what changed with `letters redline`, and ask again.")
        elif name not in agreed:
            yield Reason("P4", f"{name} has not agreed to the words {work.words}", "Enter it with `letters agree`.")


def closed_days(work: Work) -> Iterator[Reason]:
    """Find a day before an election, and one before the end of the embargo."""
    for window in pre_election_windows():
        if window.first <= work.day <= window.last:
            said = f"{as_day(work.day)} is in the period before the {window.name}"
            yield Reason("P5", said, f"Publish after {as_day(window.last)}.")
    if work.plan.embargo and work.day < work.plan.embargo:
        said = f"it is under embargo until {as_day(work.plan.embargo)}"
        yield Reason("P6", said, "Publish on that day or later.")


def unsound_words(document: Document) -> Iterator[Reason]:
    """Find paths in the words that stand for pictures, and links that no reader can follow."""
    for block in (*document.letterhead, *every_block(document.blocks)):
        if isinstance(block, Figure) and LOCAL_PATH.search(block.alt):
            yield Reason("P8", f"the words for {block.image} are a path: {block.alt}", "Say what it shows.")
        for run in getattr(block, "runs", ()):
            if run.link and not is_web_address(run.link):
                yield Reason("P9", f"“{run.text}” leads to {run.link}", "Give an address on the web, or no link.")
    for note in document.notes:
        for run in note.runs:
            if run.link and not is_web_address(run.link):
                yield Reason("P9", f"“{run.text}” leads to {run.link}", "Give an address on the web, or no link.")


def leak_reasons(found: list[Leak]) -> Iterator[Reason]:
    """Yield a reason for each thing that a finished file carries and must not."""
    for leak in found:
        yield Reason("P7", f"{leak.file} carries {leak.what}", "Take it out of the house's frame, art or style sheet.")


def passed(work: Work, found: list[Reason]) -> list[SetAside]:
    """Return the reasons that were set aside; raises NotAllowed with every one that stands."""
    aside, standing = list(set_aside_before(work)), []
    for reason in found:
        override = next((held for held in work.overrides if held.rule == reason.code), None)
        if override:
            aside.append(SetAside(reason, override.reason, override.name))
        else:
            standing.append(reason)
    if standing:
        lines = "\n".join(f"  {reason}" for reason in standing)
        count = "one reason" if len(standing) == 1 else f"{len(standing)} reasons"
        raise NotAllowed(f"{work.path} is not published, for {count}:\n{lines}")
    return aside


def set_aside_before(work: Work) -> Iterator[SetAside]:
    """Yield the errors of the rules that the file itself sets aside."""
    for issue in work.issues:
        if issue.level is Level.ERROR and not issue.stands:
            why, _, name = issue.overridden.rstrip(")").rpartition(" (")
            yield SetAside(Reason(issue.code, f"{issue.finding}: {issue.message}", issue.remedy), why, name)
