"""Reports in the workspace: started from a round, written part by part, and brought to the newest letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import or_
from uuid import UUID

import yaml
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from letters.errors import InspectionFaults
from letters.findings.fields import free_name, stem_of
from letters.findings.rewriting import plain, rewrite_round
from letters.findings.round_file import Chapter, FindingList, Overview, PracticeExample
from letters.findings.round_parsing import parse_round
from letters.findings.source_file import SourceFile
from letters.workspace import blobs
from letters.workspace.access import Access, cases_of
from letters.workspace.events import record
from letters.workspace.models import (
    REPORT,
    Blob,
    Case,
    MadeBy,
    Part,
    Person,
    Placing,
    PublicationAct,
    Version,
)
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.reading import REPORT_FILE, head_of, overview_of, read_overview, read_version, text_of
from letters.workspace.refused import Refused
from letters.workspace.reports.parts import joined
from letters.workspace.reports.reading import letters_of, members_of, reading
from letters.workspace.roles import Role
from letters.workspace.saving import YAML, Change, Saved, locked, next_version
from letters.workspace.stages import published_last
from letters.workspace.starting import refuse_taken

SUFFIX = ".yaml"
PRACTICE, PRACTICE_HEADING = "good-practice", "Good practice"


@dataclass(frozen=True)
class NewReport:
    """What somebody says of a report that she starts."""

    round_name: str
    cases: list[str]
    """The inspections that it draws together, by their ids."""
    title: str
    strapline: str
    published: date | None
    once: UUID | None


def leads_in(person: Person, round_name: str) -> bool:
    """Say whether a person leads an inspection of a round: she may start its report."""
    parts = Part.objects.filter(person=person, person__is_active=True, until=None, role=Role.LEAD)
    return parts.filter(case__round_name=round_name).exclude(case__kind=REPORT).exists()


def newest(case: Case) -> Version:
    """Return the version of an inspection that a report rests on: the published one, or else the newest."""
    last = published_last(case)
    return last.version if last and last.act != PublicationAct.WITHDRAW else head_of(case)


def start(person: Person, order: NewReport) -> Access:
    """Start the report of a round with some of its inspections; raises Refused with what is wrong with the form."""
    refuse_done(person, order.once)
    cases = list(cases_of(person).exclude(kind=REPORT).filter(slug__in=order.cases, round_name=order.round_name))
    faults = faults_of(person, order, cases)
    if faults:
        raise Refused(faults)
    members: dict[str, Version] = {}
    for case in sorted(cases, key=lambda case: (case.title, case.slug)):
        members[file_of(case, members)] = newest(case)
    change = Change(MadeBy.ROUND, f"the report of {len(members)} inspections", order.once, "")
    return start_with(person, order.round_name, first_text(order, members), members, change)


def start_with(person: Person, round_name: str, text: str, members: Mapping[str, Version], change: Change) -> Access:
    """Start the report of a round with the text of a round file and the letters that it names.

    Raises Refused where they do not belong together, TakenId where another case has its id.
    """
    overview = read_overview(text)
    proved(text, members)
    refuse_taken(person, overview.id)
    case = Case(slug=overview.id, created_at=now(), kind=REPORT, round_name=round_name[:200])
    blob = blobs.put(text.encode(), YAML)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            Part.objects.create(case=case, person=person, role=Role.LEAD, since=now())
            record(case, person, "case_started", case.slug, {"not_believed": 0, "given": None})
            access = Access(case, person, frozenset({Role.LEAD}))
            add_version(access, case, blob, text, members, change)
            remember(person, change.once, f"/c/{case.slug}/report/")
    except IntegrityError:
        refuse_taken(person, overview.id)
        raise
    return access


def faults_of(person: Person, order: NewReport, cases: list[Case]) -> list[tuple[str, str]]:
    """Return what is wrong with what somebody says of a new report."""
    found = []
    if not order.round_name:
        found.append(("", "Choose the round that the report is of."))
    elif not leads_in(person, order.round_name):
        found.append(("", "Only a lead of one of the round’s inspections can start its report."))
    if not order.title.strip():
        found.append(("title", "Give the report a title."))
    if not order.strapline.strip():
        found.append(("strapline", "Say in a line what the report is about."))
    if order.published is None:
        found.append(("published", "Choose the day that the report bears."))
    if not cases:
        found.append(("cases", "Choose the inspections that it draws together."))
    themes = {case.theme.casefold() for case in cases}
    if len(themes) > 1:
        found.append(("cases", "These inspections have different themes. A report is about one."))
    return found


def file_of(case: Case, taken: Iterable[str]) -> str:
    """Return what a report calls the file of an inspection, another one than those that are taken."""
    return f"{free_name(stem_of(case.slug), {file.removesuffix(SUFFIX) for file in taken})}{SUFFIX}"


def first_text(order: NewReport, members: Mapping[str, Version]) -> str:
    """Return the text of a new round file; raises Refused where the fields of the form cannot stand in one."""
    read = [read_version(letter).inspection for letter in members.values()]
    weeks = [inspection.dates.fieldwork for inspection in read]
    bodies = list(dict.fromkeys(name for inspection in read for name in inspection.inspectorates))
    found = [entry for inspection in read for _, held in inspection.sections_of_findings() for entry in held]
    tags = dict.fromkeys(tag for entry in found for tag in entry.tags)
    words = stem_of(order.title)
    data = {
        "id": f"{words[:20].strip('-') or 'report'}-overview"[:32] if words[:1].isalpha() else "round-overview",
        "title": " ".join(order.title.split()),
        "strapline": " ".join(order.strapline.split()),
        "theme": read[0].round.theme,
        "period": {"start": min(week.start for week in weeks), "end": max(week.end for week in weeks)},
        "published": order.published,
        "inspectorates": bodies,
        "lead": read[0].lead,
        "inspections": [{"file": file, **where(letter)} for file, letter in members.items()],
        **({"themes": {tag: tag.replace("-", " ").capitalize() for tag in tags}} if tags else {}),
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    try:
        read_overview(text)
    except InspectionFaults as error:
        raise Refused([(fault.field, f"{fault.message}. {fault.remedy}") for fault in error.faults]) from None
    return text


def where(letter: Version) -> dict[str, str]:
    """Return where a letter is published, as far as somebody entered it: on the site of its lead before others."""
    last = published_last(letter.case)
    placed = {row.inspectorate: row.address for row in Placing.objects.filter(publication=last)} if last else {}
    lead = read_version(letter).inspection.lead
    address = placed.get(lead) or next(iter(placed.values()), "")
    return {"letter": address} if address else {}


def proved(text: str, members: Mapping[str, Version]) -> None:
    """Raise Refused with everything in a report that does not hold together with its letters."""
    files = {letter.file: letter.source() for letter in letters_of(dict(members))}
    try:
        parse_round(SourceFile(REPORT_FILE, text.encode()), files)
    except InspectionFaults as error:
        raise Refused([(fault.field, f"{fault.message}. {fault.remedy}".strip()) for fault in error.faults]) from None


def as_overview(data: Mapping[str, object]) -> Overview:
    """Return plain data as a report; raises Refused where it is none."""
    try:
        return Overview.model_validate(data)
    except ValidationError as error:
        said = [str(detail["msg"]).removeprefix("Value error, ").replace("`", "") for detail in error.errors()]
        raise Refused([("", f"{words[:1].upper()}{words[1:]}.") for words in said]) from None


def save(
    access: Access, base: Version, wanted: Overview, change: Change, members: Mapping[str, Version] | None = None
) -> Saved:
    """Make the next version of a report: version `base` changed so that it says `wanted`.

    `members` are the letters that it rests on from now on, where those change. What others saved in other parts stays.
    Raises Refused where somebody changed the same part, or where the result does not hold together.
    """
    refuse_done(access.person, change.once)
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        theirs = overview_of(head)
        result = as_overview(joined(overview_of(base), as_overview(plain(wanted)), theirs))
        try:
            text = rewrite_round(text_of(head), result)
        except InspectionFaults as error:
            raise Refused([(fault.field, f"{fault.message}. {fault.remedy}") for fault in error.faults]) from None
        held = members_of(head)
        if members is not None:
            held = joined_members(members_of(base), members, held)
        proved(text, held)
        blob = blobs.put(text.encode(), YAML)
        is_new = blob.sha256 != head.text_id or held != members_of(head)
        if is_new:
            add_version(access, case, blob, text, held, change)
        remember(access.person, change.once, change.led_to)
    return Saved(head.number + is_new, is_new, head.number - base.number, change.led_to)


def joined_members(
    base: Mapping[str, Version], mine: Mapping[str, Version], theirs: Mapping[str, Version]
) -> dict[str, Version]:
    """Return the letters of a report where two changed them from one base; raises Refused where both changed one."""
    if theirs == base:
        return dict(mine)
    if mine != base and mine != theirs:
        raise Refused([("", "Somebody else took other letters meanwhile. Look at the report as it is now.")])
    return dict(theirs)


def add_version(
    access: Access, case: Case, blob: Blob, text: str, members: Mapping[str, Version], change: Change
) -> Version:
    """Add the next version of a report whose case is locked."""
    found = reading(text, tuple(letters_of(dict(members))), case.head + 1)
    overview = read_overview(text)
    case.title, case.theme, case.letter_day = overview.title[:400], overview.theme[:400], overview.published
    return next_version(access, case, blob, found.words, change, members)


def outdated(version: Version) -> dict[str, Version]:
    """Return the letters of a report of which there are newer words, by their file: each as it is now."""
    found = {file: newest(letter.case) for file, letter in members_of(version).items()}
    before = members_of(version)
    return {file: letter for file, letter in found.items() if letter.words != before[file].words}


def take_newest(access: Access, base: Version, change: Change) -> Saved:
    """Let a report rest on its letters as they are now, and say where each is published."""
    members = {file: newest(letter.case) for file, letter in members_of(base).items()}
    wanted = overview_of(base).model_copy(deep=True)
    wanted.inspections = [
        about.model_copy(update=where(members[about.file])) if about.file in members else about
        for about in wanted.inspections
    ]
    weeks = [read_version(letter).inspection.dates.fieldwork for letter in members.values()]
    wanted.period = wanted.period.model_copy(
        update={"start": min(week.start for week in weeks), "end": max(week.end for week in weeks)}
    )
    return save(access, base, wanted, change, members)


def practice_chapter(overview: Overview, references: list[str], kinds: Mapping[str, str]) -> tuple[Overview, str]:
    """Return a report with a chapter of good practice, and the id of it.

    Strengths are in their own words, and case studies are practice examples. Only a chapter that holds nothing else is
    made anew.
    """
    wanted = overview.model_copy(deep=True)
    strengths = [name for name in references if kinds.get(name) != "case_studies"]
    items: list[dict[str, object]] = [{"list": strengths}] if strengths else []
    items += [{"example": name} for name in references if kinds.get(name) == "case_studies"]
    written = {held.id for held in wanted.findings if not is_of_practice(held)}
    name = free_name(PRACTICE, written)
    chapter = Chapter.model_validate({"id": name, "heading": PRACTICE_HEADING, "items": items})
    wanted.findings = [*(held for held in wanted.findings if held.id != name), chapter]
    return wanted, name


def is_of_practice(chapter: Chapter) -> bool:
    """Say whether a chapter holds findings of letters alone, and no words of its own."""
    plain_lists = (isinstance(entry, FindingList) and not entry.introduction for entry in chapter.items)
    examples = (isinstance(entry, PracticeExample) and not entry.title for entry in chapter.items)
    return chapter.heading == PRACTICE_HEADING and all(map(or_, plain_lists, examples))
