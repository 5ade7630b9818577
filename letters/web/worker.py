"""The worker of a workspace: makes what takes long, in processes that a fault takes nothing else down with."""

import os

from letters.web.serving import set_up

NICE = 15
"""How far the worker stands back behind the pages."""


def main() -> None:
    """Work until told to stop."""
    os.nice(NICE)
    set_up()
    from django.core.management import call_command

    from letters.workspace.packing import take_up

    take_up()
    call_command("qcluster")


if __name__ == "__main__":
    main()
