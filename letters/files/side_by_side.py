"""One pack's formats, rendered in processes beside this one: never in threads, in which two PDFs lose their tags."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from letters import resources
from letters.errors import LettersError
from letters.limits import limit_memory, limited_time, out_of_memory
from letters.publication.renderings import EachOrder, Order, Rendered

PRELOADED = ["letters.publication.renderings", "letters.formats.pdf.write", "letters.word.write", "weasyprint"]
"""What every process needs, loaded once before the first of them is forked."""


@contextmanager
def side_by_side(processes: int) -> Iterator[EachOrder]:
    """Give a way to render orders in some processes; one process is this one."""
    if processes == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    os.environ["FONTCONFIG_FILE"] = str(resources.fonts() / "fonts.conf")
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with ProcessPoolExecutor(processes, context, limit_memory) as pool:

        def each(render: Callable[[Order], Rendered], orders: Iterable[Order]) -> Iterator[Rendered]:
            """Yield what is rendered of each order."""
            try:
                yield from pool.map(partial(in_time, render), orders)
            except BrokenProcessPool:
                raise LettersError(out_of_memory()) from None
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

        yield each


def in_time(render: Callable[[Order], Rendered], order: Order) -> Rendered:
    """Return what is rendered of an order, in no more time than a letter may take."""
    with limited_time():
        return render(order)
