"""Whatever style a file is written in and whatever changes in it, it says what it is to, and little else changes."""

import random
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.findings.finding import Finding
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from letters.findings.yaml_editing import regions
from letters.findings.yaml_places import Mapping, Places, Sequence
from tests.findings.styled import Styled

SAID = (
    "the care that carers take when child’s school's home: visits #tag are 'late' and \"early\" police, [health] "
    "{sleep} a b 12:30 - yes No of-it well. Then — é “quoted” ends"
)
WORDS = SAID.split()
SEEDS = st.integers(0, 2**32)


def prose(chance: random.Random, most: int = 60) -> str:
    """Return some words, in two paragraphs now and then."""
    paragraph = " ".join(["Words", *chance.choices(WORDS, k=chance.randint(2, most))])
    more = " ".join(["Again", *chance.choices(WORDS, k=chance.randint(1, 30))])
    return f"{paragraph}\n\n{more}" if chance.random() < 0.2 else paragraph


def finding(chance: random.Random, name: str) -> dict[str, Any]:
    """Return a finding with its fields in some order."""
    fields: dict[str, Any] = {"id": name, "text": prose(chance)}
    if chance.random() < 0.3:
        fields["evidence"] = [f"CT-{number}" for number in range(chance.randint(1, 3))]
    if chance.random() < 0.2:
        fields["note"] = prose(chance, 10)
    if chance.random() < 0.2:
        fields["points"] = [chance.choice([prose(chance, 12), {"text": prose(chance, 12)}]) for _ in range(2)]
    return dict(chance.sample(list(fields.items()), len(fields)))


def some_inspection(chance: random.Random) -> dict[str, Any]:
    """Return an inspection as a file gives it."""
    bare = [prose(chance) if chance.random() < 0.6 else finding(chance, f"M-{number}") for number in range(3)]
    return {
        "id": "exmere",
        "area": {"name": "Exmere"},
        "round": {"theme": "neglect", "context": prose(chance)},
        "partnership": {"name": "Exmere Partnership"},
        "dates": {"fieldwork": {"start": "2024-05-20", "end": "2024-05-24"}, "letter": "2024-07-11"},
        "inspectorates": ["ofsted", "cqc"],
        "agencies": [{"id": f"a{number}", "type": "police", "name": f"Police {number}"} for number in range(2)],
        "addressees": [{"name": "Ada Example", "role": "Chair"}],
        "signatories": [{"inspectorate": "ofsted", "name": "Cy Example", "title": ["Director"]}],
        "version": 3,
        "next_steps": {"statement_required": False},
        "strengths": [finding(chance, f"S-{number}") for number in range(chance.randint(0, 5))],
        "main_findings": [*bare[:1], {"heading": "Of homes", "items": bare[1:]}],
    }


def with_change(text: str, chance: random.Random) -> str:
    """Return words with one that is new, gone or another."""
    words = text.split(" ")
    place = chance.randrange(1, len(words))
    words[place : place + chance.randint(0, 1)] = chance.choice([["other"], [], [prose(chance, 15)]])
    return " ".join(words).strip()


def change(found: Inspection, chance: random.Random) -> set[str]:
    """Change an inspection here and there; return the ids of the strengths that are not as they were."""
    touched: set[str] = set()
    entries = found.strengths
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["word", "note", "gone", "new", "moved", "version", "agency"])
        entry = chance.choice(entries) if entries else None
        if isinstance(entry, Finding) and kind in ("word", "note", "gone"):
            touched.add(entry.id)
            if kind == "word":
                entry.text = with_change(entry.text, chance)
            elif kind == "note":
                entry.note = None if entry.note else prose(chance)
            else:
                entries.remove(entry)
        elif kind == "moved":
            touched |= {entry.id for entry in entries if isinstance(entry, Finding)}
            chance.shuffle(entries)
        elif kind == "new":
            entries.insert(
                chance.randint(0, len(entries)),
                Finding(id=f"N-{chance.random()}"[:9].replace(".", ""), text=prose(chance)),
            )
        elif kind == "version":
            found.version += 1
        elif kind == "agency":
            touched |= {agency.id for agency in found.agencies[:1]}
            found.agencies = found.agencies[1:]
    return touched


def lines_of(text: str, touched: set[str]) -> set[int]:
    """Return the numbers of the lines of some strengths, with their comments."""
    places = Places(text)
    assert isinstance(places.root, Mapping)
    spot = places.root.spots["strengths"]
    assert isinstance(spot.node, Sequence)
    lines: set[int] = set()
    for held, area in zip(spot.node.spots, regions(text, spot.node.spots), strict=True):
        if any(
            name in touched
            for name in text[held.start : held.end].replace('"', " ").replace("'", " ").replace(",", " ").split()
        ):
            lines |= set(range(text.count("\n", 0, area.above) - 1, text.count("\n", 0, area.below) + 1))
    return lines | {text.count("\n", 0, spot.start)}


def lines_gone(before: str, after: str) -> set[int]:
    """Return the numbers of the lines that were taken away or written anew: an entry that moved keeps its lines."""
    was, now = before.split("\n"), after.split("\n")
    fewer = {*(Counter(was) - Counter(now))}
    opcodes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    gone = {line for kind, start, end, _, _ in opcodes if kind != "equal" for line in range(start, end)}
    return {line for line in gone if was[line] in fewer}


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_file_of_any_style_says_what_was_changed_and_loses_no_comment(seed: int) -> None:
    chance = random.Random(seed)
    styled = Styled(chance)
    text = styled.text(some_inspection(chance))
    before, found = parse(text), parse(text)
    touched = change(found, chance)
    after = rewrite(text, found)
    assert parse(after) == found
    assert rewrite(after, found) == after
    kept = [mark for mark, owner in styled.comments.items() if owner not in touched]
    assert [mark for mark in kept if after.count(mark) != 1] == []
    assert (after[:1] == "\ufeff", "\r\n" in after) == (text[:1] == "\ufeff", "\r\n" in text)
    if touched and len(found.agencies) == 2 and found.version == before.version and before.strengths:
        text, after = (whole.replace("\r\n", "\n").removeprefix("\ufeff") for whole in (text, after))
        assert lines_gone(text, after) <= lines_of(text, touched) | {text.count("\n")}


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_one_word_of_any_file_is_one_line(seed: int) -> None:
    chance = random.Random(seed)
    text = Styled(chance).text(some_inspection(chance))
    found = parse(text)
    entry = found.main_findings[0]
    assert isinstance(entry, Finding)
    words = entry.text.split(" ")
    place = chance.choice([place for place, word in enumerate(words) if "\n" not in word])
    words[place] = "z" * len(words[place])
    entry.text = " ".join(words)
    assert len(lines_gone(text, rewrite(text, found))) == 1


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_sections_of_bare_words_and_groups_keep_their_ids(seed: int) -> None:
    chance = random.Random(seed)
    text = Styled(chance).text(some_inspection(chance))
    found = parse(text)
    first = found.main_findings[0]
    group = found.main_findings[1]
    assert not isinstance(group, Finding)
    found.main_findings = chance.choice([[group], [group, first], [first, *group.items], [*group.items[::-1], first]])
    assert parse(rewrite(text, found)) == found
