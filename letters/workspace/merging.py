"""Merges the copies of a sending into the next version: what is written was proved, and what is left is listed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from letters.errors import LettersError
from letters.findings.inspection import Inspection, Stage
from letters.findings.joining import NOTHING, Clash, Keys
from letters.findings.parsing import parse
from letters.verbs.decide import Change as Edit
from letters.verbs.decide import place_and_words
from letters.verbs.merge import Merged as Made
from letters.verbs.merge import decisions_text, merge, resolution_of, with_next
from letters.workspace import blobs
from letters.workspace.access import Access
from letters.workspace.artefacts import TYPES
from letters.workspace.events import record
from letters.workspace.models import Blob, ByHand, MadeBy, Merged, Return, Sending, Version
from letters.workspace.now import now
from letters.workspace.once import refuse_done
from letters.workspace.reading import head_of, joint, text_by_hash, text_of
from letters.workspace.reviewing import Card, cards, decisions_of, place_of_unit, reviewed, rows_of
from letters.workspace.saving import YAML, Change, Clashed, Saved, locked, save
from letters.workspace.setting_aside import said_hash
from letters.workspace.stages import copies_that_count, settle
from letters.workspace.typed import cleaned

LEDGER = "application/json"
COMBINED = "combined.docx"


@dataclass(frozen=True)
class Item:
    """Something that a person has to make by hand."""

    copy: str
    place: str
    what: str


@dataclass(frozen=True)
class Outcome:
    """What a merge would come to, before it is made."""

    made: Made
    items: tuple[Item, ...]
    """What a person has to make."""


def undecided(sending: Sending) -> list[Card]:
    """Return the changes that somebody still has to decide on."""
    return [card for card in cards(sending) if card.is_open]


def outcome(sending: Sending) -> Outcome:
    """Return what the copies and decisions come to; raises LettersError while a change is undecided."""
    if not copies_that_count(sending).exists():
        raise LettersError("No copy came back, so there is nothing to merge. Close the review instead.")
    left = undecided(sending)
    if left:
        what = "1 change is" if len(left) == 1 else f"{len(left)} changes are"
        raise LettersError(f"{what} undecided. Decide on each first.")
    read = reviewed(sending)
    resolution = resolution_of(read.found, decisions_of(rows_of(sending)))
    done = merge(read.version, read.found, joint(), resolution, combined_name=COMBINED)
    return Outcome(done, tuple(items_of(done, [])))


def items_of(done: Made, clashes: list[Clash]) -> list[Item]:
    """Return what of a merge a person has to make: what it could not, and what somebody else's words stand against."""
    found = [Item(change.review, place_of_unit(change.unit), said) for change, said in said_of_by_hand(done)]
    found += [Item(review.name, "", what) for review in done.reviews for what in review.elsewhere]
    return found + [item_of(clash) for clash in clashes]


def said_of_by_hand(done: Made) -> list[tuple[Edit, str]]:
    """Return the accepted changes that the inspection cannot take, each with its words and what to do."""
    return [(change, f"{place_and_words(change)}. {todo}") for change, todo in done.by_hand]


def make_version(access: Access, sending: Sending, once: UUID | None, led_to: str) -> Saved:
    """Make the next version of what was decided, with the combined file and the ledger.

    What others saved since the version was sent stays; where they changed the same words, theirs stand and the accepted
    change is left for a person. Raises LettersError while a change is undecided.
    """
    refuse_done(access.person, once)
    with transaction.atomic():
        locked(access.case)
        sending.refresh_from_db()
        if sending.merges.exists() and not sending.is_unmerged:
            raise LettersError("Everything that was decided is in a version already. Nothing was merged.")
        found = outcome(sending)
        last = sending.merges.select_related("version", "result").last()
        base, started = (
            (last.version, text_by_hash(last.result_id)) if last else (sending.version, text_of(sending.version))
        )
        count = len(found.made.reviews)
        note = f"review {sending.number}: {count} {'copy' if count == 1 else 'copies'} merged"
        change = Change(MadeBy.MERGE, note, once, led_to)
        saved, clashes = saved_with(access, base, started, found.made.inspection_text, change)
        keep_merge(access, sending, found, saved, clashes)
        Sending.objects.filter(pk=sending.pk, closed_at=None).update(closed_at=now())
        Sending.objects.filter(pk=sending.pk).update(is_unmerged=False)
        settle(access.case)
    return saved


def saved_with(access: Access, base: Version, started: str, merged: str, change: Change) -> tuple[Saved, list[Clash]]:
    """Save the text that a merge made of another; return it with the fields in which somebody else's words stand.

    `base` is the version that the merged text leads on from.
    """
    wanted, before = (as_stored(parse(text)) for text in (merged, started))
    chosen: dict[Keys, Any] = {}
    clashes: list[Clash] = []
    while True:
        try:
            return save(access, base.number, wanted, change, chosen, before), clashes
        except Clashed as error:
            new = [clash for clash in error.clashes if clash.keys not in chosen]
            if not new:
                raise
            clashes += new
            chosen |= {clash.keys: clash.theirs for clash in new}


def as_stored(inspection: Inspection) -> Inspection:
    """Return an inspection as versions of the workspace are stored, which count versions and stages by themselves."""
    return inspection.model_copy(update={"version": 1, "stage": Stage.DRAFT})


def keep_merge(access: Access, sending: Sending, found: Outcome, saved: Saved, clashes: list[Clash]) -> None:
    """Keep the files of a merge, and what a person has to make of it."""
    made = found.made
    text = made.inspection_text.encode()
    ledger = with_next(made.ledger, text)
    decisions = decisions_as_file(sending, made)
    row = Merged.objects.create(
        sending=sending,
        version=access.case.versions.get(number=saved.number),
        result=blobs.put(text, YAML),
        combined=blobs.put(made.combined or b"", TYPES["docx"]),
        ledger=blobs.put(ledger, LEDGER),
        decisions=blobs.put(decisions, YAML),
        copies=[review.name for review in made.reviews],
        person=access.person,
        at=now(),
    )
    put_by_hand(sending, items_of(made, clashes))
    data = {"version": saved.number, "copies": row.copies, "ledger": row.ledger_id, "result": row.result_id}
    record(access.case, access.person, "copies_merged", str(sending.number), data)


def put_by_hand(sending: Sending, items: Iterable[Item]) -> None:
    """Keep what a person has to make, once."""
    copies = {copy.name: copy for copy in Return.objects.filter(sending=sending)}
    known = set(sending.by_hand.values_list("copy__name", "place", "what"))
    for item in items:
        if (item.copy or None, item.place, item.what) not in known:
            copy = copies.get(item.copy)
            ByHand.objects.create(sending=sending, copy=copy, place=item.place[:60], what=item.what, at=now())


def decisions_as_file(sending: Sending, made: Made) -> bytes:
    """Return the decisions as the file that `letters merge --decisions` takes."""
    found = reviewed(sending).found
    held = decisions_of(rows_of(sending)).decisions
    return decisions_text(None, held, made.resolution, found, "decisions").encode()


def item_of(clash: Clash) -> Item:
    """Return what to do about words that somebody changed in the workspace meanwhile."""
    accepted, now_there = in_words(clash.mine), in_words(clash.theirs)
    if clash.theirs is NOTHING:
        name = str(clash.keys[-1])
        what = f"{name} was withdrawn since it was sent. What was accepted would make it “{accepted}”."
        return Item("", name, f"{what} Bring it back, or leave it.")
    name, field = ("", *(str(key) for key in clash.keys))[-2:]
    called = field.replace("_", " ")
    if clash.mine is NOTHING:
        what = f"{called}: a copy takes it out, and somebody else changed it to “{now_there}” meanwhile."
        return Item("", name, f"{what} Take it out, or leave it.")
    what = f"{called}: somebody else changed it since it was sent, and it says “{now_there}” now."
    return Item("", name, f"{what} What was accepted would make it “{accepted}”. Put both together.")


def in_words(value: Any) -> str:
    """Return what a part of an inspection says in the letter, and nothing of what is internal."""
    if isinstance(value, dict):
        return " ".join(in_words(value[name]) for name in ("lead_in", "title", "text", "points") if value.get(name))
    if isinstance(value, list):
        return "; ".join(in_words(entry) for entry in value)
    return str(value)


def merges_of(sending: Sending) -> list[Merged]:
    """Return the merges of a review, the newest first."""
    return list(sending.merges.select_related("version", "person").order_by("-pk"))


def by_hand_of(sending: Sending) -> list[ByHand]:
    """Return what of a review is made by hand, in the order in which it was found."""
    return list(sending.by_hand.select_related("copy__organisation", "done_in", "done_by").order_by("pk"))


def tick_off(access: Access, sending: Sending, pk: int, why: str = "") -> None:
    """Note that the newest version does what was to be made by hand, or why nothing has to change.

    Raises LettersError where there is no newer version and no reason.
    """
    with transaction.atomic():
        locked(access.case)
        row = ByHand.objects.filter(sending=sending, pk=pk, done_in=None).first()
        if row is None:
            raise LettersError("This was ticked off already.")
        head, why = head_of(access.case), cleaned(why)
        if head.at <= row.at and not why:
            raise LettersError("No version was saved since. Make the change first, or say why nothing has to change.")
        row.done_in, row.done_by, row.why = head, access.person, why
        row.save()
        data = {"item": pk, "version": head.number} | ({"why": said_hash(why)} if why else {})
        record(access.case, access.person, "made_by_hand", str(sending.number), data)
        settle(access.case)


def newer_than(access: Access) -> Callable[[ByHand], bool]:
    """Return what tells whether a version was saved since something was left to be made by hand."""
    head = head_of(access.case)
    return lambda row: head.at > row.at


@dataclass(frozen=True)
class MergedFile:
    """A file of a merge, to be fetched."""

    blob: Blob
    name: str
    suffix: str


def file_of(sending: Sending, merged: Merged, kind: str) -> MergedFile | None:
    """Return a file of a merge; none for another kind."""
    stem = f"{sending.case.slug}-v{sending.version.number}"
    known = {
        "combined": (merged.combined, f"{stem}-combined.docx", "docx"),
        "ledger": (merged.ledger, f"{stem}-ledger.json", "json"),
        "decisions": (merged.decisions, f"{stem}-decisions.yaml", "yaml"),
        "next": (merged.result, f"{stem}-merged.yaml", "yaml"),
    }
    return MergedFile(*known[kind]) if kind in known else None
