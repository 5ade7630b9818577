"""A workspace to try: invented inspections as cases, and five people of four inspectorates."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

from letters import resources
from letters.errors import LettersError
from letters.findings.rewriting import rewrite_round
from letters.findings.round_file import OverviewStage
from letters.findings.round_parsing import parse_round_file
from letters.web.demo_lives import begin
from letters.workspace.access import Access
from letters.workspace.lists import people as people_there
from letters.workspace.models import MadeBy, Person
from letters.workspace.people import add_person, invite
from letters.workspace.reading import head_of
from letters.workspace.reports.writing import start_with
from letters.workspace.roles import Role
from letters.workspace.saving import Change
from letters.workspace.starting import start

PEOPLE = (
    ("quinn@ofsted.example", "Quinn Marlowe", "ofsted", "QA manager and administrator"),
    ("ines@ofsted.example", "Ines Hartley", "ofsted", "second lead"),
    ("cora@cqc.example", "Cora Whitlock", "cqc", "writer and approver"),
    ("hamza@hmicfrs.example", "Hamza Orrell", "hmicfrs", "reviewer"),
    ("petra@hmiprobation.example", "Petra Lindqvist", "hmiprobation", "approver"),
)
PARTS = (
    (1, Role.LEAD),
    (2, Role.WRITER),
    (2, Role.APPROVER),
    (3, Role.REVIEWER),
    (4, Role.APPROVER),
)
"""The parts of the people in each case, beside the first, who starts it."""


ROUNDS = 1
"""Rounds of the folder that a demo has: one of six inspections and their report is enough to try."""


def fill(folder: Path, data: Path) -> Iterator[str]:
    """Fill an empty workspace; yield the addresses and passwords, which are told once.

    A demo counts placeholder logos as real ones, so that it can publish.
    """
    if people_there().exists():
        yield "The demo is set up already; its passwords were printed when it was made."
        return
    files = sorted(folder.glob("*/inspection.yaml"))
    if not files:
        raise LettersError(f"{folder} has no inspections: files such as NAME/inspection.yaml.")
    copytree(resources.folder("styles") / "joint/art", data / "art")
    people = []
    for number, (email, name, inspectorate, what) in enumerate(PEOPLE):
        person, password = add_person(email, name, inspectorate, administrator=number == 0)
        people.append(person)
        yield f"  {email:28} {password}   {name}, {what}"
    cases = []
    for path in files:
        access, _ = start(people[0], path.read_text("utf-8"), Change(MadeBy.UPLOAD, "from a file", None, "/"))
        give_parts(access, people)
        cases.append(access)
    begin(cases, people)
    yield f"{len(files)} invented inspections are there as cases."
    for path in sorted((folder / "rounds").glob("*.yaml"))[:ROUNDS]:
        fill_round(path, people)
        yield f"A round of inspections is there with its report, {path.stem}."


def fill_round(path: Path, people: list[Person]) -> None:
    """Fill a workspace with a round of inspections and the report that rests on them, as a draft."""
    overview = parse_round_file(path.read_text("utf-8"), path.name)
    members, inspections, named = {}, [], ""
    for about in overview.inspections:
        text = (path.parent / about.file).read_text("utf-8")
        access, _ = start(people[0], text, Change(MadeBy.UPLOAD, "from a file", None, "/"))
        give_parts(access, people)
        file = f"{about.key}.yaml"
        members[file], named = head_of(access.case), access.case.round_name
        inspections.append(about.model_copy(update={"file": file}))
    draft = {"inspections": inspections, "agreements": [], "stage": OverviewStage.DRAFT, "version": 1}
    text = rewrite_round(path.read_text("utf-8"), overview.model_copy(update=draft))
    change = Change(MadeBy.UPLOAD, "from a file", None, "/")
    give_parts(start_with(people[0], named, text, members, change), people)


def give_parts(access: Access, people: list[Person]) -> None:
    """Give the people of the demo their parts in a case."""
    for number, role in PARTS:
        invite(access, people[number].email, role)
