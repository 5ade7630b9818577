"""Corrections: what a pack says of the one before it, and what a correction may not be."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from letters.document.blocks import plain
from letters.document.walk import texts
from letters.errors import NotAllowed
from letters.houses.words import day as as_day
from letters.publication.end_matter import Amendment
from letters.publication.manifest import JSON_NAME, digest
from letters.publication.publication import Publication
from letters.publication.record import File
from letters.publication.verification import Pack, verified

WORDS_NAME = "words.txt"
"""The published words, a paragraph a line: what a correction is compared with."""


def first_published(work: Publication, day: str) -> Publication:
    """Return a work as published on an earlier day: its files keep their names, and its end matter the day."""
    return replace(work, day=date.fromisoformat(day), names={**work.names, "date": day})


def words_file(work: Publication) -> File:
    """Return the words of a work, a paragraph a line."""
    lines = [" ".join(plain(runs).split()) for runs in texts(work.document)]
    text = "\n".join(line for line in lines if line) + "\n"
    return File(WORDS_NAME, "Words", "text/plain", text.encode(), work.meta.title)


def corrected(pack: Pack, note: str, work: Publication) -> dict[str, Any]:
    """Return what a correction says of the pack before it: its hashes, and every change of the words."""
    before = verified(pack)
    refuse_correction(pack, before, note, work)
    old = pack.files[WORDS_NAME].decode().splitlines()
    new = words_file(work).data.decode().splitlines()
    if old == new:
        raise NotAllowed(f"The words are those of {pack.name}: a correction changes something. Leave --corrects out.")
    return {
        "previous words": before["words"],
        "previous manifest": digest(pack.files[JSON_NAME]),
        "previously published": before["published"],
        "changes": list(changed(old, new)),
        "earlier": list(amendments_of(before)),
    }


def history(data: dict[str, Any]) -> list[Amendment]:
    """Return what a reader is told of the past of a pack by its manifest, the oldest first."""
    told = [Amendment(date.fromisoformat(row["on"]), row["note"]) for row in amendments_of(data)]
    told += [Amendment(date.fromisoformat(row["on"]), row["note"]) for row in data.get("reinstated", ())]
    return sorted(told, key=lambda amendment: amendment.on)


def reinstated(pack: Pack, note: str, work: Publication) -> list[dict[str, str]]:
    """Return what a manifest says of the times that a withdrawn pack was brought back, this one last."""
    data = pack.manifest
    if not note.strip():
        raise NotAllowed("A letter that is brought back says why. Give --note.")
    withdrawn = data["withdrawn"]
    refuse_earlier(pack, {"published": withdrawn["on"]}, work.day)
    said = {
        "on": work.day.isoformat(),
        "note": f"Published again. {note}",
        "withdrawn on": withdrawn["on"],
        "withdrawn because": withdrawn["reason"],
        "previous manifest": digest(pack.files[JSON_NAME]),
    }
    return [*data.get("reinstated", ()), said]


def refuse_correction(pack: Pack, before: dict[str, Any], note: str, work: Publication) -> None:
    """Refuse a correction that does not say what it corrects, or that corrects something else."""
    if not note.strip():
        raise NotAllowed("--note is empty. Say what was corrected.")
    if before["identifier"].rpartition(":")[2] != work.meta.identifier:
        other = f"{pack.name} is the pack of {before['identifier']}"
        raise NotAllowed(f"{other}. Name the pack of {work.meta.identifier}.")
    if before["state"] == "draft":
        raise NotAllowed(f"{pack.name} is a draft, which nobody published. Leave --corrects out.")
    if before["state"] == "withdrawn":
        raise NotAllowed(f"{pack.name} was withdrawn. Bring it back with --reinstates and --note.")
    refuse_earlier(pack, before, work.day)


def refuse_earlier(pack: Pack, before: dict[str, Any], day: date) -> None:
    """Refuse a day before that on which a pack was published."""
    published = date.fromisoformat(before["published"])
    if day < published:
        raise NotAllowed(
            f"{pack.name} was published on {as_day(published)}, after {as_day(day)}. Give a later day with --on."
        )


def amendments_of(before: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the amendments that a pack has had, the oldest first."""
    if "amended" in before:
        last = before["amended"]
        yield from last["earlier"]
        yield {name: last[name] for name in ("on", "note", "previous words", "previous manifest")}


def changed(old: list[str], new: list[str]) -> list[dict[str, str]]:
    """Return the paragraphs that differ between two versions."""
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        {"before": " ".join(old[a:b]), "after": " ".join(new[c:d])} for step, a, b, c, d in steps if step != "equal"
    ]
