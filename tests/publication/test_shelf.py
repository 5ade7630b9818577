"""The shelf: whatever happens, at a place stands the old folder or the new one, whole, and nothing lies beside it."""

import ctypes
import errno
import fcntl
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from letters.errors import FormatFault, PackFault
from letters.files import folders
from letters.files.folders import ASIDE, locked, put_folder
from letters.files.packs import PublishOptions, publish
from letters.files.packs import verify as altered
from tests.publication.killing import AFTER, BEFORE, DONE, DURING, PUBLISH, PUT, STARTED, TURNED, Nursery, nursery
from tests.publication.works import agreed, real_art, write_inspection

Files = dict[str, bytes]
SIZES = (0, 1, 900, 4_096, 20_000, 90_000)
MEMORY = "/dev/shm"
KILLS, FIRST_KILLS, PUBLISH_KILLS = 200, 30, 10


def many_files(seed: int) -> Files:
    """Return forty files of various sizes in a folder and three folders below it; some names depend on the seed."""
    chance = random.Random(seed)
    places = ("", "one/", "two/", "three/deep/")
    names = [f"{places[number % 4]}{number:02}{'' if number % 3 else f'-{seed}'}.bin" for number in range(40)]
    return {name: chance.randbytes(chance.choice(SIZES)) for name in names}


OLD, NEW = many_files(1), many_files(2)


def files_in(folder: Path) -> Files:
    """Return every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names_in(folder: Path) -> list[str]:
    """Return the names of what lies in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A place, in a folder of its own, at which the old files stand; in memory, as a busy disk would take minutes."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path) as folder:
        target = Path(folder) / "site/pack"
        put_folder(target, OLD)
        yield target


@pytest.fixture
def putting(place: Path) -> Iterator[Nursery]:
    """Runs that put the new files at the place."""
    source = place.parents[1] / "source"
    put_folder(source, NEW)
    with nursery(PUT, source, place) as runs:
        yield runs


def test_a_folder_takes_the_place_of_another_with_every_file_and_no_other(place: Path) -> None:
    assert files_in(place) == OLD
    put_folder(place, NEW)
    assert files_in(place) == NEW
    assert names_in(place.parent) == ["pack"]


def test_folders_above_are_made(tmp_path: Path) -> None:
    put_folder(tmp_path / "a/b/pack", {"x": b"1"})
    assert files_in(tmp_path) == {"a/b/pack/x": b"1"}


@pytest.mark.parametrize("name", ["pack[1]", "p*ck", "pack?", "pâck ü", "-rf", ".hidden"])
def test_an_odd_name_is_swept_like_any_other(name: str, tmp_path: Path) -> None:
    (tmp_path / f".{name}{ASIDE}0000").mkdir()
    put_folder(tmp_path / name, {"x": b"1"})
    assert names_in(tmp_path) == [name]


def test_only_what_publishers_of_the_same_place_left_is_swept(tmp_path: Path) -> None:
    others = [f".other{ASIDE}0000", f"pack{ASIDE}0000", ".pack"]
    for name in others:
        (tmp_path / name).mkdir()
    put_folder(tmp_path / "pack", {"x": b"1"})
    assert names_in(tmp_path) == sorted([*others, "pack"])


def test_a_sweep_follows_no_link(tmp_path: Path) -> None:
    put_folder(tmp_path / "precious", OLD)
    (tmp_path / f".pack{ASIDE}0000").symlink_to(tmp_path / "precious")
    put_folder(tmp_path / "pack", NEW)
    assert files_in(tmp_path / "precious") == OLD


def test_a_kill_at_any_moment_leaves_the_old_folder_or_the_new_one(place: Path, putting: Nursery) -> None:
    chance, pace = random.Random(6), putting.paces()
    met: Counter[str] = Counter()
    stood: Counter[tuple[str, bool]] = Counter()
    left = 0
    for number in range(KILLS):
        put_folder(place, OLD)
        assert names_in(place.parent) == ["pack"], "the next run did not sweep what was left"
        aim = (STARTED, BEFORE, DURING, TURNED, AFTER)[number % 5]
        part = putting.killed(aim, chance.uniform(0, 1.1) * pace[aim])
        found = files_in(place)
        assert found in (OLD, NEW), f"kill {number}, {part}: {len(found)} files stand there"
        met[part] += 1
        stood[part, found == NEW] += 1
        left += names_in(place.parent) != ["pack"]
    put_folder(place, OLD)
    assert names_in(place.parent) == ["pack"]
    assert sum(met.values()) == KILLS
    assert min(met[part] for part in (BEFORE, DURING, TURNED, AFTER)) >= KILLS // 20, met
    assert not any(stood[part, True] for part in (STARTED, BEFORE))
    assert not any(stood[part, False] for part in (TURNED, AFTER, DONE))
    assert left >= KILLS // 4, "the kills left hardly anything to sweep"


def test_a_kill_where_nothing_stood_leaves_nothing_or_the_new_folder(place: Path, putting: Nursery) -> None:
    chance, pace = random.Random(7), putting.paces()
    met: Counter[bool] = Counter()
    for number in range(FIRST_KILLS):
        shutil.rmtree(place)
        aim = (BEFORE, DURING)[number % 2]
        putting.killed(aim, chance.uniform(0, 1.5) * pace[aim])
        met[place.exists()] += 1
        assert not place.exists() or files_in(place) == NEW
        put_folder(place, OLD)
        assert names_in(place.parent) == ["pack"]
    assert min(met[True], met[False]) > 0, met


def test_a_kill_of_the_whole_publication_leaves_a_pack_that_verifies(tmp_path: Path) -> None:
    art, chance, pack = real_art(tmp_path), random.Random(8), tmp_path / "site/pack"
    versions = []
    for words in ("The patience that foster carers show.", "The time that social workers take."):
        silent = [{"rule": "P11", "reason": "Nobody has read it yet.", "name": "Ada Example"}]
        strengths = [{"id": "S-01", "text": words}]
        path = agreed(write_inspection(tmp_path / words[4:8], strengths=strengths, overrides=silent))
        publish(path, PublishOptions(pack, only=("txt", "html"), art=art))
        versions.append((path, files_in(pack)))
    (old, old_files), (new, _) = versions
    met: Counter[str] = Counter()
    with nursery(PUBLISH, new, pack, art) as publishing:
        pace = publishing.paces(1)
        for number in range(PUBLISH_KILLS):
            put_folder(pack, old_files)
            assert (names_in(pack.parent), files_in(pack)) == (["pack"], old_files)
            aim = (STARTED, BEFORE, DURING, TURNED, AFTER)[number % 5]
            met[publishing.killed(aim, chance.uniform(0, 1) * pace[aim])] += 1
            assert altered(pack) == []
            assert files_in(pack) in [files for _, files in versions]
    assert len(met) > 1
    publish(old, PublishOptions(pack, only=("txt", "html"), art=art))
    assert (names_in(pack.parent), altered(pack)) == (["pack"], [])
    assert files_in(pack)["words.txt"] == old_files["words.txt"]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk of 128 kB at a folder, and take it away again."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def can_mount(folder: Path) -> bool:
    """Say whether this user may mount a disk."""
    try:
        with small_disk(folder):
            return True
    except (subprocess.CalledProcessError, OSError):
        return False


def test_a_disk_that_is_full_keeps_the_old_folder(tmp_path: Path) -> None:
    if not can_mount(tmp_path / "probe"):
        pytest.skip("only root may mount a small disk; the tests beside this one fill the disk in other ways")
    with small_disk(tmp_path / "disk"):
        pack = tmp_path / "disk/pack"
        put_folder(pack, {"x": b"1", "y": b"2"})
        with pytest.raises(FormatFault, match="cannot be written: No space left on device"):
            put_folder(pack, NEW)
        assert files_in(tmp_path / "disk") == {"pack/x": b"1", "pack/y": b"2"}
        put_folder(pack, {"x": b"3"})
        assert files_in(tmp_path / "disk") == {"pack/x": b"3"}


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the kernel refuse whatever makes a file larger than this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_the_system_refuses_keeps_the_old_folder(place: Path) -> None:
    with files_no_larger_than(4_000), pytest.raises(FormatFault, match="cannot be written: File too large"):
        put_folder(place, NEW)
    assert (files_in(place), names_in(place.parent)) == (OLD, ["pack"])


def failing_at(number: int, call: Callable[..., Any], code: int) -> Callable[..., Any]:
    """Return a call that fails with an error of the system when it is made for the n-th time."""
    made = 0

    def failing(*given: Any, **named: Any) -> Any:
        nonlocal made
        made += 1
        if made == number:
            raise OSError(code, os.strerror(code))
        return call(*given, **named)

    return failing


def fault_in(place: Path, files: Files) -> str:
    """Put a folder and return what is said of it; nothing where it went well."""
    try:
        put_folder(place, files)
    except FormatFault as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("call", ["fsync", "open", "mkdir"])
@pytest.mark.parametrize("standing", [True, False], ids=["over an old folder", "where nothing stood"])
def test_a_disk_that_fails_at_any_step_changes_nothing(
    call: str, standing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, failures = tmp_path / "site/pack", 0
    before, after = {"a": b"1", "b/c": b"2"} if standing else {}, {"a": b"3", "d/e/f": b"4"}
    for number in range(1, 16):
        shutil.rmtree(place.parent, ignore_errors=True)
        place.parent.mkdir()
        if standing:
            put_folder(place, before)
        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing_at(number, getattr(os, call), errno.ENOSPC))
            said = fault_in(place, after)
        assert said in ("", f"{place} cannot be written: No space left on device. Check the folder and the disk.")
        assert files_in(place) == (before if said else after)
        if said:
            assert names_in(place.parent) == (["pack"] if standing else [])
            failures += 1
    assert failures >= 3


def test_a_disk_that_cannot_exchange_two_folders_keeps_the_old_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    with pytest.raises(FormatFault, match="cannot be written: Function not implemented"):
        put_folder(place, NEW)
    assert (files_in(place), names_in(place.parent)) == (OLD, ["pack"])


@pytest.mark.parametrize("target", ["/proc/pack", "/proc/self/pack", "/proc/version/pack"])
def test_a_place_where_nobody_may_write_is_said_in_one_line(target: str) -> None:
    with pytest.raises(FormatFault, match=rf"^{target} cannot be written: .*\. Check the folder and the disk\.$"):
        put_folder(Path(target), {"x": b"1"})


@pytest.mark.parametrize("target", ["/", ".."])
def test_a_place_that_has_no_name_is_refused(target: str) -> None:
    with pytest.raises(PackFault, match="letters cannot make a folder there"):
        put_folder(Path(target), {"x": b"1"})


def test_a_file_above_the_place_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(FormatFault, match="cannot be written"):
        put_folder(tmp_path / "site/pack", NEW)
    assert files_in(tmp_path) == {"site": b"mine"}


def test_a_file_at_the_place_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("mine")
    with pytest.raises(PackFault, match=r"pack: this is not a folder\. Choose another folder for the pack\."):
        put_folder(tmp_path / "pack", NEW)
    assert (files_in(tmp_path), names_in(tmp_path)) == ({"pack": b"mine"}, ["pack"])


@pytest.mark.parametrize("aim", ["elsewhere", "nowhere"])
def test_a_link_at_the_place_is_refused_and_what_it_leads_to_is_left_alone(aim: str, tmp_path: Path) -> None:
    put_folder(tmp_path / "elsewhere", OLD)
    (tmp_path / "pack").symlink_to(tmp_path / aim)
    with pytest.raises(PackFault, match="this is not a folder"):
        put_folder(tmp_path / "pack", NEW)
    assert (tmp_path / "pack").is_symlink()
    assert (files_in(tmp_path / "elsewhere"), names_in(tmp_path)) == (OLD, ["elsewhere", "pack"])


def put_at(start: Any, target: Path, files: Files) -> None:
    """Put a folder as soon as everybody is ready."""
    start.wait()
    put_folder(target, files)


def test_two_publishers_at_once_leave_one_of_the_two_packs_whole(place: Path) -> None:
    context, won = multiprocessing.get_context("fork"), set()
    for _ in range(20):
        start = context.Barrier(2)
        publishers = [context.Process(target=put_at, args=(start, place, files), daemon=True) for files in (OLD, NEW)]
        for publisher in publishers:
            publisher.start()
        for publisher in publishers:
            publisher.join(30)
        assert [publisher.exitcode for publisher in publishers] == [0, 0]
        found = files_in(place)
        assert found in (OLD, NEW)
        assert names_in(place.parent) == ["pack"]
        won.add(found == NEW)
    assert won


def test_a_publisher_waits_while_another_holds_the_folder(place: Path, putting: Nursery) -> None:
    with ExitStack() as run:
        with locked(place.parent):
            run.enter_context(putting.run())
            time.sleep(0.3)
            assert (files_in(place), names_in(place.parent)) == (OLD, ["pack"])
        assert [putting.part() for _ in range(6)] == [STARTED, BEFORE, DURING, TURNED, AFTER, DONE]
    assert (files_in(place), names_in(place.parent)) == (NEW, ["pack"])


def test_what_a_publisher_at_work_is_making_is_not_swept(place: Path) -> None:
    with folders.folder_aside(place) as aside:
        put_folder(place, NEW)
        assert aside.is_dir()
    assert (files_in(place), names_in(place.parent)) == (NEW, ["pack"])


def test_what_cannot_be_swept_now_is_swept_the_next_time(place: Path) -> None:
    left = place.with_name(f".pack{ASIDE}0000")
    left.mkdir()
    handle = os.open(left, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    put_folder(place, NEW)
    assert left.is_dir()
    os.close(handle)
    put_folder(place, OLD)
    assert names_in(place.parent) == ["pack"]
