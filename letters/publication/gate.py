"""The gate: every reason why something may not be published, all at once, and what was set aside by whom."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from letters.document.blocks import Chart, Document, Figure, plain
from letters.document.walk import every_block, texts
from letters.errors import NotAllowed, UnreadableInput
from letters.findings.inspection import Override
from letters.findings.registers import pre_election_windows
from letters.houses.house import House
from letters.houses.words import day as as_day
from letters.publication.hygiene.patterns import UNSEEN, has_path, is_web_address
from letters.publication.hygiene.scan import Leak, frame_leaks
from letters.publication.publication import Publication

FRAMES = ("frame.html", "print.css", "large-print.css", "site.html")
"""The files of a house whose words cannot be told from the letter's own once a file is finished."""
SIGNATURES = "signatures/"
"""Where the pictures of signatures are in a folder of art."""
AROUND = 20
"""Characters that are shown on each side of one that nobody sees."""
NO_LINK = re.compile(r"\[[^\]]*\]\(\s*[A-Za-z][A-Za-z0-9+.-]*:[^)]*\)")
"""What was written as a link and stayed words, because it leads nowhere that a letter may lead."""


@dataclass(frozen=True)
class Reason:
    """One reason why something may not be published."""

    code: str
    message: str
    remedy: str
    where: str = ""
    """What an override names to set aside this one alone: an inspectorate, a file, a picture or a house."""

    def __str__(self) -> str:
        return f"{self.code} {self.message}. {self.remedy}"


@dataclass(frozen=True)
class SetAside:
    """A reason that somebody has set aside."""

    reason: Reason
    why: str
    name: str


def reasons(work: Publication, houses: dict[str, House], today: date | None = None) -> Iterator[Reason]:
    """Yield every reason that can be known before anything is rendered; `today` is the day of the act itself."""
    if not work.final or work.document.draft:
        yield Reason("P1", "it is a draft with a watermark", "Set `stage: final` when it is final.")
    for issue in work.issues:
        if issue.is_error and issue.is_open:
            yield Reason("P2", f"{issue.finding}: {issue.message} ({issue.code})", issue.remedy, issue.finding)
    yield from placeholder_art(work, houses)
    yield from missing_signatures(work, houses)
    yield from missing_agreements(work)
    yield from closed_days(work, today)
    yield from unseen_characters(work.document)
    yield from leaks_of_frames(work, houses.values())
    yield from unsound_pictures(work.document)
    yield from unsound_links(work)
    for name, house in houses.items():
        if house.settings.publisher_on(work.day) is None or house.settings.end_matter is None:
            message = f"the house {name} names no publisher for {work.day}"
            yield Reason("P10", message, "Give `publisher:` and `end_matter:`.", name)


def placeholder_art(work: Publication, houses: dict[str, House]) -> Iterator[Reason]:
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


def missing_signatures(work: Publication, houses: dict[str, House]) -> Iterator[Reason]:
    """Find signatures that lack their picture where the same letter has those of others."""
    figures = [block for block in every_block(work.document.blocks) if isinstance(block, Figure)]
    signed = [block.image for block in figures if block.image.startswith(SIGNATURES)]
    for house in houses.values():
        lacking = [image for image in signed if house.picture(image) is None]
        if lacking and house.holds_pictures(SIGNATURES):
            message = f"the house {house.name} has signatures, but not {', '.join(lacking)}"
            yield Reason("P3", message, "Add them to the folder of --art, or take the others away.", house.name)


def missing_agreements(work: Publication) -> Iterator[Reason]:
    """Find inspectorates that have not agreed, or agreed to other words."""
    agreed = {held.inspectorate: held for held in work.agreements if held.words == work.words}
    fallen = {held.inspectorate for held in work.agreements} - set(agreed)
    for name in work.inspectorates:
        if name in fallen:
            message = f"{name} agreed to different words; the current words are {work.words}"
            yield Reason("P4", message, "Show what changed with `letters redline`, and ask again.", name)
        elif name not in agreed:
            message = f"{name} has not agreed to the words {work.words}"
            yield Reason("P4", message, "Record its agreement with `letters agree`.", name)


def closed_days(work: Publication, today: date | None) -> Iterator[Reason]:
    """Find a day before an election, before the end of the embargo, or before the date that the letter bears."""
    if work.day < work.dated:
        said = f"{as_day(work.day)} is before {as_day(work.dated)}, the date that it bears"
        yield Reason("P14", said, "Give a later day with --on.")
    for window in pre_election_windows():
        if window.first <= work.day <= window.last:
            said = f"{as_day(work.day)} is in the pre-election period of the {window.name}"
            yield Reason("P5", said, f"Publish after {as_day(window.last)}.")
    if work.plan.embargo and min(work.day, today or work.day) < work.plan.embargo:
        said = f"it is under embargo until {as_day(work.plan.embargo)}"
        yield Reason("P6", said, "Publish on that day or later.")


def unseen_characters(document: Document) -> Iterator[Reason]:
    """Find characters that nobody sees in the words themselves: not every format shows that they are there."""
    for words in map(plain, texts(document)):
        found = None if words.isascii() else UNSEEN.search(words)
        if found:
            around = words[max(0, found.start() - AROUND) : found.end() + AROUND].replace(found[0], "")
            message = f"“{around}” contains U+{ord(found[0]):04X}, which is invisible"
            yield Reason("P7", message, "Remove it from the text.")


def leaks_of_frames(work: Publication, houses: Iterable[House]) -> Iterator[Reason]:
    """Find what the frames and style sheets of the houses say and must not; the writers say where one is missing."""
    names = (*FRAMES, "report.docx" if work.is_report else "frame.docx")
    seen = set()
    for house, name in ((house, name) for house in houses for name in names):
        with suppress(UnreadableInput):
            asset = house.read(name)
            if asset.name not in seen:
                yield from leak_reasons(frame_leaks(asset.name, asset.data))
            seen.add(asset.name)


def unsound_pictures(document: Document) -> Iterator[Reason]:
    """Find paths in the words that stand for pictures and charts."""
    for block in (*document.letterhead, *every_block(document.blocks)):
        if isinstance(block, Figure | Chart) and has_path(block.alt):
            name = block.image if isinstance(block, Figure) else block.id
            yield Reason(
                "P8", f"the alternative text of {name} is a file path: {block.alt}", "Describe what it shows.", name
            )


def unsound_links(work: Publication) -> Iterator[Reason]:
    """Find links that no reader can follow, in the words and for the page itself."""
    links = [(f"“{run.text}”", run.link) for runs in texts(work.document) for run in runs if run.link]
    links += [("the page", work.plan.page)] if work.plan.page else []
    remedy = "Give a web address, or remove the link."
    for said, link in links:
        if not is_web_address(link):
            yield Reason("P9", f"{said} links to {link}", remedy, link)
    for found in (found for runs in texts(work.document) for found in NO_LINK.findall(plain(runs))):
        yield Reason("P9", f"“{found}” is not a link that a reader can follow", remedy, found)


def leak_reasons(found: list[Leak]) -> Iterator[Reason]:
    """Yield a reason for each thing that a finished file carries and must not."""
    for leak in found:
        remedy = "Remove it from the house's frame, art or style sheet."
        yield Reason("P7", f"{leak.file} contains {leak.what}", remedy, leak.file)


def enforce(work: Publication, found: list[Reason]) -> list[SetAside]:
    """Return the reasons that were set aside; raises NotAllowed with every one that stands."""
    aside, standing = list(set_aside_before(work)), []
    for reason in found:
        override = next((held for held in work.overrides if sets_aside(held, reason)), None)
        if override:
            aside.append(SetAside(reason, override.reason, override.name))
        else:
            standing.append(reason)
    if standing:
        lines = "\n".join(f"  {reason}" for reason in standing)
        count = "one reason" if len(standing) == 1 else f"{len(standing)} reasons"
        raise NotAllowed(f"{work.name} was not published, for {count}:\n{lines}")
    return aside


def sets_aside(override: Override, reason: Reason) -> bool:
    """Say whether an override is for a reason: one that says where is for that place alone."""
    return override.rule == reason.code and override.where in (None, reason.where)


def set_aside_before(work: Publication) -> Iterator[SetAside]:
    """Yield the errors of the rules that the file itself sets aside."""
    for issue in work.issues:
        if issue.is_error and not issue.is_open:
            held = next(held for held in work.overrides if issue.overridden == f"{held.reason} ({held.name})")
            reason = Reason(issue.code, f"{issue.finding}: {issue.message}", issue.remedy, issue.finding)
            yield SetAside(reason, held.reason, held.name)
