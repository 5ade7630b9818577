"""Takes the best of several rounds of one call, and prints ratios."""

import time
from collections.abc import Callable


def milliseconds(call: Callable[[], object], calls: int, rounds: int = 7) -> float:
    """Return the milliseconds of one call: the best of the rounds, since noise only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        best = min(best, (time.perf_counter() - start) / calls)
    return best * 1000


def line(name: str, ours: float, peer: float, wanted: str) -> str:
    """Return one line of a report: both times, the ratio, and what is wanted of it."""
    return f"{name:44} {ours:9.2f} ms   peer {peer:9.2f} ms   ratio {peer / ours:6.1f}   wanted {wanted}"
