"""What a writer may change, held against what a save would really change in the newest version."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from letters.errors import LettersError
from letters.findings.editing import LISTS, Group, notes_in, places, sections
from letters.findings.inspection import Inspection
from letters.findings.rewriting import plain
from letters.workspace.access import Access
from letters.workspace.roles import Act

FOLLOWING = ("findings", "after")
"""Fields by which a finding refers to others: they follow when one of those is withdrawn."""
OWN = ("footnotes", "withdrawn", "publication")
"""Parts of a file that change with findings."""
FINDINGS = (*LISTS, "sections")
"""Parts of a file that hold findings."""


class NotHers(LettersError):
    """A change of something that a person may read and not write."""


def refuse_foreign(access: Access, before: Inspection, after: Inspection) -> None:
    """Raise NotHers where a save would change what somebody may not: a lead may all, a writer her own findings."""
    if access.may(Act.LEAD):
        return
    if not access.may(Act.WRITE):
        raise NotHers("You can read this case, and no longer change it. Ask its lead.")
    changed = [
        *foreign_findings(access, before, after),
        *foreign_parts(before, after),
        *foreign_notes(access, before, after),
        *foreign_heads(before, after),
    ]
    if changed:
        named = ", ".join(dict.fromkeys(changed))
        raise NotHers(f"You can change findings of your own inspectorate, and this would change {named}. Ask the lead.")


def foreign_findings(access: Access, before: Inspection, after: Inspection) -> Iterator[str]:
    """Yield the findings that a save would change and that are not the person's."""
    old, new = ({place.entry.id: place for place in places(side)} for side in (before, after))
    for name in {*old, *new}:
        sides = [side[name] for side in (old, new) if name in side]
        if all(access.may_write(place.entry.inspectorates) for place in sides):
            continue
        if len(sides) < 2 or words_of(sides[0].entry) != words_of(sides[1].entry):
            yield name


def words_of(entry: Any) -> Any:
    """Return everything of a finding but what refers to others."""
    return {name: value for name, value in plain(entry).items() if name not in FOLLOWING}


def foreign_parts(before: Inspection, after: Inspection) -> Iterator[str]:
    """Yield the parts of a file beside its findings that a save would change."""
    old, new = plain(before), plain(after)
    for name in {*old, *new}:
        if name not in OWN and name not in FINDINGS and old.get(name) != new.get(name):
            yield name.replace("_", " ")


def foreign_notes(access: Access, before: Inspection, after: Inspection) -> Iterator[str]:
    """Yield the footnotes that a save would change and that are not those of the person's findings alone."""
    own: set[str] = set()
    others: set[str] = set()
    for side in (before, after):
        for entry in side.all_findings():
            (own if access.may_write(entry.inspectorates) else others).update(notes_in(entry))
    own -= others
    for note in {*before.footnotes, *after.footnotes}:
        if note not in own and before.footnotes.get(note) != after.footnotes.get(note):
            yield f"the footnote {note}"


def foreign_heads(before: Inspection, after: Inspection) -> Iterator[str]:
    """Yield the headings whose words below them a save would change or take away."""
    old, new = (Counter(held.introduction for held in every_group(side)) for side in (before, after))
    if any(words and count != new[words] for words, count in old.items()):
        yield "the words below a heading"


def every_group(inspection: Inspection) -> Iterator[Group]:
    """Yield every group of an inspection."""
    for _, _, items in sections(inspection):
        yield from (held for held in items if isinstance(held, Group))
