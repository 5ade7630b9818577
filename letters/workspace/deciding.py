"""What a lead decides on the changes of reviewers' copies: bound to the copy and to the words."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db import transaction

from letters.errors import InspectionFaults, LettersError
from letters.verbs.decide import decide as decision_on
from letters.verbs.merge import resolution_of
from letters.workspace.access import Access
from letters.workspace.events import canonical, record
from letters.workspace.models import Answer, Decision, Return, Sending
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.reviewing import Card, cards, decisions_of, reviewed, rows_of
from letters.workspace.saving import locked
from letters.workspace.setting_aside import said_hash
from letters.workspace.typed import cleaned

ACCEPTED = "Accepted."
"""The reason of a change that is accepted without one."""


class DecidedMeanwhile(LettersError):
    """A change on which somebody else decided in another way while the page was open; nothing was done."""

    def __init__(self, card: Card) -> None:
        self.card = card
        super().__init__("Somebody else decided on this change meanwhile.")


def card_of(sending: Sending, change: str) -> Card:
    """Return the card of a change; raises LettersError where no copy that counts has it any more."""
    found = next((card for card in cards(sending) if change in {card.change.id, *(one.id for one in card.alike)}), None)
    if found is None:
        raise LettersError(
            "This change is in no copy that counts: its reviewer gave another one. Look at the list again."
        )
    return found


def decide(
    access: Access,
    sending: Sending,
    change: str,
    verdict: str,
    reason: str,
    text: str = "",
    *,
    seen: str = "",
    once: UUID | None = None,
    led_to: str = "",
) -> None:
    """Decide on a change, and on the same change of others: accept, reject or part, or open to take a decision back.

    `seen` is the key of the decision that the page showed. Raises DecidedMeanwhile where there is another one that says
    something else, LettersError where the decision cannot be made.
    """
    refuse_done(access.person, once)
    with transaction.atomic():
        locked(access.case)
        card = card_of(sending, change)
        held = card.decision
        if held is not None and str(held.pk) != seen and said_of(held) != as_said(verdict, reason, text):
            raise DecidedMeanwhile(card)
        put(access, sending, [card], verdict, reason, text)
        remember(access.person, once, led_to)


def decide_on_all(
    access: Access,
    sending: Sending,
    fits: Callable[[Card], bool],
    verdict: str,
    reason: str,
    text: str = "",
    *,
    once: UUID | None = None,
    led_to: str = "",
) -> int:
    """Decide in one way on every open change that fits; return how many there were."""
    refuse_done(access.person, once)
    with transaction.atomic():
        locked(access.case)
        chosen = [card for card in cards(sending) if card.is_open and fits(card)]
        put(access, sending, chosen, verdict, reason, text)
        remember(access.person, once, led_to)
    return len(chosen)


def take_over(access: Access, sending: Sending, *, once: UUID | None = None, led_to: str = "") -> int:
    """Let the decisions on a replaced copy hold for the same changes in the one that replaces it."""
    refuse_done(access.person, once)
    with transaction.atomic():
        locked(access.case)
        offered = [card for card in cards(sending) if card.is_open and card.earlier]
        for card in offered:
            if card.earlier:
                put(access, sending, [card], card.earlier.decision, card.earlier.reason, card.earlier.text or "")
        remember(access.person, once, led_to)
    return len(offered)


def put(access: Access, sending: Sending, chosen: Sequence[Card], verdict: str, reason: str, text: str) -> None:
    """Keep a decision on each of some changes, after proving that it can stand beside the others."""
    reason = cleaned(reason)
    if verdict == Decision.OPEN:
        rows = [row for card in chosen for row in taken_back(access, card)]
    else:
        rows = [row for card in chosen for row in made(access, sending, card, verdict, reason, text)]
        refuse_unsound(sending, rows)
    before = rows_of(sending)
    if any(row.change not in before or row.held != before[row.change].held for row in rows):
        unmerge(sending)
    for row in rows:
        row.save(force_insert=True)
        held = said_hash(canonical(row.held))
        data = {"copy": row.copy.name, "change": row.change, "verdict": row.verdict, "held": held}
        record(access.case, access.person, "change_decided", str(sending.number), data)


def unmerge(sending: Sending) -> None:
    """Note that a merge which was made does not say any more what is decided; the next one does."""
    if sending.merges.exists():
        Sending.objects.filter(pk=sending.pk).update(is_unmerged=True)


def said_of(held: Decision) -> tuple[str, str, str]:
    """Return what a decision says."""
    return held.verdict, held.reason, str(held.held.get("text") or "")


def as_said(verdict: str, reason: str, text: str) -> tuple[str, str, str]:
    """Return what a decision would say."""
    words = cleaned(text) if verdict == "part" else ""
    return verdict, cleaned(reason) or (ACCEPTED if verdict == "accept" else ""), words


def made(access: Access, sending: Sending, card: Card, verdict: str, reason: str, text: str) -> Iterable[Decision]:
    """Yield a decision on a change and on the same change of others."""
    if verdict not in ("accept", "reject", "part"):
        raise LettersError("Choose what becomes of the change.")
    if verdict != "accept" and not reason:
        raise LettersError("Give the reason: the reviewer is shown it.")
    if verdict == "part" and not text.strip():
        raise LettersError("Write the words that are to stand instead.")
    words = cleaned(text) if verdict == "part" else None
    found = reviewed(sending).found
    for change, copy in zip((card.change, *card.alike), card.copies, strict=True):
        held = decision_on(found, change, verdict, reason or ACCEPTED, access.person.name, words)
        data = held.model_dump(mode="json", by_alias=True, exclude_none=True)
        yield Decision(
            copy=copy,
            change=change.id,
            verdict=verdict,
            reason=reason or ACCEPTED,
            held=data,
            person=access.person,
            at=now(),
        )


def taken_back(access: Access, card: Card) -> Iterable[Decision]:
    """Yield what makes a change open again."""
    for change, copy in zip((card.change, *card.alike), card.copies, strict=True):
        yield Decision(copy=copy, change=change.id, verdict=Decision.OPEN, held={}, person=access.person, at=now())


def refuse_unsound(sending: Sending, rows: Iterable[Decision]) -> None:
    """Raise LettersError where decisions cannot stand beside the others, such as two changes to the same words."""
    together = {**rows_of(sending), **{row.change: row for row in rows}}
    try:
        resolution_of(reviewed(sending).found, decisions_of(together))
    except InspectionFaults as error:
        fault = error.faults[0]
        raise LettersError(f"{fault.message[:1].upper()}{fault.message[1:]}. {fault.remedy}") from None


def answer(access: Access, sending: Sending, name: str, number: int, words: str) -> None:
    """Answer a comment of a copy; the reviewer is shown it."""
    copy = Return.objects.filter(sending=sending, name=name, fault="").exclude(file=None).first()
    if copy is None or number < 1 or number > int(copy.found.get("comments", 0)):
        raise LettersError("There is no such comment.")
    words = cleaned(words)
    if not words:
        raise LettersError("Write the answer.")
    with transaction.atomic():
        data = {"copy": name, "comment": number, "words": said_hash(words)}
        Answer.objects.create(copy=copy, comment=number, words=words, person=access.person, at=now())
        record(access.case, access.person, "comment_answered", str(sending.number), data)
