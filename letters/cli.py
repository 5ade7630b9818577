"""The command line: one short function a verb, each importing what it needs when it runs.

Exit codes: 0 sound, 1 issues, 2 wrong usage, 3 unreadable input.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

import letters
from letters.errors import LettersError, UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".docx", ".pdf", ".html", ".txt", ".odt", ".brf")
GATES = ("draft", "agreement", "factual_accuracy", "publication")
STAGES = ("draft", "agreement", "factual_accuracy", "final")
ISSUES, USAGE, UNREADABLE = 1, 2, 3


class FilePath(click.Path):
    """An argument that is a path; pathlib is imported only when a verb has one."""

    def coerce_path_result(self, value: Any) -> Any:
        from pathlib import Path

        return Path(value)


FILE = FilePath()
in_house = click.option("--house", default="joint", show_default=True, help="The house whose look the letter has.")
with_styles = click.option("--styles", type=FILE, help="A folder of more houses.")
as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON.")
inspection_file = click.argument("inspection", type=FILE)


class Program(click.Group):
    """The program: what a person can put right is said in their words, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LettersError as error:
            for line in str(error).splitlines():
                click.echo(line, err=True)
            sys.exit(UNREADABLE if isinstance(error, UnreadableInput) else ISSUES)


@click.group(cls=Program)
@click.version_option(package_name="letters")
def main() -> None:
    """From inspection findings to published letters."""
    start_lightly()


def start_lightly() -> None:
    """Collect no garbage while there is none yet nor at the end, and look for no plugins of pydantic."""
    import atexit
    import gc
    import os

    gc.set_threshold(200_000, 20, 20)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@main.command()
@click.argument("inspections", nargs=-1, required=True, type=FILE)
@click.option(
    "-o",
    "--out",
    default="out",
    show_default=True,
    type=FILE,
    help="A folder for DOCX, PDF, HTML and text, or a file named .docx, .pdf, .html, .txt, .odt or .brf.",
)
@in_house
@click.option("--stage", type=click.Choice(STAGES), help="Another stage than the inspection file's.")
@click.option("--art", type=FILE, help="A folder with real logos/ and signatures/.")
@with_styles
@click.option("--jobs", type=click.IntRange(1, 64), help="Letters written at the same time.")
def compose(
    inspections: tuple[Path, ...],
    out: Path,
    house: str,
    stage: str | None,
    art: Path | None,
    styles: Path | None,
    jobs: int | None,
) -> None:
    """Write the letters of INSPECTIONS."""
    from letters.batch import Job

    is_file = out.suffix and not out.is_dir()
    if is_file and len(inspections) > 1:
        raise click.UsageError(
            f"{out} is one file, and there are {len(inspections)} inspections. Give a folder: -o {out.with_suffix('')}/"
        )
    refuse_strange_format(out)
    letters.house(house, art=art, styles=styles)
    outcomes = letters.compose_all(Job(out, house, stage, art, styles), list(inspections), jobs)
    report(followed(outcomes, len(inspections)))


def refuse_strange_format(out: Path) -> None:
    """Raise UsageError where a file's suffix names no format of ours."""
    if out.suffix not in ("", *SUFFIXES) and not out.is_dir():
        raise click.UsageError(f"{out.suffix} names no format. Write {', '.join(SUFFIXES)} or a folder.")


def followed(outcomes: Any, count: int) -> list[Any]:
    """Return all outcomes, with a progress bar where there are many."""
    if count < 3:
        return list(outcomes)
    with click.progressbar(outcomes, length=count, label="Letters", file=sys.stderr) as bar:
        return list(bar)


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
            "The PDF is set in Arimo, a free face; the DOCX names Tahoma first, as the inspectorates' own letters do."
        )


@main.command()
@click.argument("round", type=FILE)
@click.option("-o", "--out", default="out", show_default=True, type=FILE, help="A folder, or a file of one format.")
@in_house
@click.option("--draft", is_flag=True, help="Make it of letters that are not agreed yet; every page is marked.")
@click.option("--trace", is_flag=True, help="Also write what every lesson, count and chart rests on.")
@click.option("--art", type=FILE, help="A folder with real logos/.")
@with_styles
@as_json
def overview(
    round: Path, out: Path, house: str, draft: bool, trace: bool, art: Path | None, styles: Path | None, in_json: bool
) -> None:
    """Write the overview report of the inspections in ROUND."""
    refuse_strange_format(out)
    made = letters.overview(round, out, letters.house(house, art=art, styles=styles), draft=draft, trace=trace)
    from letters.checks import report as words

    if in_json:
        files = [str(path) for path in made.written]
        click.echo(json_text({"written": files, "issues": words.as_json(made.issues, made.lines)}))
        return
    for path in made.written:
        click.echo(f"wrote {path} ({path.stat().st_size / 1000:,.0f} kB)")
    if made.issues:
        click.echo(words.table(str(round), list(made.issues), made.lines, terminal_width()), nl=False, err=True)
        click.echo(f"{round}: {words.summary(list(made.issues))}", err=True)


@main.command()
@click.argument("inspections", nargs=-1, required=True, type=FILE)
@click.option(
    "--gate", type=click.Choice(GATES), default="draft", show_default=True, help="The door it is to go through."
)
@in_house
@with_styles
@as_json
@click.option("--html", type=FILE, help="A page to write: the letter with each issue at its sentence.")
@click.option("--fix", is_flag=True, help="Make the corrections that are safe, after showing them.")
@click.option("--yes", is_flag=True, help="With --fix: make them without asking.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Inspections checked at the same time.")
def check(
    inspections: tuple[Path, ...],
    gate: str,
    house: str,
    styles: Path | None,
    in_json: bool,
    html: Path | None,
    fix: bool,
    yes: bool,
    jobs: int | None,
) -> None:
    """Hold INSPECTIONS and their letters to the rules of a gate."""
    from pathlib import Path

    from letters.batch import Job

    if html and len(inspections) > 1:
        raise click.UsageError("--html shows one letter. Name one inspection.")
    if fix:
        for path in inspections:
            mend(path, house, yes)
    letters.house(house, styles=styles)
    job = Job(Path("out"), house, styles=styles)
    outcomes = followed(
        letters.check_all(job, list(inspections), gate, jobs, with_page=html is not None), len(inspections)
    )
    if html:
        write_page(html, outcomes[0])
    show(outcomes, in_json)
    leave(outcomes)


def write_page(path: Path, outcome: Any) -> None:
    """Write the page of a checked letter; where there is no letter, leave the file alone."""
    if outcome.page:
        letters.replace_text(path, outcome.page)
    else:
        click.echo(f"{path} is not written: there is no letter to show", err=True)


def mend(path: Path, house: str, sure: bool) -> None:
    """Show the safe corrections of one file, and make them when they are wanted."""
    from difflib import unified_diff

    before, after = letters.mend(path, house)
    if before == after:
        click.echo(f"{path}: nothing to correct", err=True)
        return
    lines = unified_diff(before.splitlines(), after.splitlines(), str(path), "corrected", lineterm="", n=1)
    click.echo("\n".join(lines), err=True)
    if sure or click.confirm(f"Write {path}?", err=True):
        letters.replace_text(path, after)


def show(outcomes: list[Any], in_json: bool) -> None:
    """Print what was found, for programs or for people."""
    from letters.checks import report

    if in_json:
        rows = {
            str(outcome.source): report.as_json(outcome.issues, outcome.lines)
            for outcome in outcomes
            if not outcome.fault
        }
        click.echo(json_text(rows))
        return
    width = terminal_width()
    for outcome in outcomes:
        if outcome.issues:
            click.echo(report.table(str(outcome.source), list(outcome.issues), outcome.lines, width), nl=False)
        if not outcome.fault:
            click.echo(f"{outcome.source}: {report.summary(outcome.issues)}")


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
    if any(
        outcome.fault or any(issue.stands and issue.level == "error" for issue in outcome.issues)
        for outcome in outcomes
    ):
        sys.exit(ISSUES)


@main.command()
@click.argument("code", required=False)
@as_json
def rules(code: str | None, in_json: bool) -> None:
    """Explain the rules, or the one of CODE."""
    found = [rule for rule in letters.rules() if code in (None, rule.code)]
    others = {name: title for name, title in letters.titles_of_other_rules().items() if code in (None, name)}
    if not found and not others:
        raise click.UsageError(f"there is no rule {code!r}. `letters rules` lists them.")
    if in_json:
        rows = [
            {"rule": rule.code, "title": rule.title, "reason": rule.reason, "weight": rule.weight} for rule in found
        ]
        rows += [{"rule": name, "title": title} for name, title in others.items()]
        click.echo(json_text(rows))
        return
    for rule in found:
        click.echo(f"{rule.code:4} {rule.title}")
        if code:
            click.echo(f"     {rule.reason}\n     {rule.weight}.")
    for name, title in others.items():
        click.echo(f"{name:4} {title}")


@main.command()
@inspection_file
@as_json
def dates(inspection: Path, in_json: bool) -> None:
    """List the days of INSPECTION: notice, fieldwork, factual accuracy, written statement."""
    steps = letters.timetable(letters.load(inspection))
    if in_json:
        rows = [{"step": step.name, "day": step.day and step.day.isoformat(), "detail": step.detail} for step in steps]
        click.echo(json_text(rows))
        return
    for step in steps:
        click.echo(f"{step.day.isoformat() if step.day else 'not known yet':14} {step.name:22} {step.detail}".rstrip())


@main.command()
@inspection_file
@click.option("--csv", "in_csv", is_flag=True, help="A row for each finding and recommendation, for a spreadsheet.")
def export(inspection: Path, in_csv: bool) -> None:
    """Print INSPECTION as JSON, or its findings as CSV."""
    found = letters.load(inspection)
    click.echo(letters.export_csv(found) if in_csv else json_text(letters.export(found)), nl=not in_csv)


@main.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="The redline: .docx, .html or .pdf.")
@in_house
@click.option("--author", help="Who made the changes; left out, the author that the new version names.")
@click.option("--when", help="When, as 2024-05-20T09:00:00Z; left out, the new version's own date.")
@click.option("--ledger", type=FILE, help="The ledger of the merge between the two: it knows who changed what.")
def redline(
    old: Path, new: Path, out: Path, house: str, author: str | None, when: str | None, ledger: Path | None
) -> None:
    """Write what leads from OLD to NEW as tracked changes.

    A version is an inspection file, or a DOCX file that `letters` wrote.
    """
    count = letters.redline(old, new, out, house, author=author, when=when, ledger=ledger)
    click.echo(f"wrote {out}: {count} changed paragraphs" if count else f"wrote {out}: nothing has changed")


@main.command()
@inspection_file
@click.option("-o", "--out", default="out", show_default=True, type=FILE, help="A folder for the draft.")
@in_house
@click.option("--protect", is_flag=True, help="Allow nothing but tracked changes and comments in Word.")
def send(inspection: Path, out: Path, house: str, protect: bool) -> None:
    """Write the draft of INSPECTION for review, and keep a copy of just these bytes in `sent/` beside it."""
    path = letters.send(inspection, out, house, protect=protect)
    click.echo(f"wrote {path}; its bytes are kept in {inspection.parent / 'sent'}")


@main.command()
@click.argument("sent", type=FILE)
@click.argument("reviewed", nargs=-1, required=True, type=FILE)
@in_house
@as_json
def changes(sent: Path, reviewed: tuple[Path, ...], house: str, in_json: bool) -> None:
    """List what each REVIEWED copy of SENT changed, by whom, and in which finding.

    SENT is the DOCX file that went out, or its inspection file.
    """
    found = letters.changes(sent, list(reviewed), house)
    if in_json:
        click.echo(json_text(found))
        return
    for row in found["changes"]:
        click.echo(change_line(row))
    for remark in found["comments"]:
        state = " (resolved)" if remark["resolved"] else ""
        where = f"the new words of {remark['change']}" if remark["change"] else remark["unit"] or "no finding"
        click.echo(f"comment{state} by {remark['author']} on {where}: {remark['text']}")
    for other in found["elsewhere"]:
        click.echo(f"{other['review']}: {other['what']}")
    click.echo(f"{len(found['changes'])} changes, {len(found['comments'])} comments")


def change_line(row: dict[str, Any]) -> str:
    """Return one change as a line for people."""
    where = row.get("unit") or f"no finding, under {row.get('heading') or 'the beginning'}"
    how = "" if row["tracked"] else " with tracking off"
    clash = f"; disputed by {', '.join(row['conflicts'])}" if row.get("conflicts") else ""
    said = f"{row['says']}{in_its_words(*row['around'])}"
    return f"{row['change']} {where}: {row['kind']}{how}, by {row['author']}: {said}{clash}"


def in_its_words(before: str, after: str) -> str:
    """Return the words around a change, as they follow what it says; nothing where there are none."""
    return f", in ‘…{before}[…]{after}…’" if before or after else ""


@main.command()
@inspection_file
@click.argument("reviewed", nargs=-1, required=True, type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="The next inspection file.")
@click.option("--combined", type=FILE, help="A DOCX file with every change of every reviewer.")
@click.option("--ledger", type=FILE, help="A JSON file with every change and comment, and what became of it.")
@click.option(
    "--decisions", type=FILE, help="A YAML file of decisions; where there is none, one to fill in is written."
)
@click.option("--ask", is_flag=True, help="Ask at the terminal about each change that needs a decision.")
@click.option(
    "--take-over", is_flag=True, help="Let decisions hold that were made on another copy of the same changes."
)
@click.option("--accept-copy", multiple=True, help="Accept everything in this copy, by its name, tracked or not.")
@click.option("--reason", default="", help="Why a copy is accepted whole.")
@click.option("--name", default="", help="Who accepts it.")
@in_house
def merge(
    inspection: Path,
    reviewed: tuple[Path, ...],
    out: Path,
    combined: Path | None,
    ledger: Path | None,
    decisions: Path | None,
    ask: bool,
    take_over: bool,
    accept_copy: tuple[str, ...],
    reason: str,
    name: str,
    house: str,
) -> None:
    """Merge the REVIEWED copies of INSPECTION's draft into the next inspection file.

    What is tracked and undisputed goes in. Changes to the same words by two reviewers, and changes made with tracking
    off, wait for a decision; the words that were sent stay until then.
    """
    done = letters.merge(
        inspection,
        list(reviewed),
        out,
        house,
        combined=combined,
        ledger=ledger,
        decisions=decisions,
        ask=ask_about_all if ask else None,
        take_over=take_over,
        accept_copies=accept_copy,
        reason=reason,
        name=name,
    )
    for path in done.written:
        click.echo(f"wrote {path}")
    if done.drifted:
        click.echo(f"{inspection}: changed since it was sent, in {', '.join(done.drifted)}")
    fates = done.resolution
    made = len(fates.accepted) - len(done.by_hand)
    counts = f"{made} changes accepted, {len(fates.rejected)} rejected, {len(fates.open)} open"
    click.echo(f"{counts}, {len(done.by_hand)} to make by hand" if done.by_hand else counts)
    for change in fates.open:
        click.echo(f"open: {told(change)} ({why_open(change)}{decided_before(change, fates.before)})")
    for change, why in done.by_hand:
        click.echo(f"by hand: {told(change)}: {why}")
    for change in done.unseen:
        if not change.agrees:
            click.echo(f"not shown in the combined file: {told(change)}")
    for review in done.reviews:
        for what in review.elsewhere:
            click.echo(f"by hand: {review.name}: {what}")
    sys.exit(0 if done.is_whole else ISSUES)


def told(change: Any) -> str:
    """Return a change as a line for people: where, what, and the words around it."""
    from letters.versions.saying import place_of, said_of

    where = place_of(change.hunk, change.unit, change.heading)
    return f"{change.id} {where}: {said_of(change)}{in_its_words(*change.around)}"


def why_open(change: Any) -> str:
    """Say why a change needs a decision."""
    return f"disputed by {', '.join(change.conflicts)}" if change.conflicts else "made with tracking off"


def decided_before(change: Any, before: Any) -> str:
    """Say what was decided on the same change in another copy."""
    old = before.get(change.id)
    if old is None:
        return ""
    if old.names_its_change:
        return f"; decided before: {old.decision}, {old.reason}; --take-over lets it hold"
    bare = f"a decision ({old.decision}, {old.reason}) has this number and does not say on which copy"
    return f"; {bare}; --take-over lets it hold"


def ask_about_all(changes: list[Any], resolution: Any, reviews: list[Any]) -> list[dict[str, Any]]:
    """Ask what becomes of each open change; an answer may be for all of its copy, or for all like it."""
    from letters.versions.decisions import decision_on

    copies = {review.name: review for review in reviews}
    answers: dict[str, dict[str, Any]] = {}
    for change in changes:
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
        text = click.prompt("the words that stand instead") if verdict == "part" else None
        reason, name = click.prompt("reason"), click.prompt("your name")
        for other in [change, *(held for held in changes if is_reached(held, change, reach))]:
            decision = decision_on(other, copies[other.review], verdict, reason, name, text)
            answers.setdefault(other.id, decision.model_dump(mode="json", exclude_none=True, by_alias=True))
    return [*answers.values()]


CHOICES = ("accept", "reject", "part", "later", "accept-copy", "reject-copy", "accept-like", "reject-like")
"""What can be answered: one change, all open ones of its copy, or all that say the same."""


def is_reached(change: Any, decided: Any, reach: str) -> bool:
    """Say whether an answer is for another open change too."""
    if reach == "copy":
        return bool(change.review == decided.review)
    same = (change.before, change.after, change.hunk.kind) == (decided.before, decided.after, decided.hunk.kind)
    return reach == "like" and same


@main.command()
@with_styles
@as_json
def houses(styles: Path | None, in_json: bool) -> None:
    """List the houses that a letter can be set in."""
    found = letters.house_titles(styles)
    if in_json:
        click.echo(json_text(found))
        return
    for name, title in found.items():
        click.echo(f"{name:14} {title}")


@main.command()
@click.option("-o", "--out", type=FILE, help="A file instead of the terminal.")
@click.option("--of", "kind", type=click.Choice(["inspection", "round"]), default="inspection", help="Of which file.")
def schema(out: Path | None, kind: str) -> None:
    """Print the JSON Schema of inspection files or round files, for editors."""
    text = json_text(letters.schema() if kind == "inspection" else letters.round_schema()) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    letters.replace_text(out, text)
    click.echo(f"wrote {out}")


@main.command()
@click.argument("path", type=FILE)
def new(path: Path) -> None:
    """Write a commented inspection file to PATH, to start from."""
    name = path.parent.resolve().name if path.stem == "inspection" else path.stem
    text = letters.start(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise LettersError(f"{path} is there already. Give another name.") from None
    except OSError as error:
        raise LettersError(f"{path} cannot be written: {error.strerror}. Check the folder.") from None
    click.echo(f"wrote {path}")


def json_text(value: Any) -> str:
    """Return a value as JSON for people and programs."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def as_day(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    """Read a day as 2024-07-11."""
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day. Write it as 2024-07-11.") from None


FORMATS = ("html", "pdf", "docx", "odt", "txt", "large-print", "brf")


@main.command()
@click.argument("file", type=FILE)
@click.option("--inspectorate", required=True, help="Which inspectorate agrees.")
@click.option("--name", required=True, help="Who agrees for it.")
@click.option("--on", callback=as_day, required=True, help="When, as 2024-07-11.")
def agree(file: Path, inspectorate: str, name: str, on: Any) -> None:
    """Enter that an inspectorate agrees to the words of FILE, an inspection or a round, as they are now."""
    words = letters.agree(file, inspectorate, name, on)
    click.echo(f"{inspectorate} agrees to the words {words} of {file}")


@main.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="Where the pack is to stand; of many, their folder.")
@click.option("--on", callback=as_day, help="The day of publication; left out, the day that the file gives.")
@click.option("--only", type=click.Choice(FORMATS), multiple=True, help="Only this format; may be given again.")
@click.option("--art", type=FILE, help="A folder with real logos/ and signatures/.")
@with_styles
@click.option("--corrects", type=FILE, help="The pack that this one takes the place of.")
@click.option("--note", default="", help="With --corrects: what was corrected.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Packs made at the same time.")
@click.option("--cluster", help="The address of a Dask cluster that makes the packs.")
def publish(files: tuple[Path, ...], jobs: int | None, cluster: str | None, **options: Any) -> None:
    """Make the pack of each FILE, an inspection or a round, for the websites of its inspectorates."""
    from letters.publication.publishing import Order

    if options["corrects"] and len(files) > 1:
        raise click.UsageError("--corrects is about one pack. Name one file.")
    outcomes = followed(letters.publish_all(Order(**options), list(files), jobs, cluster), len(files))
    for outcome in outcomes:
        if outcome.pack:
            click.echo(f"published {outcome.source} as {outcome.pack} ({outcome.files} files)")
        for line in outcome.missing:
            click.echo(f"not made: {line}", err=True)
        if outcome.fault:
            click.echo(outcome.fault, err=True)
    failed = [outcome for outcome in outcomes if outcome.fault]
    if failed:
        if len(outcomes) > 1:
            click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} packs published", err=True)
        sys.exit(UNREADABLE if any(outcome.unreadable for outcome in failed) else ISSUES)


@main.command()
@click.argument("pack", type=FILE)
@as_json
def verify(pack: Path, in_json: bool) -> None:
    """Prove that PACK is whole, or say what was altered."""
    wrong = letters.verify(pack)
    if in_json:
        click.echo(json_text({"pack": str(pack), "whole": not wrong, "altered": wrong}))
    else:
        for line in wrong:
            click.echo(f"{pack}: {line}", err=True)
        click.echo(f"{pack} is {'whole' if not wrong else 'not whole'}")
    if wrong:
        sys.exit(ISSUES)


@main.command()
@click.argument("pack", type=FILE)
@click.option("--on", callback=as_day, required=True, help="When, as 2024-07-11.")
@click.option("--reason", required=True, help="Why; it is said on the page.")
@with_styles
def withdraw(pack: Path, on: Any, reason: str, styles: Path | None) -> None:
    """Put pages that say so in the place of everything that PACK published."""
    letters.withdraw(pack, on, reason, styles)
    click.echo(f"withdrew {pack}")
