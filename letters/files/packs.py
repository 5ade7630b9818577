"""Publishes, verifies and withdraws packs on disk, and enters agreements into files."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from letters.errors import NotAllowed
from letters.files.cluster import on_cluster
from letters.files.disk import locked_file, read_source, replace_file
from letters.files.folders import put_folder, read_pack
from letters.files.ids import doubled_ids, id_in
from letters.files.rounds import members_of
from letters.files.side_by_side import side_by_side
from letters.files.workers import Each, in_workers
from letters.houses.house import House
from letters.houses.loading import house
from letters.publication.publication import Publication
from letters.publication.verification import Pack
from letters.verbs import agree as agreeing
from letters.verbs import publish as publishing
from letters.verbs import verify as verifying
from letters.verbs import withdraw as withdrawing


@dataclass(frozen=True)
class PublishOptions:
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
    """What was corrected, or why it is brought back."""
    reinstates: bool = False
    """Whether it brings a withdrawn pack back."""
    today: date | None = None
    """The day of the act itself, which an embargo is held against."""
    templates: Path | None = None
    draft: bool = False
    """Whether it is only to be looked at: marked on every page, before everybody has agreed."""
    dry_run: bool = False
    """Whether it is only said what would be written, replaced and taken away."""
    processes: int = 1
    """How many of its formats are rendered at the same time."""


@dataclass(frozen=True)
class Published:
    """A pack that was published: where it stands, its files, and what could not be made."""

    pack: Path
    files: tuple[str, ...]
    missing: tuple[str, ...]
    passed_over: tuple[str, ...] = ()
    """The rules that only warned, each with how often."""
    changes: tuple[str, ...] = ()
    """What a dry run would do, a line for each file."""


@dataclass(frozen=True, slots=True)
class PackOutcome:
    """What became of one publication: the pack with the number of its files, or why there is none."""

    source: Path
    pack: Path | None = None
    files: int = 0
    missing: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    fault: str = ""
    unreadable: bool = False


def publication_in(path: Path, joint: House, on: date | None = None) -> Publication:
    """Return what a file holds, composed and checked, with all that publishing it needs."""
    source = read_source(path)
    return publishing.publication_of(source, members_of(path, source), joint, on)


def agree(path: Path, inspectorate: str, person: str, on: date, templates: Path | None = None) -> str:
    """Enter that an inspectorate agrees to the words of a file as they are now; return their hash."""
    look = house("joint", templates=templates)
    with locked_file(path):
        source = read_source(path)
        done = agreeing.agree(source, members_of(path, source), look, inspectorate, person, on)
        replace_file(path, done.text.encode())
    return done.words_hash


def publish_draft(path: Path, options: PublishOptions) -> Published:
    """Write the pack of a draft, marked on every page; never over one that was published."""
    if options.corrects or options.reinstates or options.note:
        raise NotAllowed("A draft corrects and reinstates nothing. Leave --corrects, --reinstates and --note out.")
    source = read_source(path)
    joint = house("joint", art=options.art, styles=options.styles, templates=options.templates)
    work = publishing.draft_of(source, members_of(path, source), joint, options.on)
    houses = houses_by_folder(publishing.publishers(work), options.art, options.styles, options.templates)
    standing = read_pack(options.out) if options.out.is_dir() else None
    with side_by_side(options.processes) as each:
        made = publishing.publish_draft(work, joint, houses, kinds=options.only, standing=standing, each=each)
    return put_pack(made, standing, work, options)


def publish(path: Path, options: PublishOptions) -> Published:
    """Publish what a file holds; raises NotAllowed with every reason, and leaves what was there before alone."""
    corrects = read_pack(options.corrects) if options.corrects else None
    if corrects and corrects.manifest and options.on is None:
        raise NotAllowed("A correction is dated. Give its day with --on.")
    joint = house("joint", art=options.art, styles=options.styles, templates=options.templates)
    work = publication_in(path, joint, options.on)
    houses = houses_by_folder(publishing.publishers(work), options.art, options.styles, options.templates)
    standing = read_pack(options.out) if options.out.is_dir() else None
    with side_by_side(options.processes) as each:
        made = publishing.publish(
            work,
            joint,
            houses,
            kinds=options.only,
            standing=standing,
            reinstates=options.reinstates,
            today=options.today,
            corrects=corrects,
            note=options.note,
            each=each,
        )
    return put_pack(made, standing, work, options)


def put_pack(made: publishing.NewPack, standing: Pack | None, work: Publication, options: PublishOptions) -> Published:
    """Put a pack in its place, or say what that would do to each file."""
    if options.dry_run:
        return Published(options.out, (), made.missing, passed_over(work), tuple(file_changes(made, standing)))
    put_folder(options.out, made.files)
    return Published(options.out, contents_of(made), made.missing, passed_over(work))


def passed_over(work: Publication) -> tuple[str, ...]:
    """Return the rules that only warned, each with how often."""
    counts = Counter(issue.code for issue in work.issues if issue.is_open and not issue.is_error)
    return tuple(f"{code} {count}" for code, count in sorted(counts.items()))


def file_changes(made: publishing.NewPack, standing: Pack | None) -> Iterator[str]:
    """Yield what publishing would do to each file of a pack."""
    before = standing.files if standing else {}
    for name in sorted({*made.files, *before}):
        if name not in made.files:
            yield f"takes away {name}"
        elif name not in before:
            yield f"writes {name}"
        elif made.files[name] != before[name]:
            yield f"replaces {name}"


def houses_by_folder(
    names: Mapping[str, str], art: Path | None, styles: Path | None, templates: Path | None = None
) -> dict[str, House]:
    """Return the house of each folder of a pack."""
    return {folder: house(name, art=art, styles=styles, templates=templates) for folder, name in names.items()}


def contents_of(made: publishing.NewPack) -> tuple[str, ...]:
    """Return the files of a new pack beside its manifest, in order."""
    return tuple(sorted(name for name in made.files if not name.startswith("manifest.")))


def verify(pack: Path) -> list[str]:
    """Return everything in which a pack is not what its manifest says; nothing where it is whole."""
    return verifying.verify(read_pack(pack))


def verify_against(pack: Path, path: Path, options: PublishOptions) -> list[str]:
    """Return everything in which a pack is not what a file makes, in the houses and with the art of the options."""
    found = read_pack(pack)
    joint = house("joint", art=options.art, styles=options.styles, templates=options.templates)
    work = publication_in(path, joint, date.fromisoformat(found.manifest["published"]))
    houses = houses_by_folder(publishing.publishers(work), options.art, options.styles, options.templates)
    return verifying.verify_against(found, work, houses)


def withdraw(pack: Path, on: date, reason: str, styles: Path | None = None, replaced_by: str = "") -> Published:
    """Put a notice in the place of everything that a pack published; `replaced_by` is where readers find it now."""
    found = read_pack(pack)
    houses = houses_by_folder(withdrawing.folders_of(found), None, styles)
    made = withdrawing.withdraw(found, house("joint", styles=styles), houses, on, reason, replaced_by)
    put_folder(pack, made.files)
    return Published(pack, contents_of(made), ())


def publish_all(
    options: PublishOptions, paths: list[Path], jobs: int | None = None, cluster: str | None = None
) -> Iterator[PackOutcome]:
    """Publish every file, many into the folder that is named; yield what became of each as it is finished."""
    options = options if cluster else with_processes(options, paths, jobs)
    if cluster:
        options, paths = from_anywhere(options), [path.absolute() for path in paths]
    call = Each(partial(publish_named if len(paths) > 1 else publish_one, options), PackOutcome)
    doubled = doubled_ids(paths)
    yield from (PackOutcome(path, fault=fault) for path, fault in doubled.items())
    rest = [path for path in paths if path not in doubled]
    if cluster:
        yield from on_cluster(call, rest, cluster, PackOutcome)
    else:
        yield from in_workers(call, rest, jobs if len(rest) > 1 else 1)


def with_processes(options: PublishOptions, paths: list[Path], jobs: int | None) -> PublishOptions:
    """Return options by which a lone pack takes every processor; many packs take one each."""
    return replace(options, processes=(jobs or os.cpu_count() or 1) if len(paths) == 1 else 1)


def from_anywhere(options: PublishOptions) -> PublishOptions:
    """Return options whose paths lead to the same places from whatever folder a worker was started in."""
    places = {name: getattr(options, name) for name in ("out", "art", "styles", "templates", "corrects")}
    return replace(options, **{name: place and place.absolute() for name, place in places.items()})


def publish_named(options: PublishOptions, path: Path) -> PackOutcome:
    """Publish one of many files: its pack is called by its id."""
    return publish_one(replace(options, out=options.out / (id_in(path) or path.stem)), path)


def publish_one(options: PublishOptions, path: Path) -> PackOutcome:
    """Publish one file."""
    made = publish_draft(path, options) if options.draft else publish(path, options)
    return PackOutcome(path, made.pack, len(made.files), made.missing, made.passed_over, made.changes)
