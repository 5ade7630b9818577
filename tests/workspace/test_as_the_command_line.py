"""Reviews in the workspace come to the very files of the command line."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

import letters
from letters.errors import LettersError
from letters.word.read import read
from letters.workspace import blobs, deciding, merging
from letters.workspace.access import Access
from letters.workspace.artefacts import as_file
from letters.workspace.models import MadeBy, Person, Sending
from letters.workspace.people import invite
from letters.workspace.reading import head_of, read_version
from letters.workspace.reviewing import cards
from letters.workspace.roles import Role
from letters.workspace.saving import Change, save
from letters.workspace.starting import start
from tests.conftest import ROOT
from tests.versions.reviewers import KINDS, WORDS, Edit, reviewed
from tests.web.conftest import person
from tests.workspace.reviews import given, sent

RETURNED = ROOT / "fixtures/returned"
BODIES = ("cqc", "hmicfrs", "hmiprobation", "ofsted")
ROUNDS = 9
"""Random rounds of four copies each, beside the four copies that programs returned: forty in all."""


@pytest.fixture
def fifth(lead: Person) -> Access:
    """The case of the copies that programs returned, at version 5."""
    text = (RETURNED / "cawdale.yaml").read_text("utf-8")
    access, _ = start(lead, text, Change(MadeBy.UPLOAD, "from a file", None, "/"))
    for number in range(1, 5):
        wanted = read_version(head_of(access.case)).inspection.model_copy(deep=True)
        next(wanted.all_findings()).note = f"Read {number} times."
        save(access, number, wanted, Change(MadeBy.FORM, "a note", None, "/"))
    return access


def reviewers(access: Access) -> list[Person]:
    """Return a reviewer of each inspectorate."""
    found = []
    for body in BODIES:
        somebody = person("reader", body)
        invite(access, somebody.email, Role.REVIEWER)
        found.append(somebody)
    return found


def decide_on_everything(access: Access, sending: Sending, seed: int) -> None:
    """Decide on every change: what is undisputed mostly one way, the rest as it can be."""
    chance = random.Random(seed)
    while left := [card for card in cards(sending) if card.is_open]:
        card = left[0]
        verdict = "reject" if chance.random() < 0.3 else "accept"
        try:
            deciding.decide(access, sending, card.change.id, verdict, "For a reason.")
        except LettersError:
            deciding.decide(access, sending, card.change.id, "reject", "For a reason.")


def merged_as_the_command_line(
    access: Access, sending: Sending, copies: Sequence[bytes], folder: Path
) -> tuple[list[bytes], list[bytes]]:
    """Return the next file, the ledger and the combined file of the workspace, and those of the command line."""
    number = sending.version.number
    merging.make_version(access, sending, None, "/")
    made = sending.merges.get()
    ours = [blobs.get(blob) for blob in (made.result, made.ledger, made.combined)]
    assert as_file(head_of(access.case)).data == ours[0] or head_of(access.case).number == number
    folder.mkdir()
    source = folder / "inspection.yaml"
    source.write_bytes(as_file(sending.version).data)
    letters.send(source, folder / "out")
    paths = [folder / f"{body}.docx" for body in BODIES]
    for path, data in zip(paths, copies, strict=True):
        path.write_bytes(data)
    decisions = folder / "decisions.yaml"
    decisions.write_bytes(blobs.get(made.decisions))
    out, ledger, combined = (folder / name for name in ("next.yaml", "ledger.json", "all.docx"))
    letters.merge(source, paths, out, decisions=decisions, ledger=ledger, combined=combined)
    return ours, [path.read_bytes() for path in (out, ledger, combined)]


def test_copies_that_programs_returned_come_to_the_files_of_the_command_line(fifth: Access, tmp_path: Path) -> None:
    people = reviewers(fifth)
    sending = sent(fifth, *BODIES)
    copies = [(RETURNED / f"{body}.docx").read_bytes() for body in BODIES]
    for somebody, data in zip(people, copies, strict=True):
        assert given(sending, somebody, data).fault == ""
    decide_on_everything(fifth, sending, 1)
    ours, theirs = merged_as_the_command_line(fifth, sending, copies, tmp_path / "cli")
    assert ours == theirs


def random_edit(chance: random.Random) -> Edit:
    """Return one edit of a reviewer who edits at random."""
    where, word, length = chance.randrange(200), chance.randrange(200), chance.randrange(1, 4)
    return Edit(chance.choice(KINDS), where, word, length, chance.choice(WORDS), chance.random() < 0.75)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_random_copies_come_to_the_files_of_the_command_line(fifth: Access, tmp_path: Path, seed: int) -> None:
    people = reviewers(fifth)
    sending = sent(fifth, *BODIES)
    file = read(blobs.get(sending.file.blob), "sent.docx")
    chance = random.Random(seed)
    copies = []
    for somebody in people:
        data, _ = reviewed(file, somebody.name, [random_edit(chance) for _ in range(5)])
        copies.append(data)
        assert given(sending, somebody, data).fault == ""
    decide_on_everything(fifth, sending, seed)
    ours, theirs = merged_as_the_command_line(fifth, sending, copies, tmp_path / "cli")
    assert ours == theirs
