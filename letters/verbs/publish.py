"""Publish a letter or report: the gate, the files, what they may not contain, the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from letters.errors import NotAllowed, PackFault
from letters.findings.round_parsing import Members
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.publication import publication
from letters.publication.amendments import WORDS_NAME, corrected, first_published, words_file
from letters.publication.end_matter import Amendment
from letters.publication.gate import Reason, enforce, leak_reasons, reasons
from letters.publication.hygiene.scan import Leak, leaks
from letters.publication.manifest import JSON_NAME, digest, manifest, with_reasons
from letters.publication.pack import RECIPIENTS, Made, checked_kinds, make, sealed
from letters.publication.publication import Publication
from letters.publication.record import File, identifier
from letters.publication.verification import Pack
from letters.verbs.steps import Step, log_step

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
    note: str = "",
) -> NewPack:
    """Return the pack of a publication in some formats; no kinds means all.

    `standing` is the pack that it would replace, `corrects` the one that it corrects; `houses` are by the folders that
    they publish in. Raises NotAllowed with every reason, and PackFault where something other than an earlier pack of
    the same would be replaced.
    """
    log_step(Step.PUBLISH, work.name)
    refuse_other(standing, corrects, note, work)
    found = [*reasons(work, dict(houses)), *silent_replacement(standing, corrects, work)]
    if not work.final or any(reason.code in CANNOT_BE_MADE for reason in found):
        enforce(work, found)
    before = corrected(corrects, note, work) if corrects else None
    amendment = Amendment(work.day, note) if before else None
    work = first_published(work, before["previously published"]) if before else work
    made = make(work, houses, checked_kinds(kinds), amendment)
    aside = enforce(work, [*found, *leak_reasons(leaks_of(made, work))])
    files = {**made.files, WORDS_NAME: words_file(work)}
    data = with_reasons(manifest(work, houses, files), aside, made.missing)
    if before and amendment:
        data["amended"] = {"on": amendment.on.isoformat(), "note": note, **before}
    return NewPack(sealed(joint, files, data), made.missing)


def refuse_other(standing: Pack | None, corrects: Pack | None, note: str, work: Publication) -> None:
    """Refuse a place where a pack would take away something else, and a note that nothing would show."""
    if note and not corrects:
        raise NotAllowed("--note describes a correction. Give --corrects too, or remove --note.")
    if standing is None:
        return
    if JSON_NAME in standing.files:
        other = identifier_in(standing)
        if other not in ("", identifier(work)):
            raise PackFault(f"{standing.name} is the pack of {other}. Choose another folder for {identifier(work)}.")
    elif standing.others:
        raise PackFault(f"{standing.name} contains files that are not part of a pack. Choose another folder.")


def silent_replacement(standing: Pack | None, corrects: Pack | None, work: Publication) -> Iterator[Reason]:
    """Find other words in the place of published ones where nothing would say that they were amended."""
    if standing is None or not identifier_in(standing):
        return
    before = standing.manifest
    if before["state"] == "published" and before["words"] != work.words and not corrects:
        said = f"{standing.name} contains different words, published on {before['published']}"
        remedy = f"Correct them with --corrects {standing.name} and --note, or choose another folder."
        yield Reason("P11", said, remedy)


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
    return [leak for path, file in once.values() for leak in leaks(path, file.data, work.meta.author)]
