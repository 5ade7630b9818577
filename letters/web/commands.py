"""The commands of a workspace: serve it, make accounts, prove it whole, copy it and put a copy back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.errors import LettersError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = click.Path(path_type=Path, file_okay=False)
with_data = click.option(
    "--data", default="workspace-data", show_default=True, type=FOLDER, help="Folder of the workspace."
)


@click.command()
@with_data
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--demo", type=FOLDER, help="Fill an empty workspace with the inspections of a folder and five people.")
def serve(data: Path, host: str, port: int, demo: Path | None) -> None:
    """Serve the workspace of a folder in the browser."""
    refuse_without_django()
    from letters.web.serving import Service, migrate, run

    service = Service(data, host, port, demo is not None)
    service.prepare()
    migrate()
    for line in filled(demo, data) if demo else first_steps(data):
        click.echo(line)
    if run(service, click.echo):
        raise LettersError("The web server ended. What it said stands above.")


def refuse_without_django() -> None:
    """Raise LettersError where the libraries of the workspace are not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("django", "allauth", "gunicorn")):
        raise LettersError("The workspace needs more libraries. Install them: pip install 'letters[web]'.")


def filled(demo: Path, data: Path) -> Iterator[str]:
    """Fill a demo; yield what to say of it."""
    from letters.web.demo import fill

    return fill(demo, data)


def first_steps(data: Path) -> Iterator[str]:
    """Yield how the first account is made, where there is none."""
    from letters.workspace.lists import people

    if not people().exists():
        yield "Nobody can sign in yet. Make the first account in another window:"
        yield f"  letters workspace add-person ADDRESS --name NAME --inspectorate ofsted --administrator --data {data}"


@click.group()
def workspace() -> None:
    """Look after a workspace: accounts, audit, backup."""
    refuse_without_django()


def opened(data: Path) -> None:
    """Make the workspace of a folder ready in this process; raises LettersError where there is none."""
    if not (data / "secret.key").is_file():
        raise LettersError(f"{data} holds no workspace. `letters serve --data {data}` makes one.")
    ready(data)


def ready(data: Path) -> None:
    """Tell this process which folder it works on."""
    from letters.web.serving import set_up

    os.environ["LETTERS_DATA"] = str(data.absolute())
    set_up()


@workspace.command("add-person")
@click.argument("email")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--inspectorate", required=True, help="Inspectorate by its id, such as ofsted or cqc.")
@click.option("--administrator", is_flag=True, help="The person keeps accounts, and sees no case by that.")
@with_data
def add_person(email: str, name: str, inspectorate: str, administrator: bool, data: Path) -> None:
    """Make an account for EMAIL, and print its first password once."""
    opened(data)
    from letters.workspace.people import add_person as add

    person, password = add(email, name, inspectorate, administrator=administrator)
    click.echo(f"{person.email} can sign in now. The password, which is not shown again: {password}")


@workspace.command()
@click.argument("case", default="")
@click.option("--verify", is_flag=True, help="Prove that no event, version or file was changed or lost.")
@click.option("--json", "in_json", is_flag=True, help="With CASE, print each event as a line of JSON, with its hash.")
@click.option(
    "--against", type=click.Path(path_type=Path), help="File of heads (heads.json of a backup) to hold it against."
)
@with_data
def audit(case: str, verify: bool, in_json: bool, against: Path | None, data: Path) -> None:
    """Print what happened in CASE; without one, prove the whole workspace."""
    opened(data)
    from letters.workspace.events import as_line
    from letters.workspace.history import happenings
    from letters.workspace.keeping import verify as faults_of
    from letters.workspace.lists import events

    if case and in_json:
        for event in events(case):
            click.echo(as_line(event))
    elif case:
        for row in happenings(events(case)):
            click.echo(f"{row.seq} {row.at:%Y-%m-%d %H:%M:%S}Z {row.who} {row.what} [{row.hash[:12]}]")
    if verify or against or not case:
        raise_any(faults_of(case, against))
        click.echo(f"{case or 'the workspace'}: every event, version and file is as it was written")


def raise_any(faults: Iterator[str]) -> None:
    """Raise LettersError with every fault, where there is one."""
    found = list(faults)
    if found:
        raise LettersError("\n".join(found))


@workspace.command()
@click.argument("to", type=FOLDER)
@with_data
def backup(to: Path, data: Path) -> None:
    """Copy the database and every file to the new folder TO, while the workspace runs."""
    opened(data)
    from letters.workspace.keeping import backup as copy

    count = copy(to)
    click.echo(f"wrote {to}: the database and {count} files. Encrypt it before it leaves the machine.")


@workspace.command()
@click.argument("source", type=FOLDER)
@click.option("--verify", is_flag=True, help="Prove the copy whole, every event and every file.")
@with_data
def restore(source: Path, verify: bool, data: Path) -> None:
    """Put the backup SOURCE into a new folder."""
    ready(data)
    from letters.workspace.keeping import restore as put
    from letters.workspace.keeping import verify as faults_of

    count = put(source, data, os.environ.get("LETTERS_DATABASE", ""))
    click.echo(f"restored {data}: the database and {count} files")
    if verify:
        raise_any(faults_of())
        click.echo("every event, version and file is as it was written")


@workspace.command()
@click.option(
    "--to", "database", required=True, help="Address of an empty database: postgres://USER:PASSWORD@HOST/NAME."
)
@with_data
def move(database: str, data: Path) -> None:
    """Copy a workspace that nobody uses meanwhile into another database; files stay where they are."""
    opened(data)
    from dataclasses import replace

    from letters.web.environment import Environment
    from letters.workspace.moving import move as copy

    counts = copy(replace(Environment.read(), database=database).databases["default"])
    click.echo(f"copied {sum(counts.values())} rows of {sum(map(bool, counts.values()))} tables")
    click.echo("Set LETTERS_DATABASE to the new address, prove it with `letters workspace audit`, and start it again.")


@workspace.command()
@click.option("--years", required=True, type=click.IntRange(1, 100), help="Years in which nothing happened in a case.")
@click.option("--really", is_flag=True, help="Erase; left out, it is only said what would be erased.")
@with_data
def erase(years: int, really: bool, data: Path) -> None:
    """Erase drafts and returned files of cases in which nothing has happened for YEARS; what was published stays."""
    opened(data)
    from letters.workspace import erasing

    total = 0
    for found in erasing.due(years):
        count = erasing.erase(found.case, years) if really else len(found.files)
        what = "the whole case" if found.is_whole else "everything but what was published"
        click.echo(f"{found.case.slug}: last changed on {found.last:%Y-%m-%d}, {count} files, {what}")
        total += count
    if really:
        erasing.clear()
    click.echo(f"erased {total} files" if really else f"{total} files would be erased. Add --really to erase them.")


@workspace.command()
@with_data
def sweep(data: Path) -> None:
    """Delete files that nothing names and that are older than a week, and what is left of those that were erased."""
    opened(data)
    from letters.workspace import blobs, erasing

    click.echo(f"deleted {blobs.sweep() + erasing.clear()} files")
