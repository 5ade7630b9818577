"""An inspection changed by hand: findings set, added, moved, withdrawn and brought back, words replaced everywhere.

Every function changes the inspection that it is given; `proved` says whether the result is one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from letters.errors import LettersError
from letters.findings.finding import CaseStudy, Finding, FindingGroup, Recommendation, RecommendationGroup
from letters.findings.inspection import Inspection, Withdrawn
from letters.findings.parsing import explain, field_names, without_tags
from letters.findings.references import FOOTNOTE, Path, mistakes, takes_footnotes, walk

Entry = Finding | Recommendation | CaseStudy
Group = FindingGroup | RecommendationGroup
LISTS = {
    "summary": ("summary", "P"),
    "context": ("context", "CX"),
    "headline_findings": ("headline findings", "H"),
    "strengths": ("strengths", "S"),
    "recommendations": ("recommendations", "R"),
    "main_findings": ("main findings", "M"),
    "case_studies": ("case studies", "C"),
    "children_summary": ("summary for children", "K"),
}
"""The sections of every inspection: what each is called, and how the ids of its findings begin."""
NUMBERED = re.compile(r"^(.*?)(\d+)$")
MOST_SEARCHED = 300
"""Characters that can be searched for at once."""
INTERNAL = ("agreements", "overrides", "withdrawn", "id")
"""Fields of an inspection whose words are no part of what people write in it."""


class EditFault(NamedTuple):
    """Something in a changed inspection that cannot be so: the place, what is wrong and what to do."""

    path: Path
    message: str
    remedy: str


class EditFaults(LettersError):
    """Everything in a changed inspection that cannot be so."""

    def __init__(self, faults: list[EditFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{fault.message}. {fault.remedy}".strip() for fault in faults))


class NoSuchEntry(LettersError):
    """A finding that is not in the inspection, or no longer."""


class Place(NamedTuple):
    """Where a finding stands."""

    section: str
    items: list[Any]
    at: int
    group: Group | None

    @property
    def entry(self) -> Any:
        """The finding."""
        return self.items[self.at]


class Occurrence(NamedTuple):
    """A place at which words stand: its path, and the words with some before and after them."""

    path: Path
    before: str
    found: str
    after: str


def proved(inspection: Inspection) -> Inspection:
    """Return a changed inspection checked like one that was read; raises EditFaults with every fault."""
    data = inspection.model_dump(mode="python", exclude_defaults=True, warnings=False)
    try:
        found = Inspection.model_validate(data)
    except ValidationError as error:
        known = field_names(Inspection)
        faults = []
        for detail in error.errors():
            path = without_tags(detail["loc"], data)
            faults.append(EditFault(path, *explain(detail, path, known, None)))
        raise EditFaults(faults) from None
    wrong = [EditFault(mistake.path, mistake.message, mistake.remedy) for mistake in mistakes(found)]
    if wrong:
        raise EditFaults(wrong)
    return found


def sections(inspection: Inspection) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield each section that can hold findings: its name, what it is called, and its list of entries and groups."""
    for name, (title, _) in LISTS.items():
        yield name, title, getattr(inspection, name)
    for extra in inspection.sections:
        yield extra.id, extra.heading or extra.id, extra.items


def items_of(inspection: Inspection, section: str) -> list[Any]:
    """Return the list of entries and groups of a section; raises NoSuchEntry where there is no such section."""
    for name, _, items in sections(inspection):
        if name == section:
            return items
    raise NoSuchEntry(f"There is no section {section}.")


def places(inspection: Inspection) -> Iterator[Place]:
    """Yield the place of every finding, in the order of the file."""
    for name, _, items in sections(inspection):
        for index, entry in enumerate(items):
            if isinstance(entry, Group):
                yield from (Place(name, entry.items, within, entry) for within in range(len(entry.items)))
            else:
                yield Place(name, items, index, None)


def place_of(inspection: Inspection, name: str) -> Place:
    """Return where a finding stands; raises NoSuchEntry."""
    for place in places(inspection):
        if place.entry.id == name:
            return place
    raise NoSuchEntry(f"There is no finding {name} in the letter. It may have been withdrawn meanwhile.")


def path_of(inspection: Inspection, name: str) -> Path:
    """Return the path of a finding in its file; raises NoSuchEntry."""
    entry = place_of(inspection, name).entry
    return next(path for path, value in walk(inspection) if value is entry)


def ids_by_path(inspection: Inspection) -> dict[Path, str]:
    """Return the id of every finding that is in the letter, by its path in the file."""
    entries = ((path, value) for path, value in walk(inspection) if isinstance(value, Entry))
    return {path: entry.id for path, entry in entries if path[0] != "withdrawn"}


def set_fields(target: BaseModel, fields: Mapping[str, Any]) -> None:
    """Give a part of an inspection other fields; one that is None goes back to what it is where it is left out.

    A field that cannot be left out is empty then, and `proved` says so.
    """
    for name, value in fields.items():
        info = type(target).model_fields[name]
        left_out = "" if info.is_required() else info.get_default(call_default_factory=True)
        setattr(target, name, left_out if value is None else value)


def ids_of(inspection: Inspection) -> set[str]:
    """Return every id in an inspection, those of withdrawn findings too."""
    return {str(value) for path, value in walk(inspection) if path[-1:] == ("id",)}


def free_id(inspection: Inspection, section: str, more: Collection[str] = ()) -> str:
    """Return an id for a new finding of a section: the next number in the manner of those there, and none of `more`."""
    taken = {name.lower() for name in (*ids_of(inspection), *more)}
    own = [place.entry.id for place in places(inspection) if place.section == section]
    found = next((match for name in own if (match := NUMBERED.match(name))), None)
    stem = found[1] if found else f"{LISTS[section][1] if section in LISTS else section}-"
    width, number = (len(found[2]) if found else 2), 1
    while f"{stem}{number:0{width}}".lower() in taken:
        number += 1
    return f"{stem}{number:0{width}}"


def add(inspection: Inspection, section: str, fields: Mapping[str, Any], after: str = "") -> str:
    """Add a finding to a section, at its end or after another one, and return its id."""
    kind = KIND_OF_SECTION.get(section, Finding)
    name = free_id(inspection, section)
    entry = kind.model_construct(**{key: field.get_default() for key, field in kind.model_fields.items()})
    set_fields(entry, {**fields, "id": name})
    items = items_of(inspection, section)
    index = len(items)
    if after:
        place = place_of(inspection, after)
        items, index = place.items, place.at + 1
    items.insert(index, entry)
    return name


def move(inspection: Inspection, name: str, step: int) -> bool:
    """Move a finding up (-1) or down (1) in its list or group; return whether there was room."""
    place = place_of(inspection, name)
    to = place.at + step
    if not 0 <= to < len(place.items):
        return False
    place.items.insert(to, place.items.pop(place.at))
    return True


def groups(inspection: Inspection, section: str) -> list[Group]:
    """Return the groups of a section, in order."""
    return [
        entry
        for name, _, items in sections(inspection)
        if name == section
        for entry in items
        if isinstance(entry, Group)
    ]


def regroup(inspection: Inspection, name: str, to: Group | None) -> None:
    """Put a finding at the end of a group of its section, or in no group, after the one that it stood in."""
    place = place_of(inspection, name)
    if place.group is to:
        return
    items = items_of(inspection, place.section)
    entry = place.items.pop(place.at)
    if to is not None:
        to.items.append(entry)
    else:
        after = next(at for at, held in enumerate(items) if held is place.group)
        items.insert(after + 1, entry)
    drop_empty_groups(items)


def drop_empty_groups(items: list[Any]) -> None:
    """Take the groups out of a list that have no finding left."""
    items[:] = [held for held in items if not (isinstance(held, Group) and not held.items)]


def new_group(inspection: Inspection, name: str, heading: str) -> None:
    """Put a finding under a heading of its own, where it stands; raises LettersError in a section without groups."""
    place = place_of(inspection, name)
    if isinstance(place.entry, CaseStudy):
        raise LettersError("Case studies have titles of their own, and no groups.")
    items = items_of(inspection, place.section)
    entry = place.items[place.at]
    kind = RecommendationGroup if isinstance(entry, Recommendation) else FindingGroup
    at = next(index for index, held in enumerate(items) if held is (place.group or entry))
    made = kind.model_construct(heading=heading, scope=None, introduction=None, items=[entry])
    if place.group is None:
        items[at] = made
        return
    place.items.pop(place.at)
    items.insert(at + 1, made)
    drop_empty_groups(items)


def drop_section(inspection: Inspection, section: str, by: str) -> None:
    """Take a section that the template does not foresee away; its findings are kept as withdrawn."""
    found = next((held for held in inspection.sections if held.id == section), None)
    if found is None:
        raise NoSuchEntry(f"There is no section {section}.")
    for place in [place for place in places(inspection) if place.section == section]:
        kept = Withdrawn.model_construct(section=section, by=by, reason=f"The section {section} was removed.")
        kept.finding, kept.footnotes = place.entry, {}
        inspection.withdrawn.append(kept)
    inspection.sections.remove(found)
    for kept in inspection.withdrawn:
        if kept.section == section and kept.finding is not None:
            kept.referred_by = let_go(inspection, kept.finding.id) or kept.referred_by
            kept.footnotes |= lost_notes(inspection, kept.finding)
    for kept in inspection.withdrawn:
        for note in kept.footnotes:
            inspection.footnotes.pop(note, None)


def withdraw(inspection: Inspection, name: str, by: str, reason: str) -> None:
    """Take a finding out of the letter; what it said is kept with the footnotes that it alone refers to."""
    place = place_of(inspection, name)
    extra = next((held for held in inspection.sections if held.items is place.items), None)
    if extra and len(place.items) == 1:
        raise LettersError(f"{name} is the last finding of the section {place.section}. Remove the section instead.")
    entry: Entry = place.entry
    fields: dict[str, Any] = {KINDS[type(entry)]: entry}
    place.items.pop(place.at)
    if place.group and not place.items:
        for _, _, held in sections(inspection):
            held[:] = [other for other in held if other is not place.group]
    referring = let_go(inspection, name)
    heading = place.group.heading if place.group else None
    kept = Withdrawn.model_construct(section=place.section, by=by, reason=reason or None, group=heading, **fields)
    kept.referred_by = referring
    kept.footnotes = lost_notes(inspection, entry)
    for note in kept.footnotes:
        del inspection.footnotes[note]
    inspection.withdrawn.append(kept)


HEADLINES = "headlines"
"""What refers to a finding that is part of the web summary."""


def let_go(inspection: Inspection, name: str) -> list[str]:
    """Take a finding out of what refers to it, and return what did."""
    referring = []
    for entry in inspection.all_findings():
        if isinstance(entry, Recommendation) and name in entry.findings:
            entry.findings = [other for other in entry.findings if other != name]
            referring.append(entry.id)
        if isinstance(entry, CaseStudy) and entry.after == name:
            entry.after = None
            referring.append(entry.id)
    plan = inspection.publication
    if name in plan.headlines:
        plan.headlines = [other for other in plan.headlines if other != name]
        referring.append(HEADLINES)
    return referring


def lead_back(inspection: Inspection, name: str, referring: list[str]) -> None:
    """Let what referred to a finding refer to it again, where it is still there."""
    for entry in inspection.all_findings():
        if entry.id in referring and isinstance(entry, Recommendation) and name not in entry.findings:
            entry.findings = [*entry.findings, name]
        if entry.id in referring and isinstance(entry, CaseStudy) and entry.after is None:
            entry.after = name
    if HEADLINES in referring:
        inspection.publication.headlines = [*inspection.publication.headlines, name]


def notes_in(entry: Entry) -> set[str]:
    """Return the names of the footnotes that a finding refers to."""
    return {
        note
        for path, value in walk(entry)
        if isinstance(value, str) and takes_footnotes(("strengths", *path))
        for note in FOOTNOTE.findall(value)
    }


def lost_notes(inspection: Inspection, entry: Entry) -> dict[str, str]:
    """Return the footnotes that an entry refers to and nothing else does."""
    others = {
        note
        for path, value in walk(inspection)
        if isinstance(value, str) and path[0] != "footnotes" and takes_footnotes(path)
        for note in FOOTNOTE.findall(value)
    }
    return {note: words for note, words in inspection.footnotes.items() if note in notes_in(entry) - others}


def bring_back(inspection: Inspection, name: str) -> None:
    """Put a withdrawn finding back at the end of the section that it stood in, with its footnotes."""
    for kept in inspection.withdrawn:
        entry = kept.finding or kept.recommendation or kept.case_study
        if entry is not None and entry.id == name:
            break
    else:
        raise NoSuchEntry(f"There is no withdrawn finding {name}. It may have been brought back meanwhile.")
    try:
        items = items_of(inspection, kept.section)
    except NoSuchEntry:
        raise LettersError(
            f"The section {kept.section} that {name} stood in is no longer there. Add it first."
        ) from None
    inspection.withdrawn.remove(kept)
    group = next((held for held in groups(inspection, kept.section) if kept.group and held.heading == kept.group), None)
    held: list[Any] = group.items if group else items
    held.append(entry)
    for note, words in kept.footnotes.items():
        put_note_back(inspection, entry, note, words)
    lead_back(inspection, name, kept.referred_by)


def put_note_back(inspection: Inspection, entry: Entry, note: str, words: str) -> None:
    """Put a footnote back; under another name, in its finding too, where something else has its name meanwhile."""
    free, number = note, 2
    while inspection.footnotes.get(free, words) != words:
        free, number = f"{note}-{number}", number + 1
    inspection.footnotes[free] = words
    if free != note:
        for path, value in list(walk(entry)):
            if isinstance(value, str) and f"[^{note}]" in value:
                put(entry, path, value.replace(f"[^{note}]", f"[^{free}]"))


def occurrences(inspection: Inspection, words: str, *, around: int = 40) -> list[Occurrence]:
    """Return every place at which words stand, as whole words and with just these capitals."""
    pattern = whole_words(words)
    found = []
    for path, value in walk(inspection):
        if isinstance(value, str) and is_written(path) and not is_reference(inspection, path, value):
            for match in pattern.finditer(value):
                start, end = match.span()
                before, after = value[max(0, start - around) : start], value[end : end + around]
                found.append(Occurrence(path, before, match[0], after))
    return found


def replace(inspection: Inspection, words: str, by: str, chosen: set[tuple[Path, int]] | None = None) -> int:
    """Replace words at every place, or at those chosen by path and number within it; return at how many."""
    pattern, done = whole_words(words), 0
    for path, value in list(walk(inspection)):
        if not isinstance(value, str) or not is_written(path) or is_reference(inspection, path, value):
            continue
        pieces, last, count = [], 0, 0
        for number, match in enumerate(pattern.finditer(value)):
            if chosen is None or (path, number) in chosen:
                pieces += [value[last : match.start()], by]
                last, count = match.end(), count + 1
        if count:
            put(inspection, path, "".join([*pieces, value[last:]]))
            done += count
    return done


def is_written(path: Path) -> bool:
    """Say whether a text is one that people wrote as words, and no name that others refer to or hash."""
    steps = [step for step in path if isinstance(step, str)]
    named = steps[-1] in ("id", "after", "scope", "inspectorate", "agency", "priority", "type", "profile", "template")
    listed = steps[-1] in ("agencies", "inspectorates", "target", "findings", "headlines", "evidence")
    return steps[0] not in (*INTERNAL, "switches", "layout", "kind", "stage", "lead") and not named and not listed


def is_reference(inspection: Inspection, path: Path, value: str) -> bool:
    """Say whether a text of the next steps names an agency or addressee by its id."""
    ids = {agency.id for agency in inspection.agencies} | {person.id for person in inspection.addressees}
    return path[0] == "next_steps" and value in ids


def whole_words(words: str) -> re.Pattern[str]:
    """Return the pattern of words that are not part of longer ones; any white space fits a space."""
    if len(words) > MOST_SEARCHED:
        raise LettersError(f"These are {len(words):,} characters. Search for at most {MOST_SEARCHED}.")
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)")


def put(holder: BaseModel, path: Path, value: str) -> None:
    """Set the text at a path."""
    target: Any = holder
    for step in path[:-1]:
        target = getattr(target, step) if isinstance(step, str) and not isinstance(target, dict) else target[step]
    if isinstance(target, dict | list):
        target[path[-1]] = value  # type: ignore[index]
    else:
        setattr(target, str(path[-1]), value)


KINDS: dict[type, str] = {Finding: "finding", Recommendation: "recommendation", CaseStudy: "case_study"}
"""The field of a withdrawn finding that keeps each kind."""
KIND_OF_SECTION: dict[str, type[Entry]] = {"recommendations": Recommendation, "case_studies": CaseStudy}
"""What a section holds where it holds no findings."""
