"""Enters an inspectorate's agreement to the words of a letter or report into its file; comments and order stay."""

from datetime import date
from pathlib import Path

from letters.errors import LettersError
from letters.findings.files import parse, read_exactly, source_of
from letters.findings.publishing import Agreement
from letters.findings.rewriting import rewrite, rewrite_round
from letters.findings.round_files import parse_round_file
from letters.formats.files import replace_file
from letters.houses.shelf import house
from letters.publication.work import work_of


def agree(path: Path, inspectorate: str, name: str, on: date) -> str:
    """Enter that an inspectorate agrees to the words as they are now; return their hash.

    An earlier agreement of the same inspectorate goes. Raises LettersError where it takes no part.
    """
    work = work_of(path, house("joint"), on)
    if inspectorate not in work.inspectorates:
        known = ", ".join(work.inspectorates)
        raise LettersError(f"{path}: {inspectorate!r} takes no part. The inspectorates are {known}.")
    if not name.strip():
        raise LettersError(f"{path}: somebody agrees for {inspectorate}. Give their name with --name.")
    given = Agreement(inspectorate=inspectorate, name=name, agreed_on=on, words=work.words)
    text = read_exactly(path)
    if "inspections" in source_of(text, str(path)).data:
        overview = parse_round_file(text, str(path))
        overview.agreements = with_agreement(overview.agreements, given)
        changed = rewrite_round(text, overview, str(path))
    else:
        inspection = parse(text, str(path))
        inspection.agreements = with_agreement(inspection.agreements, given)
        changed = rewrite(text, inspection, str(path))
    replace_file(path, changed.encode())
    return work.words


def with_agreement(agreements: list[Agreement], given: Agreement) -> list[Agreement]:
    """Return agreements with one more, in the place of an earlier one of the same inspectorate."""
    return [*(held for held in agreements if held.inspectorate != given.inspectorate), given]
