"""Enter an inspectorate's agreement to the words of a letter or report into its file; comments and order stay."""

from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from letters.composition.letter import final_letter
from letters.document.walk import words_by_place, words_hash
from letters.errors import LettersError
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.publishing import Agreement
from letters.findings.rewriting import rewrite, rewrite_round
from letters.findings.round_parsing import Members, is_round, parse_round_file
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.publication.publication import publication_of


class Agreed(NamedTuple):
    """The text of a file with an agreement in it, and the hash of the words that were agreed."""

    text: str
    words_hash: str


class MovedWords(NamedTuple):
    """A place in a letter whose words are others than those that were agreed."""

    place: str
    """The id of the block or footnote."""
    before: str
    after: str


def agreed_words(inspection: Inspection, house: House) -> str:
    """Return the hash of the words that are agreed to: those of the letter as final, whatever its stage."""
    return words_hash(final_letter(inspection, house))


def moved_words(before: Inspection, after: Inspection, house: House) -> list[MovedWords]:
    """Return every place at which the letters of two inspections, both as final, have other words, in their order."""
    old, new = (words_by_place(final_letter(inspection, house)) for inspection in (before, after))
    places = [*new, *(place for place in old if place not in new)]
    found = (MovedWords(place, old.get(place, ""), new.get(place, "")) for place in places)
    return [moved for moved in found if moved.before != moved.after]


def agree(source: SourceFile, members: Members, house: House, inspectorate: str, person: str, on: date) -> Agreed:
    """Return a file in which an inspectorate agrees to the words as they are now.

    An earlier agreement of the same inspectorate goes. Raises LettersError where it takes no part.
    """
    work = publication_of(source, members, house, on)
    if inspectorate not in work.inspectorates:
        known = ", ".join(work.inspectorates)
        raise LettersError(f"{source.name}: {inspectorate!r} is not one of the inspectorates. They are {known}.")
    if not person.strip():
        raise LettersError(f"{source.name}: --name is empty. Give the name of the person agreeing for {inspectorate}.")
    given = agreement(source.name, inspectorate, person, on, work.words)
    text = source.exact_text
    if is_round(source):
        overview = parse_round_file(text, source.name)
        overview.agreements = with_agreement(overview.agreements, given)
        return Agreed(rewrite_round(text, overview, source.name), work.words)
    inspection = parse(text, source.name)
    inspection.agreements = with_agreement(inspection.agreements, given)
    return Agreed(rewrite(text, inspection, source.name), work.words)


def agreement(file: str, inspectorate: str, person: str, on: date, words: str) -> Agreement:
    """Return an agreement; raises LettersError where the name cannot be one."""
    try:
        return Agreement(inspectorate=inspectorate, name=person, agreed_on=on, words=words)
    except ValidationError:
        raise LettersError(f"{file}: --name {person!r} cannot be a name. Write it on one line.") from None


def with_agreement(agreements: list[Agreement], given: Agreement) -> list[Agreement]:
    """Return agreements with one more, in the place of an earlier one of the same inspectorate."""
    return [*(held for held in agreements if held.inspectorate != given.inspectorate), given]
