"""Many packs on a Dask cluster: the same call, the same packs, and one that fails stops no other."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from letters.cli import main
from letters.errors import FormatFault
from letters.files.cluster import on_cluster
from letters.files.packs import PackOutcome, PublishOptions, publish_all
from letters.files.packs import verify as altered
from tests.publication.test_packs import files_in, many
from tests.publication.works import real_art

AREAS = ("ashby", "birley", "corby", "denby")


@contextmanager
def cluster_of(workers: int, dashboard: str | None = None) -> Iterator[str]:
    """Start a cluster on this machine and give its address; it ends with the block."""
    given: dict[str, Any] = {"n_workers": workers, "processes": True, "threads_per_worker": 1}
    with LocalCluster(**given, dashboard_address=dashboard) as cluster:  # type: ignore[no-untyped-call]
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster of two workers."""
    with cluster_of(2) as found:
        yield found


def where(path: Path) -> PackOutcome:
    """Say which process was asked."""
    return PackOutcome(path, fault=str(os.getpid()))


def killed(path: Path) -> PackOutcome:
    """Die as a worker does that the system stops."""
    os.kill(os.getpid(), signal.SIGKILL)
    return PackOutcome(path)


def test_a_cluster_publishes_the_same_packs_as_this_process(address: str, tmp_path: Path) -> None:
    paths, art = many(tmp_path, *AREAS), real_art(tmp_path)
    there = list(publish_all(PublishOptions(tmp_path / "there", only=("txt",), art=art), paths, cluster=address))
    list(publish_all(PublishOptions(tmp_path / "here", only=("txt",), art=art), paths, jobs=1))
    assert sorted(outcome.source for outcome in there) == sorted(paths)
    assert [outcome.fault for outcome in there] == [""] * 4
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
    assert [altered(tmp_path / "there" / name) for name in AREAS] == [[]] * 4


def test_the_work_is_done_by_the_workers(address: str) -> None:
    asked = {
        pack.fault for pack in on_cluster(where, [Path(str(number)) for number in range(20)], address, PackOutcome)
    }
    assert len(asked) == 2
    assert str(os.getpid()) not in asked


def test_paths_lead_to_the_same_places_from_any_folder(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path, "ashby")
    real_art(tmp_path)
    monkeypatch.chdir(tmp_path)
    job = PublishOptions(Path("one"), only=("txt",), art=Path("art"))
    (outcome,) = publish_all(job, [Path("ashby/inspection.yaml")], cluster=address)
    assert (outcome.fault, outcome.pack) == ("", tmp_path / "one")
    assert altered(tmp_path / "one") == []


def test_one_that_fails_on_a_cluster_stops_no_other(address: str, tmp_path: Path) -> None:
    paths = many(tmp_path, *AREAS[:3])
    paths[1].write_text("id: [")
    job = PublishOptions(tmp_path / "packs", only=("txt",), art=real_art(tmp_path))
    found = {outcome.source: outcome for outcome in publish_all(job, paths, cluster=address)}
    assert [found[path].pack is not None for path in paths] == [True, False, True]
    assert (found[paths[1]].unreadable, "birley/inspection.yaml:" in found[paths[1]].fault) == (True, True)


def test_a_worker_that_dies_is_said_in_one_line(tmp_path: Path) -> None:
    with cluster_of(1, ":0") as address:
        (outcome,) = on_cluster(killed, [tmp_path / "x.yaml"], address, PackOutcome)
    assert outcome.source == tmp_path / "x.yaml"
    assert "x.yaml: letters failed on this file (KilledWorker" in outcome.fault


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nobody"])
def test_an_address_where_nobody_answers_is_said_in_one_line(address: str, tmp_path: Path) -> None:
    job = PublishOptions(tmp_path / "pack", only=("txt",), art=real_art(tmp_path))
    with pytest.raises(FormatFault, match=f"^{address}: no cluster answers there: .*Check the address"):
        list(publish_all(job, many(tmp_path, "ashby"), cluster=address))


def test_the_verb_says_so_too(tmp_path: Path) -> None:
    (path,) = many(tmp_path, "ashby")
    given = ["publish", str(path), "-o", str(tmp_path / "pack"), "--cluster", "nobody"]
    result = CliRunner().invoke(main, given)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "nobody: no cluster answers there" in result.output
