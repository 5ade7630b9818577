"""One pack's formats, rendered in processes beside this one: never in threads, in which two PDFs lose their tags."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from threading import Thread, current_thread, main_thread
from typing import NoReturn

from letters import resources
from letters.errors import LettersError
from letters.limits import limit_memory, limited_time, out_of_memory
from letters.publication.renderings import EachOrder, Order, Rendered

PRELOADED = ["letters.publication.renderings", "letters.formats.pdf.write", "letters.word.write", "weasyprint"]
"""What every process needs, loaded once before the first of them is forked."""
ENDING = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and a request to end."""


@contextmanager
def side_by_side(processes: int) -> Iterator[EachOrder]:
    """Give a way to render orders in some processes; one process is this one."""
    if processes == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures import wait as wait_for
    from concurrent.futures.process import BrokenProcessPool

    os.environ["FONTCONFIG_FILE"] = str(resources.fonts() / "fonts.conf")
    with ended_in_order():
        context = forking()
        if context is None:
            yield map
            return
        with ProcessPoolExecutor(processes, context, begin, (on_interrupt(),)) as pool:
            with interrupted_later():
                wait_for([pool.submit(os.getpid) for _ in range(processes)])

            def each(render: Callable[[Order], Rendered], orders: Iterable[Order]) -> Iterator[Rendered]:
                """Yield what is rendered of each order."""
                try:
                    yield from pool.map(partial(in_time, render), orders)
                except BrokenProcessPool:
                    raise LettersError(out_of_memory()) from None
                finally:
                    pool.shutdown(wait=False, cancel_futures=True)

            yield each


def forking() -> ForkServerContext | None:
    """Return what starts processes; none where the machine lets none be started, as with a very long TMPDIR.

    The tracker of resources starts first, since its own start lets Ctrl-C through again.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    resource_tracker.ensure_running()
    try:
        with interrupted_later():
            forkserver.ensure_running()
    except OSError:
        return None
    return context


@contextmanager
def interrupted_later() -> Iterator[None]:
    """Hold back what ends a run while processes start: one that has no parent any more would end with a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let a request to end (SIGTERM) end this process as Ctrl-C does, so that nothing of it is left behind."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def leave(number: int, frame: object) -> NoReturn:
    """End this process, with the exit code that tells of the signal."""
    raise SystemExit(128 + number)


def on_interrupt() -> signal.Handlers:
    """Return what Ctrl-C does to a process beside this one: it ends, unless this one is told to take no notice."""
    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return signal.SIG_IGN if is_ignored else signal.SIG_DFL


def begin(interrupted: signal.Handlers) -> None:
    """Begin a process: bound in memory, silent at Ctrl-C, and never outliving the one that started it."""
    limit_memory()
    signal.signal(signal.SIGINT, interrupted)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the process that started this one is gone, and end this one."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def in_time(render: Callable[[Order], Rendered], order: Order) -> Rendered:
    """Return what is rendered of an order, in no more time than a letter may take."""
    with limited_time():
        return render(order)
