"""Many files -> their packs, each by itself, on this machine or on a Dask cluster: one that fails stops no other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from letters.batch import doubled_ids, id_in, in_workers, unforeseen
from letters.errors import FormatFault, LettersError, NotAllowed, ToolMissing, UnreadableInput
from letters.publication.publishing import Order, publish


@dataclass(frozen=True, slots=True)
class Pack:
    """What became of one publication: the pack with the number of its files, or why there is none."""

    source: Path
    pack: Path | None = None
    files: int = 0
    missing: tuple[str, ...] = ()
    fault: str = ""
    unreadable: bool = False


def publish_all(order: Order, paths: list[Path], jobs: int | None = None, cluster: str | None = None) -> Iterator[Pack]:
    """Publish every file, many into the folder that the order names; yield what became of each as it is finished."""
    if cluster:
        order, paths = from_anywhere(order), [path.absolute() for path in paths]
    call = partial(publish_named if len(paths) > 1 else publish_one, order)
    doubled = doubled_ids(paths)
    yield from (Pack(path, fault=outcome.fault) for path, outcome in doubled.items())
    rest = [path for path in paths if path not in doubled]
    yield from on_cluster(call, rest, cluster) if cluster else in_workers(call, rest, jobs if len(rest) > 1 else 1)


def from_anywhere(order: Order) -> Order:
    """Return an order whose paths lead to the same places from whatever folder a worker was started in."""
    places = {name: getattr(order, name) for name in ("out", "art", "styles", "corrects")}
    return replace(order, **{name: place and place.absolute() for name, place in places.items()})


def publish_named(order: Order, path: Path) -> Pack:
    """Publish one of many files: its pack is called by its id."""
    return publish_one(replace(order, out=order.out / (id_in(path) or path.stem)), path)


def publish_one(order: Order, path: Path) -> Pack:
    """Publish one file."""
    try:
        made = publish(path, order)
    except LettersError as error:
        where = "" if isinstance(error, UnreadableInput | NotAllowed) else f"{path}: "
        return Pack(path, fault=f"{where}{error}", unreadable=isinstance(error, UnreadableInput))
    except Exception as error:
        return Pack(path, fault=unforeseen(path, error))
    return Pack(path, made.pack, len(made.files), made.missing)


def on_cluster(call: Callable[[Path], Pack], paths: list[Path], address: str) -> Iterator[Pack]:
    """Yield what became of each path at the workers of a Dask cluster that sees the same folders."""
    try:
        from distributed import Client
        from distributed import as_completed as completed
    except ImportError:
        raise ToolMissing("Dask is not installed. Install it: pip install 'letters[cluster]'.") from None
    try:
        client: Any = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise FormatFault(f"{address}: no cluster answers there: {error}. Check the address.") from None
    with client:
        futures = client.map(call, paths, pure=False)
        sources = {future.key: path for future, path in zip(futures, paths, strict=True)}
        for future in completed(futures):  # type: ignore[no-untyped-call]
            yield answer_of(future, sources[future.key])


def answer_of(future: Any, path: Path) -> Pack:
    """Return what a worker says of a path, or that it never came to say it: killed, or without this program."""
    try:
        answer: Pack = future.result()
    except Exception as error:
        return Pack(path, fault=unforeseen(path, error))
    return answer
