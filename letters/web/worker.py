"""The worker of a workspace: makes what takes long, in processes that a fault takes nothing else down with."""

from letters.web.serving import set_up, stand_back


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
