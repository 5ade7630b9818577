"""The worker of a workspace: makes what takes long, in processes that a fault takes nothing else down with."""

import os
from contextlib import suppress
from pathlib import Path

from letters.web.serving import set_up

NICE = 15
"""How far the worker stands back behind the pages."""
AUTOGROUP = Path("/proc/self/autogroup")
"""Where Linux keeps how far a session stands back (sched(7), autogroup)."""


def stand_back() -> None:
    """Leave the processors to the pages: where Linux shares them out by session, the session stands back too."""
    os.nice(NICE)
    with suppress(OSError):
        AUTOGROUP.write_text(str(NICE))


def main() -> None:
    """Work until told to stop."""
    stand_back()
    set_up()
    from django.core.management import call_command

    from letters.workspace.packing import take_up

    take_up()
    call_command("qcluster")


if __name__ == "__main__":
    main()
