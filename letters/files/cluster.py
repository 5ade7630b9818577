"""Many files at the workers of a Dask cluster that sees the same folders."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from letters.errors import FormatFault, ToolMissing
from letters.files.workers import unforeseen

Result = TypeVar("Result")


def on_cluster(
    call: Callable[[Path], Result], paths: list[Path], address: str, failed: Callable[..., Result]
) -> Iterator[Result]:
    """Yield what a call returns for each path, as it is finished; what never came back is made by `failed`."""
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
            yield answer_of(future, failed, sources[future.key])


def answer_of(future: Any, failed: Callable[..., Result], path: Path) -> Result:
    """Return what a worker says of a path, or that it never came to say it: killed, or without this program."""
    try:
        answer: Result = future.result()
    except Exception as error:
        return failed(path, fault=unforeseen(path, error))
    return answer
