"""Publication: one person asks, another confirms, the worker makes the pack; nothing is replaced in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from letters.errors import LettersError
from letters.findings.registers import inspectorates
from letters.publication.gate import Reason, reasons
from letters.publication.hygiene.patterns import UNSEEN, is_web_address
from letters.verbs.publish import publishers
from letters.workspace import outbox
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import RETRY_SECONDS
from letters.workspace.events import record
from letters.workspace.jobs import later
from letters.workspace.models import Case, PackState, Part, Person, Publication, PublicationAct, Version
from letters.workspace.now import now, today
from letters.workspace.once import refuse_done, remember
from letters.workspace.packing import houses_of, work_of
from letters.workspace.reading import head_of, read_version, standing_overrides
from letters.workspace.refused import Refused
from letters.workspace.reports.reading import read_report
from letters.workspace.roles import ACTS, Act, Role
from letters.workspace.saving import locked
from letters.workspace.setting_aside import said_hash
from letters.workspace.stages import given, is_published, published_last, settle, under_way, with_area
from letters.workspace.typed import cleaned

MOST_NOTE, MOST_ADDRESS, MOST_DAYS = 2000, 400, 366
MOST_KEPT = 200
"""Letters whose reasons each process keeps in memory: working them out composes and checks the letter."""
kept: dict[object, tuple["HeldBack", ...]] = {}
PAGES = {
    "P2": "checks",
    "P3": "checks",
    "P4": "agreement",
    "P5": "dates",
    "P6": "dates",
    "P7": "letter",
    "P9": "letter",
}
"""The page of the case on which a reason is mended; what is not here is mended where publication is asked for."""
REMEDIES = {
    "P3": "Ask whoever runs the workspace to give the real ones (LETTERS_ART), or set P3 aside.",
    "P4": "Ask for agreement on the page Agreement.",
    "P6": "Choose that day or a later one, or change the embargo.",
    "P14": "Choose a later day.",
}
"""What to do in the workspace, where the command line says it otherwise."""


@dataclass(frozen=True)
class HeldBack:
    """One reason why something cannot be published, and where it is mended."""

    code: str
    """The rule of the gate; empty for what the life of the case asks for."""
    message: str
    remedy: str
    page: str
    """The page of the case on which it is mended; empty for this form itself."""
    finding: str = ""


@dataclass(frozen=True)
class Order:
    """What somebody fills in to have something done with the public record."""

    base: int
    act: str
    day: date | None
    note: str
    replaced_by: str
    once: UUID | None
    led_to: str


def next_act(case: Case) -> PublicationAct:
    """Return what publishing the newest version would be: a first publication, a correction, or bringing it back."""
    last = published_last(case)
    if last is None:
        return PublicationAct.PUBLISH
    return PublicationAct.REINSTATE if last.act == PublicationAct.WITHDRAW else PublicationAct.AMEND


def held_back(case: Case, version: Version, day: date) -> list[HeldBack]:
    """Return every reason at once why a version cannot be published on a day."""
    agreed = tuple((name, row.words) for name, row in given(case).items())
    rests_on = read_report(version).key if case.is_report else ""
    own = (version.text_id, version.number, agreed, standing_overrides(case), rests_on)
    key = (*own, day, today(), settings.LETTERS.art)
    found = kept.get(key)
    if found is None:
        found = kept[key] = tuple(held_back_by_gate(case, version, day))
        while len(kept) > MOST_KEPT:
            kept.pop(next(iter(kept)), None)
    return [*held_back_by_case(case), *found]


def held_back_by_gate(case: Case, version: Version, day: date) -> Iterator[HeldBack]:
    """Yield every reason of the gate why a version cannot be published on a day."""
    open_areas = read_report(version).open_areas if case.is_report else []
    for area in open_areas:
        said = f"The report rests on a letter to {area} that is not agreed to."
        yield HeldBack("", said, "Have it agreed to, or take the letters as they are now.", "report")
    if open_areas:
        return
    try:
        work = work_of(case, version, day)
    except LettersError as fault:
        yield HeldBack("", str(fault), f"The page {'Report' if case.is_report else 'Letter'} says more.", "letter")
        return
    findings: set[str] = set()
    if not case.is_report:
        findings = {entry.id for entry in read_version(version).inspection.all_findings()}
    aside = [(rule, where) for rule, where, _, _ in standing_overrides(case)]
    for reason in reasons(work, houses_of(publishers(work)), today()):
        if (reason.code, "") not in aside and (reason.code, reason.where) not in aside:
            yield as_held_back(reason, findings, day)


def name_of(inspectorate: str, on: date) -> str:
    """Return what an inspectorate was called on a day, by its id."""
    known = inspectorates()
    return known[inspectorate].on(on).name if inspectorate in known else inspectorate


def as_held_back(reason: Reason, findings: set[str], on: date) -> HeldBack:
    """Return a reason of the gate with the page on which it is mended."""
    message = f"{reason.message}." if reason.where else f"{reason.message[:1].upper()}{reason.message[1:]}."
    if reason.code == "P4":
        message = f"{name_of(reason.where, on)} does not agree to these words."
    finding = reason.where if reason.where in findings else ""
    page = PAGES.get(reason.code, "" if reason.code == "P14" else "checks")
    return HeldBack(reason.code, message, REMEDIES.get(reason.code, reason.remedy), page, finding)


def held_back_by_case(case: Case) -> Iterator[HeldBack]:
    """Yield what the life of the case still asks for before its letter can be published."""
    if case.is_report:
        return
    accuracy = with_area(case)
    if accuracy is None:
        said = "The area has not been asked whether the facts are right."
        yield HeldBack("", said, "Send the agreed letter to the area.", "accuracy")
    elif accuracy.settled_at is None:
        yield HeldBack("", "The answers of the area are not settled.", "Settle them first.", "accuracy")


def ask(access: Access, order: Order) -> Publication:
    """Ask for something to be done with the public record; another person has to confirm it.

    Raises Refused with everything that holds it back, DoneAlready for a form done before.
    """
    refuse_done(access.person, order.once)
    with transaction.atomic():
        case = locked(access.case)
        head = head_of(case)
        faults = list(faults_of(case, head, order))
        if faults or order.day is None:
            raise Refused(faults)
        last = published_last(case)
        withdraws = order.act == PublicationAct.WITHDRAW and last is not None
        row = Publication.objects.create(
            case=case,
            number=case.publications.count() + 1,
            act=order.act,
            version=last.version if withdraws and last else head,
            words=last.words if withdraws and last else head.words,
            day=order.day,
            note="" if order.act == PublicationAct.PUBLISH else cleaned(order.note),
            replaced_by=order.replaced_by.strip(),
            person=access.person,
            at=now(),
        )
        data = {"act": row.act, "version": row.version.number, "words": row.words, "day": str(row.day)}
        record(case, access.person, "publication_asked", str(row.number), data | {"note": said_hash(row.note)})
        remember(access.person, order.once, order.led_to)
        settle(case)
        outbox.tell(
            confirmers(case, access), "You are asked to confirm a publication", "A second person has to confirm it."
        )
    return row


def confirmers(case: Case, access: Access) -> list[Person]:
    """Return who can confirm what a person asks for."""
    roles = [role for role in Role if Act.CONFIRM in ACTS[role]]
    parts = Part.objects.filter(case=case, until=None, role__in=roles, person__is_active=True)
    return list({part.person for part in parts.exclude(person=access.person).select_related("person")})


def faults_of(case: Case, head: Version, order: Order) -> list[tuple[str, str]]:
    """Return everything that is wrong with what somebody asks for, by the field of the form."""
    last = published_last(case)
    fault = out_of_turn(case, last, order.act)
    if fault:
        return [("", fault)]
    withdraws = order.act == PublicationAct.WITHDRAW
    found = [*faults_of_fields(order, last), *([] if withdraws else faults_of_words(head, order, last))]
    if not withdraws and order.day is not None:
        found += [("", f"{row.message} {row.remedy}") for row in held_back(case, head, order.day)]
    return found


def out_of_turn(case: Case, last: Publication | None, act: str) -> str:
    """Say why something cannot be done with the public record as it is now; nothing where it can."""
    waiting = under_way(case)
    if waiting is not None:
        return f"{waiting.what} is under way already. Confirm it, or call it off."
    if act == PublicationAct.WITHDRAW:
        return "" if is_published(case) else "There is nothing published to withdraw."
    if act != next_act(case):
        return "Somebody published or withdrew meanwhile. Look at this page anew."
    return ""


def faults_of_fields(order: Order, last: Publication | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the day, the note and the address of a form."""
    if order.day is None:
        yield "day", "Choose the day."
    elif order.day < max(today(), last.day if last else today()):
        yield "day", "Choose today or a later day, and none before the last publication."
    elif order.day > today() + timedelta(days=MOST_DAYS):
        yield "day", "This day is more than a year away. Check the year."
    if order.act != PublicationAct.PUBLISH and not order.note.strip():
        yield "note", "Say it in a sentence that the public is shown."
    if UNSEEN.search(order.note):
        yield "note", "There is a sign in it that nobody sees. Type it anew."
    if len(order.note) > MOST_NOTE:
        yield "note", "The note is too long for a page. Say it in a few sentences."
    given = order.replaced_by.strip()
    if given and (not is_web_address(given) or not given.startswith("https://") or len(given) > MOST_ADDRESS):
        yield "replaced_by", "Give an address that begins with https://, or leave it empty."


def faults_of_words(head: Version, order: Order, last: Publication | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the words that somebody asks to publish."""
    if order.base != head.number:
        yield "", f"Somebody saved version {head.number} meanwhile. Look at it first."
    if order.act == PublicationAct.AMEND and last and last.words == head.words:
        yield "", "The newest version has the words that are published. Change the letter first."
    if order.act == PublicationAct.REINSTATE and last and last.words != head.words:
        yield "", "Bring back the words that were withdrawn, then correct them: restore the version that was published."


def confirm(access: Access, number: int, once: UUID | None, led_to: str) -> None:
    """Confirm as the second person what another asked for; the worker makes the pack then."""
    refuse_done(access.person, once)
    with transaction.atomic():
        case = locked(access.case)
        row = numbered(access, number)
        if row.state != PackState.ASKED:
            raise LettersError("This was confirmed or called off already.")
        if row.person == access.person:
            raise LettersError("You asked for this yourself. Another lead or an approver has to confirm it.")
        refuse_moved_on(case, row)
        row.second, row.second_at = access.person, now()
        remember(access.person, once, led_to)
        record(case, access.person, "publication_confirmed", str(number), {"act": row.act})
        want(row)


def refuse_moved_on(case: Case, row: Publication) -> None:
    """Raise LettersError where a letter is no longer the one that was asked for, or something holds it back by now."""
    if row.act == PublicationAct.WITHDRAW:
        return
    head = head_of(case)
    if head.pk != row.version_id:
        raise LettersError(f"Version {head.number} was saved since this was asked for. Call it off, and ask anew.")
    found = held_back(case, head, row.day)
    if found:
        said = "\n".join(f"{one.message} {one.remedy}" for one in found)
        raise LettersError(f"Something holds this back by now:\n{said}")


def want(row: Publication) -> None:
    """Let the worker make a pack, in the transaction of what asks for it."""
    row.state, row.reason, row.progress = PackState.WANTED, "", ""
    row.save()
    settle(row.case)
    later("letters.workspace.packing.make", row.pk)


def again(access: Access, number: int) -> None:
    """Let the worker try once more what could not be made."""
    with transaction.atomic():
        case = locked(access.case)
        row = numbered(access, number)
        if row.state not in (PackState.FAILED, PackState.WANTED):
            raise LettersError("There is nothing to try again.")
        refuse_moved_on(case, row)
        record(access.case, access.person, "publication_tried_again", str(number))
        want(row)


def call_off(access: Access, number: int) -> None:
    """Call off what was asked for and is not made; what was published before stays as it is."""
    with transaction.atomic():
        case = locked(access.case)
        row = numbered(access, number)
        if row.state not in (PackState.ASKED, PackState.FAILED):
            raise LettersError("This cannot be called off any more.")
        row.state = PackState.CALLED_OFF
        row.save()
        record(case, access.person, "publication_called_off", str(number))
        settle(case)


def numbered(access: Access, number: int) -> Publication:
    """Return an act on the public record by its number; raises NoSuchCase where there is none."""
    found = access.case.publications.select_related("case", "version", "person", "second").filter(number=number).first()
    if found is None:
        raise NoSuchCase(number)
    return found


def made_numbered(access: Access, number: int) -> Publication:
    """Return an act whose pack was made, by its number; raises NoSuchCase where there is none."""
    found = numbered(access, number)
    if found.state != PackState.MADE:
        raise NoSuchCase(number)
    return found


def record_of(access: Access) -> list[Publication]:
    """Return every act on the public record of a case, the newest first."""
    return list(access.case.publications.select_related("version", "person", "second"))


def is_stale(case: Case) -> bool:
    """Say whether something is published whose words are not those of the newest version."""
    last = published_last(case)
    return last is not None and last.act != PublicationAct.WITHDRAW and last.words != head_of(case).words


def is_lost(row: Publication) -> bool:
    """Say whether a pack has been wanted for so long that nobody is making it."""
    since = row.second_at or row.at
    return row.state == PackState.WANTED and (now() - since).total_seconds() > RETRY_SECONDS
