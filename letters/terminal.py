"""What results look like at a terminal: tables, lines, questions and exit codes."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from letters.checks.issue import Issue
    from letters.verbs.changes import Reviews
    from letters.verbs.decide import Change, Decision, Resolution

MANY_PLACES = ("V20", "V30")
"""Rules that find so much in every letter that the table says it once; of any other rule it says many at once."""
SEVERAL, MANY, MOST_NAMED = 3, 13, 6
MOST_LINES = 24
LONGEST_CELL = 400
ISSUES, USAGE, UNREADABLE = 1, 2, 3
"""Exit codes: issues were found, the command was used wrongly, a file cannot be read."""


def print_steps() -> None:
    """Print the steps of the verbs on standard error as they begin."""
    import logging

    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("letters").setLevel(logging.INFO)


def followed(outcomes: Any, paths: list[Path]) -> list[Any]:
    """Return the outcomes of files in the order in which these were named; a bar shows the progress of many."""
    if len(paths) < 3:
        found = list(outcomes)
    else:
        with click.progressbar(outcomes, length=len(paths), label="Letters", file=sys.stderr) as bar:
            found = list(bar)
    return sorted(found, key=lambda outcome: paths.index(outcome.source))


def report(outcomes: list[Any]) -> None:
    """Say what was written and what was not, and leave with the exit code of the worst."""
    for outcome in outcomes:
        for path in outcome.written:
            click.echo(f"wrote {path} ({path.stat().st_size / 1000:,.0f} kB)")
    failed = [outcome for outcome in outcomes if outcome.fault]
    for outcome in failed:
        click.echo(outcome.fault, err=True)
    if failed:
        click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} letters written", err=True)
        sys.exit(UNREADABLE if any(outcome.unreadable for outcome in failed) else ISSUES)
    if any(path.suffix == ".pdf" for outcome in outcomes for path in outcome.written):
        click.echo(
            "The PDF uses the free font Arimo. The DOCX asks for Tahoma first, as the inspectorates' own letters do."
        )


def show(outcomes: list[Any], in_json: bool) -> None:
    """Print what was found, for programs or for people."""
    from letters.verbs.check import issue_rows

    if in_json:
        rows = {
            str(outcome.source): issue_rows(outcome.issues, outcome.lines) for outcome in outcomes if not outcome.fault
        }
        click.echo(json_text(rows))
        return
    width = terminal_width()
    for outcome in outcomes:
        if outcome.issues:
            click.echo(table(str(outcome.source), list(outcome.issues), outcome.lines, width), nl=False)
        if not outcome.fault:
            click.echo(f"{outcome.source}: {summary(outcome.issues)}")


def show_report(written: list[str], made: Any) -> None:
    """Print what was made of a round and what was found in it, for programs."""
    from letters.verbs.check import issue_rows

    click.echo(json_text({"written": written, "issues": issue_rows(made.issues, made.lines)}))


def terminal_width() -> int:
    """Return the width of the terminal, within reason."""
    from shutil import get_terminal_size

    return max(80, min(get_terminal_size((110, 40)).columns, 160))


def leave(outcomes: list[Any]) -> None:
    """Say what could not be checked, and leave with the exit code of the worst."""
    for outcome in outcomes:
        if outcome.fault:
            click.echo(outcome.fault, err=True)
    if any(outcome.unreadable for outcome in outcomes):
        sys.exit(UNREADABLE)
    if any(outcome.fault or any(issue.is_open and issue.is_error for issue in outcome.issues) for outcome in outcomes):
        sys.exit(ISSUES)


def show_altered(pack: Path, wrong: list[str]) -> None:
    """Print in what a pack is not as it was published, some dozen lines at most."""
    for line in wrong[:MOST_LINES]:
        click.echo(f"{pack}: {line}", err=True)
    if len(wrong) > MOST_LINES:
        click.echo(f"{pack}: and {len(wrong) - MOST_LINES} more; --json has all", err=True)
    click.echo(f"{pack} is {'complete and unaltered' if not wrong else 'not as published'}")


def leave_unwritten(error: OSError) -> None:
    """Say that what is printed cannot be written anywhere, such as to a full disk; a reader that left is no error."""
    import errno
    import os

    if error.errno == errno.EPIPE:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    click.echo(f"what letters prints cannot be written: {error.strerror}. Send it somewhere else.", err=True)
    sys.exit(UNREADABLE)


def table(title: str, issues: list[Issue], lines: Sequence[int], width: int) -> str:
    """Return issues as a table for the terminal, grouped by place, the worst place first."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(title=title, title_justify="left", show_lines=False, expand=True)
    for name, ratio in (("Where", 3), ("Rule", 2), ("What", 8), ("What to do", 6)):
        grid.add_column(name, ratio=ratio, overflow="fold")
    rows = gathered(list(enumerate(issues)))
    for _, group in groupby(sorted(rows, key=lambda row: first_of_place(row, issues)), key=lambda row: row[1].finding):
        for number, (place, issue) in enumerate(group):
            where = f"{issue.finding}\nline {lines[place]}" if number == 0 else ""
            style = "dim" if issue.overridden else "red" if issue.is_error else ""
            said = f"{issue.message}; overridden: {issue.overridden}" if issue.overridden else issue.message
            cells = (where, f"{issue.code} {issue.level}", said, issue.remedy)
            grid.add_row(*(Text(shortened(cell)) for cell in cells), style=style)
    stream = StringIO()
    Console(file=stream, width=width, no_color=True).print(grid)
    return stream.getvalue()


def shortened(words: str) -> str:
    """Return words that fit in a table: the beginning and the end of very long ones."""
    return words if len(words) <= LONGEST_CELL else f"{words[: LONGEST_CELL // 2]} … {words[-LONGEST_CELL // 4 :]}"


def gathered(rows: list[tuple[int, Issue]]) -> list[tuple[int, Issue]]:
    """Return rows with those of a rule that speaks of many places as one, which counts them."""
    found: list[tuple[int, Issue]] = []
    of_rule: dict[str, list[Issue]] = {}
    for _, issue in rows:
        if issue.is_open:
            of_rule.setdefault(issue.code, []).append(issue)
    for place, issue in rows:
        alike = of_rule.get(issue.code, [])
        fewest = SEVERAL if issue.code in MANY_PLACES else MANY
        if not issue.is_open or len(alike) < fewest:
            found.append((place, issue))
        elif alike[0] is issue:
            names = list(dict.fromkeys(other.finding for other in alike))
            where = ", ".join(names[:MOST_NAMED]) + (" and others" if len(names) > MOST_NAMED else "")
            message = f"{len(alike)} places: {issue.message}, and so on ({where})"
            found.append((place, replace(issue, message=message, remedy=f"{issue.remedy} --json and --html have all.")))
    return found


def first_of_place(row: tuple[int, Issue], issues: list[Issue]) -> tuple[int, int]:
    """Return where an issue's place comes in a table, by its worst issue, and where the issue comes within it."""
    worst = next(place for place, issue in enumerate(issues) if issue.finding == row[1].finding)
    return worst, row[0]


def summary(issues: Sequence[Issue]) -> str:
    """Return the numbers in words."""
    standing = [issue for issue in issues if issue.is_open]
    errors = sum(issue.is_error for issue in standing)
    return f"{errors} errors, {len(standing) - errors} warnings, {len(issues) - len(standing)} overridden"


def show_merge(inspection: Path, done: Any) -> None:
    """Print what was written by a merge, and what is left for a person."""
    for path in done.written:
        click.echo(f"wrote {path}")
    if done.drifted:
        click.echo(f"{inspection}: changed since it was sent, in {', '.join(done.drifted)}")
    fates = done.resolution
    made = len(fates.accepted) - len(done.by_hand)
    counts = f"{made} changes accepted, {len(fates.rejected)} rejected, {len(fates.open)} open"
    click.echo(f"{counts}, {len(done.by_hand)} to make by hand" if done.by_hand else counts)
    for change in fates.open:
        before = decided_before(change, fates.before)
        click.echo(f"open: {told(change)} ({why_open(change)}{before})")
    for change, why in done.by_hand:
        click.echo(f"by hand: {told(change)}: {why}")
    for change in done.unseen:
        if not change.agrees:
            click.echo(f"not shown in the combined file: {told(change)}")
    for review in done.reviews:
        for what in review.elsewhere:
            click.echo(f"by hand: {review.name}: {what}")


def change_line(row: dict[str, Any]) -> str:
    """Return one change as a line for people."""
    where = row.get("unit") or f"no finding, under {row.get('heading') or 'the beginning'}"
    how = "" if row["tracked"] else " with tracking off"
    clash = f"; disputed by {', '.join(row['conflicts'])}" if row.get("conflicts") else ""
    said = f"{row['says']}{in_its_words(*row['around'])}"
    return f"{row['change']} {where}: {row['kind']}{how}, by {row['author']}: {said}{clash}"


def told(change: Any) -> str:
    """Return a change as a line for people: where, what, and the words around it."""
    from letters.verbs.decide import place_and_words

    return f"{change.id} {place_and_words(change)}{in_its_words(*change.around)}"


def why_open(change: Any) -> str:
    """Say why a change needs a decision."""
    return f"disputed by {', '.join(change.conflicts)}" if change.conflicts else "made with tracking off"


def decided_before(change: Any, before: Any) -> str:
    """Say what was decided on the same change in another copy."""
    old = before.get(change.id)
    if old is None:
        return ""
    if old.names_its_change:
        return f"; decided before: {old.decision}, {old.reason}; --take-over applies it"
    bare = f"a decision ({old.decision}, {old.reason}) has this number and does not say on which copy"
    return f"; {bare}; --take-over applies it"


def in_its_words(before: str, after: str) -> str:
    """Return the words around a change, as they follow what it says; nothing where there are none."""
    return f", in ‘…{before}[…]{after}…’" if before or after else ""


CHOICES = ("accept", "reject", "part", "later", "accept-copy", "reject-copy", "accept-like", "reject-like")
"""What can be answered: one change, all open ones of its copy, or all that say the same."""


def ask_about_all(found: Reviews, resolution: Resolution, keep: Callable[[list[Decision]], None]) -> list[Decision]:
    """Ask what becomes of each open change; an answer may be for all of its copy, or for all like it.

    `keep` gets the decisions of each answer as it is given, so that breaking off loses none.
    """
    from letters.verbs.decide import is_reached

    answers: dict[str, Decision] = {}
    for change in resolution.open:
        if change.id in answers:
            continue
        click.echo(f"{told(change)}, by {change.hunk.mark.author} ({why_open(change)})")
        old = resolution.before.get(change.id)
        if old:
            click.echo(f"  decided before: {old.decision} ({old.reason}; {old.name})")
        choice = click.prompt(", ".join(CHOICES), type=click.Choice(CHOICES), show_choices=False)
        verdict, _, reach = choice.partition("-")
        if verdict == "later":
            continue
        reached = [other for other in resolution.open if other is change or is_reached(other, change, reach)]
        given = asked(found, [other for other in reached if other.id not in answers], verdict)
        keep(given)
        answers |= {decision.change: decision for decision in given}
    return [*answers.values()]


def asked(found: Reviews, changes: list[Change], verdict: str) -> list[Decision]:
    """Ask for reason and name, again until they can be kept; return the decisions on these changes."""
    from letters.errors import LettersError
    from letters.verbs.decide import decide

    while True:
        text = click.prompt("the words to use instead") if verdict == "part" else None
        reason, name = click.prompt("reason"), click.prompt("your name")
        try:
            return [decide(found, change, verdict, reason, name, text) for change in changes]
        except LettersError as error:
            click.echo(error)


def json_text(value: Any) -> str:
    """Return a value as JSON for people and programs."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)
