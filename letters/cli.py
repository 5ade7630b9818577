"""The command line: one short function a verb, each importing what it needs when it runs.

Exit codes: 0 sound, 1 issues, 2 wrong usage, 3 unreadable input.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

import letters
from letters import terminal
from letters.errors import LettersError, UnreadableInput
from letters.limits import limit_memory, limited_time, out_of_memory
from letters.web.commands import serve, workspace

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".docx", ".pdf", ".html", ".txt", ".odt", ".brf")
GATES = ("draft", "agreement", "factual_accuracy", "publication")
STAGES = ("draft", "agreement", "factual_accuracy", "final")


class FilePath(click.Path):
    """An argument that is a path; pathlib is imported only when a verb has one."""

    def coerce_path_result(self, value: Any) -> Any:
        from pathlib import Path

        return Path(value)


FILE = FilePath()
in_house = click.option("--house", default="joint", show_default=True, help="House (design) of the letter.")
with_styles = click.option("--styles", type=FILE, help="Folder of your own houses.")
with_templates = click.option("--templates", type=FILE, help="Folder of your own letter templates.")
with_force = click.option("--force", is_flag=True, help="Replace a file even if somebody may have worked in it.")
as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON.")
inspection_file = click.argument("inspection", type=FILE)


class Program(click.Group):
    """The program: what a person can put right is said in their words, without a traceback."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        limit_memory()
        try:
            try:
                return super().__call__(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except OSError as error:
            terminal.leave_unwritten(error)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with limited_time():
                return super().invoke(ctx)
        except MemoryError:
            click.echo(out_of_memory(), err=True)
            sys.exit(terminal.ISSUES)
        except LettersError as error:
            for line in str(error).splitlines():
                click.echo(line, err=True)
            sys.exit(terminal.UNREADABLE if isinstance(error, UnreadableInput) else terminal.ISSUES)


@click.group(cls=Program)
@click.version_option(package_name="letters")
@click.option("--verbose", is_flag=True, help="Print each step on standard error as it begins.")
def main(verbose: bool) -> None:
    """From inspection findings to published letters."""
    start_lightly()
    if verbose:
        terminal.print_steps()


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
    help="Folder for DOCX, PDF, HTML and text, or one file: .docx, .pdf, .html, .txt, .odt or .brf.",
)
@in_house
@click.option(
    "--stage", type=click.Choice(STAGES), help="Stage of the letter. Default: the stage in the inspection file."
)
@click.option("--art", type=FILE, help="Folder with real logos/ and signatures/.")
@with_styles
@click.option("--jobs", type=click.IntRange(1, 64), help="Number of letters to write at the same time.")
@with_templates
@with_force
def compose(
    inspections: tuple[Path, ...],
    out: Path,
    house: str,
    stage: str | None,
    art: Path | None,
    styles: Path | None,
    jobs: int | None,
    templates: Path | None,
    force: bool,
) -> None:
    """Write the letters of INSPECTIONS."""
    is_file = out.suffix and not out.is_dir()
    if is_file and len(inspections) > 1:
        raise click.UsageError(
            f"{out} is one file, and there are {len(inspections)} inspections. Give a folder: -o {out.with_suffix('')}/"
        )
    refuse_strange_format(out)
    letters.house(house, art=art, styles=styles, templates=templates)
    outcomes = letters.compose_all(
        list(inspections), out, house, stage=stage, art=art, styles=styles, templates=templates, jobs=jobs, force=force
    )
    terminal.report(terminal.followed(outcomes, list(inspections)))


def refuse_strange_format(out: Path) -> None:
    """Raise UsageError where a file's suffix names no format of ours."""
    if out.suffix not in ("", *SUFFIXES) and not out.is_dir():
        raise click.UsageError(f"{out.suffix} is not a known format. Use {', '.join(SUFFIXES)} or a folder.")


@main.command()
@click.argument("round", type=FILE)
@click.option("-o", "--out", default="out", show_default=True, type=FILE, help="Folder for all formats, or one file.")
@in_house
@click.option("--draft", is_flag=True, help="Accept letters that are not final, and mark every page.")
@click.option("--trace", is_flag=True, help="Also write the findings behind every lesson, count and chart.")
@click.option("--art", type=FILE, help="Folder with real logos/.")
@with_styles
@as_json
def overview(
    round: Path, out: Path, house: str, draft: bool, trace: bool, art: Path | None, styles: Path | None, in_json: bool
) -> None:
    """Write the overview report of the inspections in ROUND."""
    refuse_strange_format(out)
    made = letters.overview(round, out, letters.house(house, art=art, styles=styles), draft=draft, trace=trace)
    if in_json:
        files = [str(path) for path in made.written]
        terminal.show_report(files, made)
        return
    for path in made.written:
        click.echo(f"wrote {path} ({path.stat().st_size / 1000:,.0f} kB)")
    if made.issues:
        click.echo(
            terminal.table(str(round), list(made.issues), made.lines, terminal.terminal_width()), nl=False, err=True
        )
        click.echo(f"{round}: {terminal.summary(list(made.issues))}", err=True)


@main.command()
@click.argument("inspections", nargs=-1, required=True, type=FILE)
@click.option("--gate", type=click.Choice(GATES), default="draft", show_default=True, help="Stage whose rules apply.")
@in_house
@with_styles
@as_json
@click.option("--html", type=FILE, help="Page to write: the letter with each issue at its sentence.")
@click.option("--fix", is_flag=True, help="Make safe corrections, after showing them.")
@click.option("--yes", is_flag=True, help="With --fix, make the corrections without asking.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Number of inspections to check at the same time.")
@with_templates
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
    templates: Path | None,
) -> None:
    """Check INSPECTIONS and their letters against the rules of a stage."""
    if html and len(inspections) > 1:
        raise click.UsageError("--html shows one letter. Name one inspection.")
    if fix:
        for path in inspections:
            mend(path, house, templates, yes)
    letters.house(house, styles=styles, templates=templates)
    checked = letters.check_all(
        list(inspections), gate, house, styles=styles, templates=templates, jobs=jobs, with_page=html is not None
    )
    outcomes = terminal.followed(checked, list(inspections))
    if html:
        write_page(html, outcomes[0])
    terminal.show(outcomes, in_json)
    terminal.leave(outcomes)


def write_page(path: Path, outcome: Any) -> None:
    """Write the page of a checked letter; where there is no letter, leave the file alone."""
    if outcome.page:
        letters.put_text(path, outcome.page, inputs=[outcome.source], suffixes=(".html", ".htm"))
    else:
        click.echo(f"{path} was not written: there is no letter to show", err=True)


def mend(path: Path, house: str, templates: Path | None, sure: bool) -> None:
    """Show the safe corrections of one file, and make them when they are wanted."""
    from difflib import unified_diff

    while True:
        before, after = letters.mend(path, house, templates=templates)
        if before == after:
            click.echo(f"{path}: nothing to correct", err=True)
            return
        lines = unified_diff(before.splitlines(), after.splitlines(), str(path), "corrected", lineterm="", n=1)
        click.echo("\n".join(lines), err=True)
        if not sure and not click.confirm(f"Write {path}?", err=True):
            return
        if letters.correct(path, before, after):
            return
        click.echo(f"{path}: it was changed meanwhile. It is read again.", err=True)


@main.command()
@click.argument("code", required=False)
@as_json
def rules(code: str | None, in_json: bool) -> None:
    """List the rules, or explain the rule CODE."""
    code = code and code.upper()
    found = [rule for rule in letters.rules() if code in (None, rule.code)]
    others = {name: title for name, title in letters.titles_of_other_rules().items() if code in (None, name)}
    if not found and not others:
        raise click.UsageError(f"there is no rule {code!r}. `letters rules` lists them.")
    if in_json:
        rows = [
            {"rule": rule.code, "title": rule.title, "reason": rule.reason, "weight": rule.weight} for rule in found
        ]
        rows += [{"rule": name, "title": title} for name, title in others.items()]
        click.echo(terminal.json_text(rows))
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
    """List the dates of INSPECTION: notice, fieldwork, factual accuracy, written statement."""
    steps = letters.timetable(letters.load(inspection))
    if in_json:
        rows = [{"step": step.name, "day": step.day and step.day.isoformat(), "detail": step.detail} for step in steps]
        click.echo(terminal.json_text(rows))
        return
    for step in steps:
        click.echo(f"{step.day.isoformat() if step.day else 'not known yet':14} {step.name:22} {step.detail}".rstrip())


@main.command()
@inspection_file
@click.option(
    "--csv", "in_csv", is_flag=True, help="Print a row for each finding and recommendation, for a spreadsheet."
)
def export(inspection: Path, in_csv: bool) -> None:
    """Print INSPECTION as JSON, or its findings as CSV."""
    found = letters.load(inspection)
    click.echo(letters.export_csv(found) if in_csv else terminal.json_text(letters.export(found)), nl=not in_csv)


@main.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="Redline to write: .docx, .html or .pdf.")
@in_house
@click.option("--author", help="Who made the changes. Default: the author named in the new version.")
@click.option("--when", help="Time of the changes, as 2024-05-20T09:00:00Z. Default: the new version's date.")
@click.option(
    "--ledger", type=FILE, help="Ledger of the merge between the two versions, which gives authors and times."
)
@with_templates
def redline(
    old: Path,
    new: Path,
    out: Path,
    house: str,
    author: str | None,
    when: str | None,
    ledger: Path | None,
    templates: Path | None,
) -> None:
    """Write the differences between OLD and NEW as tracked changes.

    A version is an inspection file, or a DOCX file that `letters` wrote.
    """
    count = letters.redline(old, new, out, house, templates=templates, author=author, when=when, ledger=ledger)
    click.echo(f"wrote {out}: {count} changed paragraphs" if count else f"wrote {out}: nothing has changed")


@main.command()
@inspection_file
@click.option("-o", "--out", default="out", show_default=True, type=FILE, help="Folder for the draft.")
@in_house
@click.option("--protect", is_flag=True, help="Allow only tracked changes and comments in Word.")
@with_templates
@with_force
def send(inspection: Path, out: Path, house: str, protect: bool, templates: Path | None, force: bool) -> None:
    """Write the draft of INSPECTION for review, and keep an exact copy in `sent/` beside it."""
    path = letters.send(inspection, out, house, templates=templates, protect=protect, force=force)
    click.echo(f"wrote {path} and kept an exact copy in {inspection.parent / 'sent'}")


@main.command()
@click.argument("sent", type=FILE)
@click.argument("reviewed", nargs=-1, required=True, type=FILE)
@in_house
@with_templates
@as_json
def changes(sent: Path, reviewed: tuple[Path, ...], house: str, templates: Path | None, in_json: bool) -> None:
    """List the changes in each REVIEWED copy of SENT, who made them and in which finding.

    SENT is the DOCX file that was sent, or its inspection file.
    """
    found = letters.changes(sent, list(reviewed), house, templates=templates)
    if in_json:
        click.echo(terminal.json_text(found))
        return
    for row in found["changes"]:
        click.echo(terminal.change_line(row))
    for remark in found["comments"]:
        state = " (resolved)" if remark["resolved"] else ""
        where = f"the new words of {remark['change']}" if remark["change"] else remark["unit"] or "no finding"
        click.echo(f"comment{state} by {remark['author']} on {where}: {remark['text']}")
    for other in found["elsewhere"]:
        click.echo(f"{other['review']}: {other['what']}")
    click.echo(f"{len(found['changes'])} changes, {len(found['comments'])} comments")


@main.command()
@inspection_file
@click.argument("reviewed", nargs=-1, required=True, type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="Next inspection file to write.")
@click.option("--combined", type=FILE, help="DOCX file for every reviewer's changes and comments.")
@click.option("--ledger", type=FILE, help="JSON file for every change and comment, and its outcome.")
@click.option(
    "--decisions", type=FILE, help="YAML file of decisions. If it does not exist, letters writes it to fill in."
)
@click.option("--ask", is_flag=True, help="Ask at the terminal about each change that needs a decision.")
@click.option("--take-over", is_flag=True, help="Apply decisions made on another copy if this one has the same change.")
@click.option("--accept-copy", multiple=True, help="Accept everything in the copy of this name, tracked or not.")
@click.option("--reason", default="", help="With --accept-copy, why you accept the copy.")
@click.option("--name", default="", help="With --accept-copy, who accepts the copy.")
@in_house
@with_templates
@with_force
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
    templates: Path | None,
    force: bool,
) -> None:
    """Merge the REVIEWED copies of INSPECTION's draft into the next inspection file.

    What is tracked and undisputed goes in. Changes to the same words by two reviewers, and changes made with tracking
    off, wait for a decision. Until then, the words that were sent stay.
    """
    how: dict[str, Any] = {
        "templates": templates,
        "take_over": take_over,
        "accept_copies": accept_copy,
        "reason": reason,
        "name": name,
    }
    answers: list[Any] = []
    if ask:
        found, so_far = letters.open_changes(inspection, list(reviewed), house, decisions=decisions, **how)
        given = terminal.ask_about_all(found, so_far, lambda told: letters.keep_answers(decisions, told, found, so_far))
        answers = [] if decisions else given
        if decisions and given:
            click.echo(f"wrote {decisions}")
    done = letters.merge(
        inspection,
        list(reviewed),
        out,
        house,
        combined=combined,
        ledger=ledger,
        decisions=decisions,
        answers=answers,
        force=force,
        **how,
    )
    terminal.show_merge(inspection, done)
    sys.exit(0 if done.is_whole else terminal.ISSUES)


@main.command()
@with_styles
@as_json
def houses(styles: Path | None, in_json: bool) -> None:
    """List the houses you can use for a letter."""
    found = letters.house_titles(styles)
    if in_json:
        click.echo(terminal.json_text(found))
        return
    for name, title in found.items():
        click.echo(f"{name:14} {title}")


@main.command()
@click.option("-o", "--out", type=FILE, help="File to write instead of printing.")
@click.option("--of", "kind", type=click.Choice(["inspection", "round"]), default="inspection", help="Kind of file.")
def schema(out: Path | None, kind: str) -> None:
    """Print the JSON Schema of inspection files or round files, for editors."""
    text = terminal.json_text(letters.schema() if kind == "inspection" else letters.round_schema()) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    letters.put_text(out, text, suffixes=(".json",))
    click.echo(f"wrote {out}")


@main.command()
@click.argument("path", type=FILE)
def new(path: Path) -> None:
    """Write a starter inspection file with comments to PATH."""
    name = path.parent.resolve().name if path.stem == "inspection" else path.stem
    letters.create_file(path, letters.start(name))
    click.echo(f"wrote {path}")


@main.command("import")
@click.argument("letter", type=FILE)
@click.option("-o", "--out", required=True, type=FILE, help="Inspection file to write.")
@in_house
@with_templates
def import_letter(letter: Path, out: Path, house: str, templates: Path | None) -> None:
    """Make an inspection file of an older LETTER, .docx or .pdf, and list what to look at in it."""
    made = letters.import_letter(letter, out, house, templates=templates)
    click.echo(f"wrote {out}")
    for line, what in made.unsure:
        click.echo(f"{out}:{line}: {what}")
    if made.remarks:
        click.echo(f"{letter}: {len(made.remarks)} tracked changes and comments are listed at the end of {out}")


def as_day(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    """Read a day as 2024-07-11."""
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date. Write it as 2024-07-11.") from None


@main.command()
@click.argument("kind")
@inspection_file
@click.option("-o", "--out", default="out", show_default=True, type=FILE, help="Folder for all formats, or one file.")
@click.option("--process", type=FILE, help="File of contacts, team, meetings, calls, audit and feedback.")
@click.option("--for", "whom", default="", help="For whom, by id: a contact, agency, addressee or inspectorate.")
@click.option("--on", callback=as_day, help="Date that the document bears. Default: today.")
@in_house
@with_styles
def document(
    kind: str,
    inspection: Path,
    out: Path,
    process: Path | None,
    whom: str,
    on: Any,
    house: str,
    styles: Path | None,
) -> None:
    """Write a document around the letter of INSPECTION, such as notification; an unknown KIND lists them all."""
    from datetime import date

    refuse_strange_format(out)
    look = letters.house(house, styles=styles)
    made = letters.document(kind, inspection, out, look, on or date.today(), process=process, whom=whom)
    for path in made.written:
        click.echo(f"wrote {path} ({path.stat().st_size / 1000:,.0f} kB)")
    for words in made.warnings:
        click.echo(f"warning: {words}", err=True)


FORMATS = ("html", "pdf", "docx", "odt", "txt", "large-print", "brf")


@main.command()
@click.argument("file", type=FILE)
@click.option("--inspectorate", required=True, help="Inspectorate that agrees.")
@click.option("--name", required=True, help="Person who agrees for it.")
@click.option("--on", callback=as_day, required=True, help="Date, as 2024-07-11.")
@with_templates
def agree(file: Path, inspectorate: str, name: str, on: Any, templates: Path | None) -> None:
    """Record that an inspectorate agrees to the current words of FILE, an inspection or a round."""
    words = letters.agree(file, inspectorate, name, on, templates=templates)
    click.echo(f"{inspectorate} agrees to the words {words} of {file}")


@main.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "-o", "--out", required=True, type=FILE, help="Folder for the pack. For several files, the folder for their packs."
)
@click.option("--on", callback=as_day, help="Day of publication. Default: the day in the file.")
@click.option("--only", type=click.Choice(FORMATS), multiple=True, help="Format to make. Repeatable. Default: all.")
@click.option("--art", type=FILE, help="Folder with real logos/ and signatures/.")
@with_styles
@with_templates
@click.option("--corrects", type=FILE, help="Pack that this one corrects.")
@click.option("--reinstates", is_flag=True, help="Bring back a pack that was withdrawn; --note says why.")
@click.option("--note", default="", help="With --corrects, what was corrected; with --reinstates, why.")
@click.option("--draft", is_flag=True, help="Make a pack to look at, marked as a draft on every page.")
@click.option("--dry-run", is_flag=True, help="List what would be written, replaced and taken away, and write nothing.")
@click.option("--today", callback=as_day, help="Day that an embargo is compared with. Default: today.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Number of packs to make at the same time.")
@click.option("--cluster", help="Address of a Dask cluster to make the packs on.")
def publish(files: tuple[Path, ...], jobs: int | None, cluster: str | None, **options: Any) -> None:
    """Make the pack of each FILE, an inspection or a round, for the websites of its inspectorates."""
    from datetime import date

    options["today"] = options["today"] or date.today()
    if options["corrects"] and len(files) > 1:
        raise click.UsageError("--corrects replaces one pack. Name one file.")
    outcomes = terminal.followed(letters.publish_all(list(files), jobs=jobs, cluster=cluster, **options), list(files))
    for outcome in outcomes:
        for line in outcome.changes:
            click.echo(f"{outcome.pack}: {line}")
        if outcome.pack and not options["dry_run"]:
            done = "wrote the draft of" if options["draft"] else "published"
            click.echo(f"{done} {outcome.source} as {outcome.pack} ({outcome.files} files)")
        if outcome.passed_over:
            click.echo(f"{outcome.source}: warnings: {', '.join(outcome.passed_over)}", err=True)
        for line in outcome.missing:
            click.echo(f"not made: {line}", err=True)
        if outcome.fault:
            click.echo(outcome.fault, err=True)
    failed = [outcome for outcome in outcomes if outcome.fault]
    if failed:
        if len(outcomes) > 1:
            click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} packs published", err=True)
        sys.exit(terminal.UNREADABLE if any(outcome.unreadable for outcome in failed) else terminal.ISSUES)


@main.command()
@click.argument("pack", type=FILE)
@click.option("--against", type=FILE, help="Inspection or round that should have made the pack.")
@click.option(
    "--art", type=FILE, help="With --against, the folder of logos/ and signatures/ that the pack was made with."
)
@with_styles
@with_templates
@as_json
def verify(
    pack: Path, against: Path | None, art: Path | None, styles: Path | None, templates: Path | None, in_json: bool
) -> None:
    """Check that PACK is complete and unaltered, or list what was altered."""
    if against:
        wrong = letters.verify_against(pack, against, art=art, styles=styles, templates=templates)
    else:
        wrong = letters.verify(pack)
    if in_json:
        click.echo(terminal.json_text({"pack": str(pack), "whole": not wrong, "altered": wrong}))
    else:
        terminal.show_altered(pack, wrong)
    if wrong:
        sys.exit(terminal.ISSUES)


@main.command()
@click.argument("pack", type=FILE)
@click.option("--on", callback=as_day, required=True, help="Date, as 2024-07-11.")
@click.option("--reason", required=True, help="Reason to show on the page.")
@click.option("--replaced-by", default="", help="Web address of what readers should use instead.")
@with_styles
def withdraw(pack: Path, on: Any, reason: str, replaced_by: str, styles: Path | None) -> None:
    """Replace every published page and PDF in PACK with a withdrawal notice at the same address."""
    letters.withdraw(pack, on, reason, styles, replaced_by=replaced_by)
    click.echo(f"withdrew {pack}")


main.add_command(serve)
main.add_command(workspace)
