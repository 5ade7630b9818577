"""Publish, correct and withdraw: a pack stands whole where it should, or nothing was touched."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from letters.document.blocks import plain
from letters.document.walk import texts
from letters.errors import NotAllowed, PackFault
from letters.formats.site import SitePage, notice_page
from letters.houses.house import House
from letters.houses.shelf import house as house_of
from letters.houses.words import day as as_day
from letters.publication.dressing import Amendment, publisher_of
from letters.publication.gate import Reason, leak_reasons, passed, reasons
from letters.publication.hygiene import Leak, leaks
from letters.publication.manifest import (
    JSON_NAME,
    PAGE_NAME,
    as_body,
    as_json,
    digest,
    manifest,
    rows_of,
    with_reasons,
)
from letters.publication.pack import ENTRY, INDEX, RECIPIENTS, Made, checked_kinds, make
from letters.publication.proving import altered, read_manifest
from letters.publication.record import File, identifier, withdrawn_entry
from letters.publication.shelf import put_folder
from letters.publication.work import Work, work_of

CANNOT_BE_MADE = ("P10",)
"""Reasons without which there is no file to look at."""
WORDS_NAME = "words.txt"
"""The published words, a paragraph a line: what a correction is held against."""


@dataclass(frozen=True)
class Order:
    """How something is to be published."""

    out: Path
    """Where the pack is to stand; of many, their folder."""
    on: date | None = None
    """The day of publication; left out, the day that the file gives."""
    only: tuple[str, ...] = ()
    """The formats that are wanted; none means all."""
    art: Path | None = None
    styles: Path | None = None
    corrects: Path | None = None
    """The pack that this one takes the place of."""
    note: str = ""
    """What was corrected."""


@dataclass(frozen=True)
class Published:
    """A pack that was published: where it stands, its files, and what could not be made."""

    pack: Path
    files: tuple[str, ...]
    missing: tuple[str, ...]


def publish(path: Path, order: Order) -> Published:
    """Publish what a file holds; raises NotAllowed with every reason, and leaves what was there before alone.

    Raises PackFault where something other than an earlier pack of the same stands in its place.
    """
    joint = house_of("joint", art=order.art, styles=order.styles)
    work = work_of(path, joint, order.on)
    houses = houses_of(work, order)
    refuse_other(order, work)
    found = [*reasons(work, houses), *silent_replacement(order, work)]
    if not work.final or any(reason.code in CANNOT_BE_MADE for reason in found):
        passed(work, found)
    before = corrected(order.corrects, order.note, work) if order.corrects else None
    amendment = Amendment(work.day, order.note) if before else None
    work = first_published(work, before["previously published"]) if before else work
    made = make(work, houses, checked_kinds(order.only), amendment)
    aside = passed(work, [*found, *leak_reasons(leaks_of(made, work))])
    files = {**made.files, WORDS_NAME: words_file(work)}
    data = with_reasons(manifest(work, houses, files), aside, made.missing)
    if before and amendment:
        data["amended"] = {"on": amendment.on.isoformat(), "note": order.note, **before}
    put(order.out, joint, files, data)
    return Published(order.out, tuple(sorted(files)), made.missing)


def first_published(work: Work, day: str) -> Work:
    """Return a work as published on an earlier day: its files keep their names, and its end matter the day."""
    return replace(work, day=date.fromisoformat(day), names={**work.names, "date": day})


def refuse_other(order: Order, work: Work) -> None:
    """Refuse a place where a pack would take away something else, and a note that nothing would show."""
    if order.note and not order.corrects:
        raise NotAllowed("A note says what a correction changed. Give --corrects, or leave --note out.")
    if (order.out / JSON_NAME).is_file():
        other = identifier_in(order.out)
        if other not in ("", identifier(work)):
            raise PackFault(f"{order.out} is the pack of {other}. Name another place for that of {identifier(work)}.")
    elif order.out.is_dir() and any(order.out.iterdir()):
        raise PackFault(f"{order.out} holds other things than a pack. Name another place for the pack.")


def silent_replacement(order: Order, work: Work) -> Iterator[Reason]:
    """Find other words in the place of published ones where nothing would say that they were amended."""
    try:
        before = read_manifest(order.out)
    except PackFault:
        return
    if before["state"] == "published" and before["words"] != work.words and not order.corrects:
        said = f"{order.out} holds other words, published on {before['published']}"
        yield Reason(
            "P11", said, f"Say what is corrected, with --corrects {order.out} and --note, or name another place."
        )


def identifier_in(pack: Path) -> str:
    """Return whose pack stands at a place; nothing where its manifest is garbled, as publishing it again mends that."""
    try:
        return str(read_manifest(pack)["identifier"])
    except PackFault:
        return ""


def houses_of(work: Work, order: Order) -> dict[str, House]:
    """Return the house of each folder: the inspectorates' own, and for the recipients the joint one."""
    names = {name: name for name in work.inspectorates} | {RECIPIENTS: "joint"}
    return {folder: house_of(name, art=order.art, styles=order.styles) for folder, name in names.items()}


def leaks_of(made: Made, work: Work) -> list[Leak]:
    """Return what the finished files carry and must not; bytes that two folders share are looked at once."""
    once: dict[tuple[str, str], tuple[str, File]] = {}
    for path, file in made.files.items():
        once.setdefault((digest(file.data), file.name.rpartition(".")[2]), (path, file))
    return [leak for path, file in once.values() for leak in leaks(path, file.data, work.meta.author)]


def words_file(work: Work) -> File:
    """Return the words of a work, a paragraph a line."""
    lines = [" ".join(plain(runs).split()) for runs in texts(work.document)]
    text = "\n".join(line for line in lines if line) + "\n"
    return File(WORDS_NAME, "Words", "text/plain", text.encode(), work.meta.title)


def put(out: Path, house: House, files: Mapping[str, File], data: dict[str, Any]) -> None:
    """Put a pack with its manifest where it should stand, in one step."""
    publisher, _ = publisher_of(house, date.fromisoformat(data["published"]))
    facts = SitePage(f"Manifest: {data['title']}", publisher.name, publisher.website, house.settings.language)
    page = notice_page(house, facts, as_body(data)).encode()
    whole = {path: file.data for path, file in files.items()}
    put_folder(out, {**whole, JSON_NAME: as_json({**data, "page": digest(page)}), PAGE_NAME: page})


def corrected(pack: Path, note: str, work: Work) -> dict[str, Any]:
    """Return what a correction says of the pack before it: its hashes, and every change of the words."""
    before = whole_pack(pack)
    refuse_correction(pack, before, note, work)
    old = (pack / WORDS_NAME).read_text("utf-8").splitlines()
    new = words_file(work).data.decode().splitlines()
    return {
        "previous words": before["words"],
        "previous manifest": digest((pack / JSON_NAME).read_bytes()),
        "previously published": before["published"],
        "changes": list(changed(old, new)),
        "earlier": list(amendments_of(before)),
    }


def refuse_correction(pack: Path, before: dict[str, Any], note: str, work: Work) -> None:
    """Refuse a correction that does not say what it corrects, or that corrects something else."""
    if not note.strip():
        raise NotAllowed("A correction says what was corrected. Give --note.")
    if before["identifier"].rpartition(":")[2] != work.meta.identifier:
        other = f"{pack} is the pack of {before['identifier']}"
        raise NotAllowed(f"{other}. Name the pack of {work.meta.identifier}.")
    if before["state"] == "withdrawn":
        raise NotAllowed(f"{pack} was withdrawn. Publish anew, without --corrects.")
    refuse_earlier(pack, before, work.day)


def refuse_earlier(pack: Path, before: dict[str, Any], day: date) -> None:
    """Refuse a day before that on which a pack was published."""
    published = date.fromisoformat(before["published"])
    if day < published:
        raise NotAllowed(
            f"{pack} was published on {as_day(published)}, after {as_day(day)}. Give a later day with --on."
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


def whole_pack(pack: Path) -> dict[str, Any]:
    """Return the manifest of a pack; raises PackFault where the pack is not whole."""
    wrong = altered(pack)
    if wrong:
        raise PackFault(f"{pack} is not whole: {'; '.join(wrong[:5])}. Restore it, then try again.")
    return read_manifest(pack)


def withdraw(pack: Path, on: date, reason: str, styles: Path | None = None) -> Published:
    """Put pages that say so in the place of everything that a pack published."""
    data = whole_pack(pack)
    if not reason.strip():
        raise NotAllowed("A withdrawal says why. Give --reason.")
    refuse_earlier(pack, data, on)
    folders = [*data["inspectorates"], RECIPIENTS]
    joint = house_of("joint", styles=styles)
    houses = {folder: house_of("joint" if folder == RECIPIENTS else folder, styles=styles) for folder in folders}
    files = {
        f"{folder}/{file.name}": file for folder in folders for file in withdrawal(data, houses[folder], on, reason)
    }
    previous = digest((pack / JSON_NAME).read_bytes())
    said = {"on": on.isoformat(), "reason": reason, "previous manifest": previous}
    gone = {**data, "state": "withdrawn", "withdrawn": said, "files": rows_of(files, joint.settings.language)}
    put(pack, joint, files, gone)
    return Published(pack, tuple(sorted(files)), ())


def withdrawal(data: dict[str, Any], house: House, on: date, reason: str) -> list[File]:
    """Return the page and the feed's entry that say that a document was withdrawn."""
    publisher, end = publisher_of(house, on)
    said = end.withdrawn.format(day=as_day(on), reason=reason)
    body = f"<h1>{escape(data['title'])}</h1>\n<p>{escape(said)}</p>\n<p>{escape(data['identifier'])}</p>\n"
    facts = SitePage(data["title"], publisher.name, publisher.website, house.settings.language)
    page = notice_page(house, facts, body)
    entry = withdrawn_entry(data["identifier"], data["title"], publisher, on, said)
    return [
        File(INDEX, "Index", "text/html", page.encode(), data["title"]),
        File(ENTRY, "Entry of a feed", "application/atom+xml", entry.encode(), data["title"]),
    ]
