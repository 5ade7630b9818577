"""Publish a letter or report: the gate, the files, what they may not contain, the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from letters.errors import NotAllowed, PackFault
from letters.findings.round_parsing import Members
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.publication import publication
from letters.publication.amendments import (
    corrected,
    first_published,
    history,
    reinstated,
)
from letters.publication.end_matter import Amendment
from letters.publication.gate import Reason, enforce, leak_reasons, reasons
from letters.publication.hygiene.scan import Leak, leaks
from letters.publication.manifest import JSON_NAME, PAGE_NAME, digest, manifest, with_reasons
from letters.publication.pack import RECIPIENTS, Made, checked_kinds, make, sealed, whole
from letters.publication.publication import Publication
from letters.publication.record import File, identifier
from letters.publication.renderings import EachOrder
from letters.publication.verification import Pack
from letters.verbs.steps import Step, log_step

MOST_NAMED = 4
"""Files that a message names; of more it says how many there are."""
DRAFT = "draft"
"""The state of a pack that is not published."""
FOR_PUBLICATION = ("P1", "P2", "P3", "P4", "P5", "P6", "P14")
"""Reasons that hold back a publication and no draft of it."""
CANNOT_BE_MADE = ("P10",)
"""Reasons without which there is no file to look at."""


@dataclass(frozen=True)
class NewPack:
    """A pack that was made: its files by their paths, and what could not be made."""

    files: dict[str, bytes]
    missing: tuple[str, ...] = ()


def publication_of(source: SourceFile, members: Members, house: House, on: date | None) -> Publication:
    """Return what a file holds, composed and checked, with all that publishing it needs; `on` is the day."""
    log_step(Step.READ, source.name)
    log_step(Step.COMPOSE, source.name)
    return publication.publication_of(source, members, house, on)


def draft_of(source: SourceFile, members: Members, house: House, on: date | None) -> Publication:
    """Return what a file holds as a draft, marked on every page."""
    log_step(Step.READ, source.name)
    log_step(Step.COMPOSE, source.name)
    return publication.draft_of(source, members, house, on)


def publishers(work: Publication) -> dict[str, str]:
    """Return the name of the house of each folder: the inspectorates' own, and for the recipients the joint one."""
    return {name: name for name in work.inspectorates} | {RECIPIENTS: "joint"}


def publish(
    work: Publication,
    joint: House,
    houses: Mapping[str, House],
    *,
    kinds: tuple[str, ...] = (),
    standing: Pack | None = None,
    corrects: Pack | None = None,
    reinstates: bool = False,
    note: str = "",
    today: date | None = None,
    each: EachOrder = map,
) -> NewPack:
    """Return the pack of a publication in some formats; no kinds means all.

    `standing` is the pack that it would replace, `corrects` the one that it corrects; `reinstates` brings a withdrawn
    one back; `houses` are by the folders that they publish in; an embargo holds against `today`; `each` says how the
    formats are rendered. Raises NotAllowed with every reason, and PackFault where something other than an earlier pack
    of the same would be replaced.
    """
    log_step(Step.PUBLISH, work.name)
    refuse_other(standing, work)
    refuse_idle_note(note, standing, corrects, reinstates)
    found = [*reasons(work, dict(houses), today), *silent_replacement(standing, corrects, reinstates, work)]
    if not work.final or any(reason.code in CANNOT_BE_MADE for reason in found):
        enforce(work, found)
    record, told, work = record_of(work, standing, corrects, reinstates, note)
    made = make(work, houses, checked_kinds(kinds), told, each)
    files = whole(made, work)
    found += [*leak_reasons(leaks_of(made, work)), *disappearing(standing, files)]
    data = with_reasons(manifest(work, houses, files), enforce(work, found), made.missing)
    return NewPack(sealed(joint, files, {**data, **record}), made.missing)


def publish_draft(
    work: Publication,
    joint: House,
    houses: Mapping[str, House],
    *,
    kinds: tuple[str, ...] = (),
    standing: Pack | None = None,
    each: EachOrder = map,
) -> NewPack:
    """Return the pack of a draft, marked on every page: what a publisher will get once everybody has agreed.

    What only a publication needs is not asked (P1 to P6, P14). Raises NotAllowed where a finished file would carry what
    it must not, and where a pack that was published would be replaced.
    """
    log_step(Step.PUBLISH, f"draft of {work.name}")
    refuse_other(standing, work)
    if standing and identifier_in(standing) and standing.manifest["state"] != DRAFT:
        raise NotAllowed(f"{standing.name} was published, and a draft would replace it. Choose another folder.")
    found = [reason for reason in reasons(work, dict(houses)) if reason.code not in FOR_PUBLICATION]
    if any(reason.code in CANNOT_BE_MADE for reason in found):
        enforce(work, found)
    made = make(work, houses, checked_kinds(kinds), [], each)
    files = whole(made, work)
    found += leak_reasons(leaks_of(made, work))
    data = with_reasons(manifest(work, houses, files), enforce(work, found), made.missing)
    return NewPack(sealed(joint, files, {**data, "state": DRAFT}), made.missing)


def record_of(
    work: Publication, standing: Pack | None, corrects: Pack | None, reinstates: bool, note: str
) -> tuple[dict[str, Any], list[Amendment], Publication]:
    """Return what the manifest keeps of the past, what readers are told of it, and the work by its first day."""
    if corrects:
        before = corrected(corrects, note, work)
        record = {
            **carried(corrects.manifest, "reinstated"),
            "amended": {"on": work.day.isoformat(), "note": note, **before},
        }
        return record, history(record), first_published(work, before["previously published"])
    if standing is None or not identifier_in(standing) or standing.manifest["state"] == DRAFT:
        return {}, [], work
    data = standing.manifest
    record = carried(data, "amended", "reinstated")
    if reinstates and data["state"] == "withdrawn":
        record["reinstated"] = reinstated(standing, note, work)
    return record, history(record), first_published(work, data["published"]) if record else work


def carried(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return what a manifest says under some names, where it says something."""
    return {name: data[name] for name in names if name in data}


def refuse_other(standing: Pack | None, work: Publication) -> None:
    """Raise PackFault where a pack would take away something that is not provably an earlier pack of the same."""
    if standing is None or not (standing.files or standing.others):
        return
    other = identifier_in(standing)
    if not other:
        raise PackFault(f"{standing.name} contains files that are not part of a pack. Choose another folder.")
    if other != identifier(work):
        raise PackFault(f"{standing.name} is the pack of {other}. Choose another folder for {identifier(work)}.")
    listed = {row["path"] for row in standing.manifest["files"]} | {JSON_NAME, PAGE_NAME}
    strange = sorted(set(standing.others) - listed)
    if strange:
        raise PackFault(
            f"{standing.name} contains {named(strange)}, which its manifest does not list. Move it elsewhere."
        )


def refuse_idle_note(note: str, standing: Pack | None, corrects: Pack | None, reinstates: bool) -> None:
    """Raise NotAllowed for a note that nothing would show, and for bringing back what was never gone."""
    if reinstates and not (standing and identifier_in(standing) and standing.manifest["state"] == "withdrawn"):
        raise NotAllowed(
            "--reinstates brings back a pack that was withdrawn, and this one was not. Remove --reinstates."
        )
    if note and not corrects and not reinstates:
        raise NotAllowed("--note describes a correction. Give --corrects too, or remove --note.")


def silent_replacement(
    standing: Pack | None, corrects: Pack | None, reinstates: bool, work: Publication
) -> Iterator[Reason]:
    """Find published words or a withdrawal that would be replaced where nothing would say so."""
    if standing is None or not identifier_in(standing):
        return
    before = standing.manifest
    if before["state"] == "withdrawn" and not reinstates:
        said = f"{standing.name} was withdrawn on {before['withdrawn']['on']}"
        yield Reason("P13", said, "Bring it back with --reinstates and --note, or choose another folder.")
    if before["state"] == "withdrawn" and reinstates and before["words"] != work.words:
        said = f"{standing.name} was withdrawn with other words"
        yield Reason("P11", said, "Bring back the words that were withdrawn, then correct them with --corrects.")
    if before["state"] == "published" and before["words"] != work.words and not corrects:
        said = f"{standing.name} contains different words, published on {before['published']}"
        remedy = f"Correct them with --corrects {standing.name} and --note, or choose another folder."
        yield Reason("P11", said, remedy)


def disappearing(standing: Pack | None, files: Mapping[str, File]) -> Iterator[Reason]:
    """Find files that were published and would be gone."""
    if standing is None or not identifier_in(standing) or standing.manifest["state"] != "published":
        return
    gone = sorted({row["path"] for row in standing.manifest["files"]} - set(files))
    if gone:
        message = f"{named(gone)} would disappear from {standing.name}"
        yield Reason("P12", message, "Publish the same formats again, or withdraw the pack first.")


def named(paths: list[str]) -> str:
    """Return the first of some paths, and how many more there are."""
    more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
    return ", ".join(paths[:MOST_NAMED]) + more


def identifier_in(pack: Pack) -> str:
    """Return whose pack stands at a place; nothing where its manifest is garbled, as publishing it again mends that."""
    try:
        return str(pack.manifest["identifier"])
    except PackFault:
        return ""


def leaks_of(made: Made, work: Publication) -> list[Leak]:
    """Return what the finished files contain and must not; bytes that two folders share are looked at once."""
    once: dict[tuple[str, str], tuple[str, File]] = {}
    for path, file in made.files.items():
        once.setdefault((digest(file.data), file.name.rpartition(".")[2]), (path, file))
    return [leak for path, file in once.values() for leak in leaks(path, file.data, work.authors)]
