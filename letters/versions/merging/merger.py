"""The accepted changes made, as far as the inspection can take them: what it cannot is left to a person, one by one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from letters.document.blocks import Document
from letters.document.walk import every_block
from letters.errors import LettersError
from letters.findings.inspection import Inspection
from letters.versions.copies.changes import Change, Review
from letters.versions.copies.elsewhere import name_of
from letters.versions.merging.accepted import Accepted, accepted_letter, with_rows_apart
from letters.versions.merging.applying import Applied, Applier, Origin, unsound
from letters.versions.merging.homes import home_of
from letters.versions.merging.letter_proof import Before, Difference, LetterProof
from letters.versions.merging.notes import NewNote, new_notes
from letters.versions.merging.weaving import Weaver

NOT_REPRESENTABLE = "the next letter would not show what was accepted here; make the change by hand"
IN_A_TABLE = "it is in an added table or row; decide by hand what to do with it"
NO_HOME = "it is in a new paragraph that is not in the next letter; place it by hand"
DRIFTED = "the inspection file differs here from what was sent; make the change by hand"
NO_PLACE = "the letter no longer has this standard paragraph; place its words by hand"
BLAME = (
    "table",
    "object",
    "joined",
    "moved",
    "parted",
    "removed",
    "paragraph",
    "against",
    "look",
    "typing",
    "words",
)
"""Kinds of changes, those that reach furthest first."""
Compose = Callable[[Inspection], Document]


@dataclass
class Merging:
    """The next inspection, and the accepted changes that it does not have, each with what to do."""

    inspection: Inspection
    by_hand: dict[str, str] = field(default_factory=dict)


class Merger:
    """Lays the accepted changes back, and proves the letter of what comes out; what fails goes to a person."""

    def __init__(
        self, origin: Origin, before: Document, reviews: list[Review], compose: Compose, instead: Mapping[str, str]
    ) -> None:
        self._origin, self._reviews = origin, reviews
        self._compose, self._instead = compose, instead
        self._before = Before(origin, before)
        self.drifted = self._before.drifted

    def merged(self, accepted: list[Change]) -> Merging:
        """Return the next inspection with every accepted change that it can take.

        Every round takes out what failed, so that there are no more rounds than changes; without any change the
        inspection is the one that was sent.
        """
        out = Merging(self._origin.inspection, {change.id: why for change in accepted if (why := self._stuck(change))})
        while True:
            live = [change for change in accepted if change.id not in out.by_hand]
            inspection, failed = self._tried(live)
            if not failed:
                out.inspection = inspection
                return out
            known = {change.id for change in live}
            named = {change: why for change, why in failed.items() if change in known}
            named = self._one_of(live, named) if len(named) > 1 and "" not in failed else named
            out.by_hand |= named or self._singled_out(live)

    def _stuck(self, change: Change) -> str:
        """Return why the inspection cannot have a change, whatever else is accepted; nothing where it can."""
        return DRIFTED if change.unit in self.drifted else impossible(change)

    def _tried(self, live: list[Change]) -> tuple[Inspection, dict[str, str]]:
        """Return the inspection with some changes made, and the changes that it cannot take, with the reasons."""
        weaver = Weaver(self._origin.sent, self._reviews, {change.id for change in live}, self._instead)
        letter = with_rows_apart(accepted_letter(weaver, self._origin.sent), self._origin.sent)
        notes = new_notes(live, self._reviews, self._origin.inspection.footnotes)
        applied = Applier(self._origin, letter, {change.id: change for change in live}, notes).applied()
        failed = dict.fromkeys(weaver.homeless | weaver.unseen, NO_HOME)
        for problem in applied.problems:
            failed |= dict.fromkeys(narrowed(problem.changes, live) or {""}, problem.reason)
        if failed or not live:
            return applied.inspection, failed
        reason = unsound(applied.inspection)
        if reason:
            return applied.inspection, {"": f"{reason}; change it by hand"}
        return applied.inspection, self._proved(live, applied, letter, notes)

    def _proved(self, live: list[Change], applied: Applied, letter: Accepted, notes: list[NewNote]) -> dict[str, str]:
        """Return the changes after which the next letter would not be the accepted one."""
        try:
            orphans = drop_orphans(applied.inspection, self._origin.inspection, self._compose)
            if orphans:
                worded = {change.id for change in live if home_of(change.unit).owner in orphans}
                return dict.fromkeys(worded or {""}, NO_PLACE)
            after = self._compose(applied.inspection)
        except LettersError as error:
            return {"": f"with this change letters cannot compose the letter ({error}); change it by hand"}
        proof = LetterProof(self._before, letter, notes)
        failed: dict[str, str] = {}
        for difference in proof.differences(after):
            changes = difference.changes or said_elsewhere(difference, live)
            failed |= dict.fromkeys(narrowed(changes, live) or {""}, told(difference))
        return failed

    def _one_of(self, live: list[Change], named: dict[str, str]) -> dict[str, str]:
        """Return the one of some changes without which the others can be made; all of them where there is none."""
        for change in named:
            again = self._tried([held for held in live if held.id != change])[1]
            if not {*again} & {*named}:
                return {change: named[change]}
        return named

    def _singled_out(self, live: list[Change]) -> dict[str, str]:
        """Return the change with which the first failure comes, and the reason: the failure of all named none."""
        sound, unsound_from = 0, len(live)
        while unsound_from - sound > 1:
            middle = (sound + unsound_from) // 2
            if self._tried(live[:middle])[1]:
                unsound_from = middle
            else:
                sound = middle
        change = live[unsound_from - 1]
        failed = self._tried(live[:unsound_from])[1]
        return {change.id: failed.get(change.id) or next(iter(failed.values()), NOT_REPRESENTABLE)}


def impossible(change: Change) -> str:
    """Return why no inspection can have a change, whatever else is accepted; nothing where one can."""
    if change.hunk.kind == "table":
        return IN_A_TABLE
    if change.hunk.kind == "object":
        things = ", ".join(name_of(piece) for piece in change.hunk.pieces) or "a picture or other object"
        return f"the inspection file contains only words, and this is {things}; decide by hand what to do with it"
    return ""


def narrowed(changes: Collection[str], live: list[Change]) -> set[str]:
    """Return those of some changes that are to blame first: what moves paragraphs about, before what changes words.

    One change never takes others with it: they are tried again without the first ones.
    """
    held = {change.id: BLAME.index(change.hunk.kind) for change in live if change.id in changes}
    return {change for change, rank in held.items() if rank == min(held.values())}


def said_elsewhere(difference: Difference, live: list[Change]) -> set[str]:
    """Return the changes whose new words, or whose old ones, make a place other that nobody changed.

    A person's name stands in the letter at more places than one.
    """
    return {
        change.id
        for change in live
        if (change.after.strip() and change.after.strip() in difference.got)
        or (change.before.strip() and change.before.strip() in difference.wanted)
    }


def told(difference: Difference) -> str:
    """Say what the next letter would have instead of the accepted words."""
    if difference.got and difference.wanted != difference.got:
        return f"{NOT_REPRESENTABLE} (it would read ‘{difference.got[:80]}’)"
    return NOT_REPRESENTABLE


def drop_orphans(inspection: Inspection, before: Inspection, compose: Compose) -> set[str]:
    """Drop what was said of standing paragraphs that the letter no longer has; return those that were worded anew.

    A heading goes with the last finding below it, and somebody else may have changed it.
    """
    given = dict(inspection.wording)
    if not given:
        return set()
    inspection.wording = {}
    known = {block.id for block in every_block(compose(inspection).blocks)}
    inspection.wording = {name: words for name, words in given.items() if name in known}
    gone = {name: words for name, words in given.items() if name not in known}
    return {name for name, words in gone.items() if words is not None and words != before.wording.get(name)}
