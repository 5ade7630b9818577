"""Seeded edits of an inspection, such as people make between two versions of its letter.

`prepared` is the older version: it has what a kind of edit changes. `edited` is the newer one. `sized` are letters of
about 2, 8 and 60 pages, and `pairs` spreads every kind over every fixture.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pydantic import BaseModel

from letters.files.disk import load
from letters.findings.addressees import Addressee, Signatory
from letters.findings.finding import (
    CaseStudy,
    CaseType,
    Finding,
    FindingGroup,
    GroupHead,
    Point,
    Priority,
    Recommendation,
    RecommendationGroup,
    Scope,
    recommendations_of,
)
from letters.findings.inspection import ExtraSection, Inspection, Stage
from letters.findings.references import FOOTNOTE, SECTIONS, mistakes, takes_footnotes, walk
from letters.findings.registers import inspectorates
from letters.findings.switches import RecommendationMode

FIXTURES = Path(__file__).parents[2] / "fixtures"
FINDING_SECTIONS = (
    "summary",
    "context",
    "headline_findings",
    "strengths",
    "main_findings",
    "children_summary",
)
MARKUP = re.compile(r"\*+[^*]+\*+|\[\^[^\]]+\]|\[[^\]]*\]\([^)]*\)")
"""What no edit of words reaches into: emphasis, footnote references and links."""
ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
LINK = re.compile(r"\[([^\]^]+)\]\(([^)]+)\)")
WORD = re.compile(r"(?<= )[a-z]{4,}(?=[ .,;])")
THREE_WORDS = re.compile(r"(?<= )[a-z]+ [a-z]+ [a-z]+(?=[ .,;])")
SENTENCE_BREAK = re.compile(r"(?<=[.?!])\s+(?=[A-Z‘])")
PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
IMPLIED = re.compile(rf"(({'|'.join((*SECTIONS, 'case_studies', 'addressee'))})-[0-9]+)?")
"""An id that nobody gave: it is worked out from a place, and moves on when something is put before it."""

WORDS = (
    "prompt",
    "seldom",
    "local",
    "clear",
    "weekly",
    "recent",
    "shared",
    "urgent",
    "carefully",
    "together",
    "senior",
    "regular",
    "earlier",
    "written",
    "several",
    "thorough",
)
PHRASES = (
    "in most cases",
    "without further delay",
    "across all agencies",
    "by trained staff",
    "at an early stage",
    "in good time",
    "with real care",
    "as a matter of course",
)
SENTENCES = (
    "Managers now review these decisions every week.",
    "This has not yet led to better plans for every child.",
    "Practitioners told inspectors that their workloads had become manageable.",
    "In a small number of records, the views of fathers were missing.",
    "Children said that they felt listened to.",
    "The reasons for decisions are usually recorded, although not always in enough detail.",
    "Partners meet every month to look at what the data shows.",
    "As a result, some families tell their story several times.",
    "Supervision is regular, but it does not always help practitioners to reflect.",
    "A new protocol was agreed shortly before the inspection, and it is too early to see its effect.",
    "Out of hours, workers cannot see the plans that other agencies have made.",
    "School nurses are invited to most of these meetings and attend about half.",
    "Inspectors saw 14 records in which this had made a difference.",
    "The partnership’s own audit came to the same conclusion in the spring.",
)
FRAGMENTS = (
    "The timeliness of health information that reaches strategy discussions.",
    "The recording of managers’ decisions, so that the reasons for them are clear.",
    "How well plans reflect what children and parents say, in their own words.",
    "The partnership’s use of its audits to learn what has changed for children.",
    "The attendance of schools and colleges at meetings about children at risk.",
    "The stability of the workforce, which lets children build lasting relationships.",
    "Access to therapeutic help for children who have been harmed outside the home.",
    "The quality of contingency planning for children who return home from care.",
)
HEADINGS = (
    "Work with families at an early stage",
    "Decisions about children at risk",
    "How agencies learn together",
    "Children who are harmed outside the home",
)
NOTES = (
    "The protocol was agreed by the partnership in the month before the inspection.",
    "A strategy discussion decides whether there are grounds for enquiries under section 47 of the Children Act 1989.",
    "These figures were given by the area and were not checked by inspectors.",
    "The hub brings together social workers, police officers and health professionals in one place.",
)
LINKS = (
    ("the published framework", "https://www.exmere.example/framework"),
    ("the area’s own guidance", "https://guidance.exmere.example/area?part=2&page=7"),
    ("the national report", "https://www.exmere.example/reports/national#findings"),
    ("the joint protocol", "https://protocol.example.net/joint"),
)
NAMES = ("Imogen Tarrant", "Dr Callum Obi-Wade", "Nerys Hathaway", "Tunde Falkner", "Ottilie Marchbank", "Ruairi Sethi")
ROLES = ("Director of Nursing", "Assistant Chief Constable", "Head of Early Help", "Service Manager, Safeguarding")
STANDING = {
    "closing": ("Yours faithfully", "With our thanks to all who took part"),
    "next-steps-heading": ("What happens next", "The next steps"),
    "opening": ("Inspectors visited the area for one week and met children, parents, carers and professionals.",),
    "statement-deadline": ("The written answer to this letter is due within 70 working days of its receipt.", None),
}
"""Other words for standing paragraphs that every fixture has; None leaves one out."""

Words = Finding | Recommendation | CaseStudy | Point
"""A piece of an inspection with words of its own."""
Need = Callable[[Inspection], None]
"""Gives an inspection what a change needs, where it lacks it."""
Change = Callable[[Inspection, Random], None]
"""Changes an inspection in place."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of edit: what it changes, and what the inspection must have for that."""

    change: Change
    needs: tuple[Need, ...] = ()


def prepared(inspection: Inspection, kind: str) -> Inspection:
    """Return a copy of an inspection that has what this kind of edit changes; nobody agreed to it yet."""
    copy = inspection.model_copy(deep=True)
    copy.agreements = []
    for need in EDITS[kind].needs:
        need(copy)
    return checked(copy)


def edited(inspection: Inspection, kind: str, seed: int) -> Inspection:
    """Return a changed copy of an inspection; one that lacks what is to be changed is given it first."""
    older = prepared(inspection, kind)
    newer = older.model_copy(deep=True)
    EDITS[kind].change(newer, Random(f"{kind}-{seed}"))
    newer = checked(newer)
    return older if newer == inspection.model_copy(update={"agreements": []}) else newer


def pairs(count: int, seed: int) -> Iterator[tuple[str, Inspection, Inspection]]:
    """Yield that many kinds, each with an older and a newer version; some of the letters are drafts."""
    files = sorted(FIXTURES.glob("*/inspection.yaml"))
    for number in range(count):
        turn, place = divmod(number, len(KINDS))
        older = fixture(files[(turn + place) % len(files)]).model_copy(deep=True)
        older.stage = Random(f"{seed}-{number}").choice([Stage.FINAL, Stage.FINAL, *Stage])
        older = prepared(older, KINDS[place])
        yield KINDS[place], older, edited(older, KINDS[place], seed + number)


def sized_pairs(count: int, seed: int) -> Iterator[tuple[str, Inspection, Inspection]]:
    """Yield that many kinds at each size that has room for them, each with an older and a newer version."""
    random = Random(f"{seed}-sizes")
    for number in range(count):
        kind = KINDS[random.randrange(len(KINDS))]
        for pages in SIZES:
            older = sized(pages).model_copy(deep=True)
            older.stage = random.choice([Stage.FINAL, Stage.AGREEMENT])
            with suppress(IndexError):
                older = prepared(older, kind)
                yield kind, older, edited(older, kind, seed + number)


def sized(pages: int) -> Inspection:
    """Return an inspection whose letter in the joint house has about 2, 8 or 60 pages."""
    if pages not in SIZES:
        raise ValueError(f"there is no letter of {pages} pages; ask for one of {', '.join(map(str, SIZES))}")
    random, size = Random(pages), SIZES[pages]
    inspection = fixture(FIXTURES / "ansford" / "inspection.yaml").model_copy(deep=True)
    for section, count in size.entries.items():
        setattr(inspection, section, repeated(getattr(inspection, section), count, random))
    inspection.case_studies = inspection.case_studies[: size.studies]
    inspection.addressees = inspection.addressees[: size.addressees]
    inspection.round.context = inspection.round.context if size.context else None
    for recommendation in recommendations_of(inspection.recommendations):
        recommendation.findings = []
    return checked(inspection)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything a letter of one size holds."""

    entries: dict[str, int]
    studies: int
    addressees: int
    context: bool = True
    """Whether it keeps the standing words of its round."""


SIZES = {
    2: Size({"headline_findings": 0, "strengths": 2, "recommendations": 1, "main_findings": 1}, 0, 1, False),
    8: Size({"headline_findings": 4, "strengths": 6, "recommendations": 10, "main_findings": 10}, 1, 9),
    60: Size({"headline_findings": 8, "strengths": 60, "recommendations": 60, "main_findings": 162}, 2, 9),
}


def repeated(entries: list[Any], count: int, random: Random) -> list[Any]:
    """Return that many entries: the first as they are, the others with ids and words of their own."""
    out: list[Any] = []
    for number in range(count):
        entry = entries[number % len(entries)].model_copy(deep=True)
        if number >= len(entries):
            entry.id = f"{entry.id}-{number}"
            for piece in [entry, *entry.points]:
                piece.text = varied(piece.text, random)
        out.append(entry)
    return out


def varied(text: str, random: Random) -> str:
    """Return a text with its sentences in another order, some words changed and a sentence more."""
    paragraphs = sentences(FOOTNOTE.sub("", text))
    for paragraph in paragraphs:
        random.shuffle(paragraph)
    paragraphs[-1].append(random.choice(SENTENCES))
    return WORD.sub(lambda word: word[0] if random.random() < 0.8 else random.choice(WORDS), rejoined(paragraphs))


@cache
def fixture(path: Path) -> Inspection:
    """Return the inspection of a fixture, which nobody may change."""
    return load(path)


def checked(inspection: Inspection) -> Inspection:
    """Return an inspection as a file would give it; raises ValueError where no file could."""
    drop_lost_footnotes(inspection)
    valid = Inspection.model_validate(without_implied_ids(inspection.model_dump()))
    if found := mistakes(valid):
        raise ValueError(f"{found[0].path}: {found[0].message}")
    return valid


def drop_lost_footnotes(inspection: Inspection) -> None:
    """Drop the footnotes that no text refers to any more."""
    texts = [value for path, value in walk(inspection) if isinstance(value, str) and takes_footnotes(path)]
    used = {name for text in texts for name in FOOTNOTE.findall(text)}
    inspection.footnotes = {name: text for name, text in inspection.footnotes.items() if name in used}


def without_implied_ids(data: Any) -> Any:
    """Return plain data without the ids that the model works out from places."""
    if isinstance(data, list):
        return [without_implied_ids(inner) for inner in data]
    if not isinstance(data, dict):
        return data
    given = {key: inner for key, inner in data.items() if key != "id" or not IMPLIED.fullmatch(inner)}
    return {key: without_implied_ids(inner) for key, inner in given.items()}


def fresh(inspection: Inspection) -> str:
    """Return an id that nothing in an inspection has."""
    used = {value for path, value in walk(inspection) if path[-1:] == ("id",)}
    return next(name for number in range(1, 10_000) if (name := f"N-{number:02}") not in used)


def forget(inspection: Inspection, name: str) -> None:
    """Drop every reference to a finding."""
    for recommendation in recommendations_of(inspection.recommendations):
        recommendation.findings = [finding for finding in recommendation.findings if finding != name]
    for study in inspection.case_studies:
        study.after = None if study.after == name else study.after


def lists(inspection: Inspection, least: int = 1) -> list[list[Any]]:
    """Return the lists of at least so many findings or recommendations; a section with groups is the groups' lists."""
    sections = [getattr(inspection, name) for name in FINDING_SECTIONS]
    sections += [inspection.recommendations, *(section.items for section in inspection.sections)]
    found: list[list[Any]] = []
    for entries in sections:
        groups = [entry.items for entry in entries if isinstance(entry, FindingGroup | RecommendationGroup)]
        found += groups or [entries]
    return [entries for entries in found if len(entries) >= least]


def all_groups(inspection: Inspection) -> list[GroupHead]:
    """Return every group of findings or recommendations."""
    sections = [getattr(inspection, name) for name in (*FINDING_SECTIONS, "recommendations")]
    return [entry for entries in sections for entry in entries if isinstance(entry, GroupHead)]


def pieces(inspection: Inspection) -> list[Words]:
    """Return everything that has words: findings, recommendations, case studies and points."""
    found: list[Words] = [finding for finding in inspection.all_findings() if finding.text]
    return found + [point for finding in with_points(inspection, 1) for point in finding.points]


def with_points(inspection: Inspection, least: int) -> list[Finding | Recommendation]:
    """Return the findings and recommendations that have at least so many points."""
    found = [finding for finding in inspection.all_findings() if not isinstance(finding, CaseStudy)]
    return [finding for finding in found if len(finding.points) >= least]


def priority_lists(inspection: Inspection, least: int = 1) -> list[list[Any]]:
    """Return the lists that hold at least so many areas for priority action."""
    return [entries for entries in lists(inspection) if len(priorities(entries)) >= least]


def priorities(entries: list[Any]) -> list[Recommendation]:
    """Return the areas for priority action in a list."""
    return [entry for entry in entries if isinstance(entry, Recommendation) and entry.priority is Priority.PRIORITY]


def words_of(piece: Words) -> str:
    """Return the words of a piece."""
    return piece.text or ""


def sentences(text: str) -> list[list[str]]:
    """Return the sentences of every paragraph of a text."""
    return [SENTENCE_BREAK.split(paragraph) for paragraph in PARAGRAPH_BREAK.split(text.strip())]


def rejoined(paragraphs: list[list[str]]) -> str:
    """Return the text of sentences in paragraphs."""
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def outside_markup(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the matches of a pattern that touch no emphasis, reference or link."""
    taken = [found.span() for found in MARKUP.finditer(text)]
    return [found for found in pattern.finditer(text) if is_apart(found.span(), taken)]


def is_apart(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Say whether a span touches none of the spans taken."""
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def replaced(text: str, found: re.Match[str], words: str) -> str:
    """Return a text with other words in the place of a match."""
    return text[: found.start()] + words + text[found.end() :]


def change_match(
    inspection: Inspection, random: Random, pattern: re.Pattern[str], change: Callable[[str], str]
) -> None:
    """Change one match of a pattern somewhere in an inspection, outside any markup."""
    piece = random.choice([piece for piece in pieces(inspection) if outside_markup(pattern, words_of(piece))])
    found = random.choice(outside_markup(pattern, words_of(piece)))
    piece.text = replaced(words_of(piece), found, change(found[0]))


def other(random: Random, options: tuple[Any, ...] | list[Any], than: Any) -> Any:
    """Return one of some options that is not the one there is."""
    return random.choice([option for option in options if option != than])


# What the kinds of edit need.


def need_footnote(inspection: Inspection) -> None:
    """Refer to a footnote in the last finding, where there is none."""
    if not inspection.footnotes:
        add_footnote(inspection, Random(0))


def need_points(inspection: Inspection) -> None:
    """Give a recommendation three points, where nothing has two."""
    if not with_points(inspection, 2):
        points = [Point(text=text) for text in FRAGMENTS[:3]]
        next(recommendations_of(inspection.recommendations)).points = points


def need_priorities(inspection: Inspection) -> None:
    """Part recommendations by priority, where they are one list."""
    inspection.switches.recommendation_mode = RecommendationMode.PRIORITISED
    for recommendation in recommendations_of(inspection.recommendations):
        if recommendation.priority is Priority.UNPRIORITISED:
            recommendation.priority = Priority.IMPROVEMENT


def need_table(inspection: Inspection) -> None:
    """Print areas for priority action as a table of two rows or more."""
    need_priorities(inspection)
    inspection.layout.recommendations = "table"
    if not priority_lists(inspection, 2):
        found = [entries for entries in lists(inspection, 2) if isinstance(entries[0], Recommendation)]
        for recommendation in found[0][:2]:
            recommendation.priority = Priority.PRIORITY


def need_group(inspection: Inspection) -> None:
    """Put the later strengths under a heading of their own, where there is no group."""
    if not all_groups(inspection):
        half = len(inspection.strengths) // 2
        items = [entry for entry in inspection.strengths[half:] if isinstance(entry, Finding)]
        inspection.strengths = [*inspection.strengths[:half], FindingGroup(heading="Work with partners", items=items)]


def need_italic(inspection: Inspection) -> None:
    """Set a word in italics, where none is."""
    if not any(ITALIC.search(words_of(piece)) for piece in pieces(inspection)):
        change_match(inspection, Random(0), WORD, "*{}*".format)


def need_link(inspection: Inspection) -> None:
    """Link something, where nothing is."""
    if not any(LINK.search(words_of(piece)) for piece in pieces(inspection)):
        add_link(inspection, Random(0))


def need_study(inspection: Inspection) -> None:
    """Add a case study, where there is none."""
    if not inspection.case_studies:
        add_study(inspection, Random(0))


def need_draft(inspection: Inspection) -> None:
    """Make a draft of a final letter: its footer shows version and date, and its bookmarks the ids."""
    if inspection.stage is Stage.FINAL:
        inspection.stage = Stage.DRAFT


def need_two_addressees(inspection: Inspection) -> None:
    """Address the letter to two people, where there is one."""
    if len(inspection.addressees) < 2:
        add_addressee(inspection, Random(0))


def need_two_inspectorates(inspection: Inspection) -> None:
    """Let another inspectorate take part and sign, where there is one alone."""
    if len(inspection.inspectorates) < 2:
        let_join(inspection)
        add_signatory(inspection, Random(0))


def need_two_signatories(inspection: Inspection) -> None:
    """Have two people sign, where one does."""
    need_two_inspectorates(inspection)
    if len(inspection.signatories) < 2:
        add_signatory(inspection, Random(0))


def need_missing_signatory(inspection: Inspection) -> None:
    """Take a signatory away, where every inspectorate has one."""
    need_two_inspectorates(inspection)
    if not unsigned(inspection):
        inspection.signatories.pop()


def let_join(inspection: Inspection) -> None:
    """Let one more inspectorate of the register take part."""
    inspection.inspectorates.append(next(name for name in inspectorates() if name not in inspection.inspectorates))


def unsigned(inspection: Inspection) -> list[str]:
    """Return the inspectorates for which nobody signs."""
    signing = {signatory.inspectorate for signatory in inspection.signatories}
    return [name for name in inspection.inspectorates if name not in signing]


# Words and sentences.


def change_word(inspection: Inspection, random: Random) -> None:
    """Put another word for one."""
    change_match(inspection, random, WORD, lambda word: str(other(random, WORDS, word)))


def change_three_words(inspection: Inspection, random: Random) -> None:
    """Put other words for three in a row."""
    change_match(inspection, random, THREE_WORDS, lambda words: str(other(random, PHRASES, words)))


def add_sentence(inspection: Inspection, random: Random) -> None:
    """Put a sentence somewhere into a paragraph."""
    piece = random.choice(pieces(inspection))
    paragraphs = sentences(words_of(piece))
    paragraph = random.choice(paragraphs)
    paragraph.insert(random.randrange(len(paragraph) + 1), random.choice(SENTENCES))
    piece.text = rejoined(paragraphs)


def remove_sentence(inspection: Inspection, random: Random) -> None:
    """Take a sentence out of a text that has two or more."""
    piece = random.choice([piece for piece in pieces(inspection) if len(sentences(words_of(piece))[0]) > 1])
    paragraphs = sentences(words_of(piece))
    paragraphs[0].pop(random.randrange(len(paragraphs[0])))
    piece.text = rejoined(paragraphs)


def rewrite_sentence(inspection: Inspection, random: Random) -> None:
    """Put another sentence for one."""
    piece = random.choice(pieces(inspection))
    paragraphs = sentences(words_of(piece))
    paragraph = random.choice(paragraphs)
    place = random.randrange(len(paragraph))
    paragraph[place] = other(random, SENTENCES, paragraph[place])
    piece.text = rejoined(paragraphs)


def add_paragraph(inspection: Inspection, random: Random) -> None:
    """Put a paragraph into a text, between two of its paragraphs or after the last."""
    piece = random.choice(pieces(inspection))
    paragraphs = sentences(words_of(piece))
    paragraphs.insert(random.randint(1, len(paragraphs)), random.sample(SENTENCES, 2))
    piece.text = rejoined(paragraphs)


# Findings and their lists.


def like(entry: Any, name: str, random: Random) -> Finding | Recommendation:
    """Return a new finding, or a new recommendation of the same priority."""
    if isinstance(entry, Recommendation):
        text = random.choice(FRAGMENTS)
        return Recommendation(id=name, priority=entry.priority, target="partnership", text=text)
    return Finding(id=name, text=" ".join(random.sample(SENTENCES, random.choice([1, 3]))))


def add_finding(inspection: Inspection, random: Random) -> None:
    """Put a new finding or recommendation into a list."""
    entries = random.choice(lists(inspection))
    new = like(random.choice(entries), fresh(inspection), random)
    entries.insert(random.randrange(len(entries) + 1), new)


def remove_finding(inspection: Inspection, random: Random) -> None:
    """Take a finding or recommendation out of a list."""
    entries = random.choice(lists(inspection, 2))
    forget(inspection, entries.pop(random.randrange(len(entries))).id)


def move_finding(inspection: Inspection, random: Random) -> None:
    """Move a finding to another place in its printed list."""
    entries, places = random.choice([(entries, places) for entries in lists(inspection, 2) for places in runs(entries)])
    source, target = random.sample(places, 2)
    entries.insert(target, entries.pop(source))


def runs(entries: list[Any]) -> list[list[int]]:
    """Return the places of the entries that are printed together, where they are two or more."""
    together: dict[Any, list[int]] = {}
    for place, entry in enumerate(entries):
        together.setdefault(getattr(entry, "priority", None), []).append(place)
    return [places for places in together.values() if len(places) > 1]


def move_between_lists(inspection: Inspection, random: Random) -> None:
    """Move a finding into another list; a strength may become a recommendation, an improvement a priority."""
    if random.random() < 0.5:
        change_priority(inspection, random)
        return
    source = random.choice(lists(inspection, 2))
    target = random.choice([entries for entries in lists(inspection) if entries is not source])
    entry = source.pop(random.randrange(len(source)))
    target.insert(random.randrange(len(target) + 1), as_one_of(target, entry))


def as_one_of(entries: list[Any], entry: Any) -> Finding | Recommendation:
    """Return a finding or recommendation as what a list holds, with its id and its words."""
    parts = [getattr(entry, name, None) for name in ("lead_in", "text", "impact")]
    text = " ".join(part for part in parts if part)
    if isinstance(entries[0], Recommendation):
        priority = entries[0].priority
        return Recommendation(id=entry.id, priority=priority, target="partnership", text=text, points=entry.points)
    return Finding(id=entry.id, text=text, points=entry.points)


def split_finding(inspection: Inspection, random: Random) -> None:
    """Make two findings of one."""
    entries = random.choice(lists(inspection))
    place = random.choice([place for place, entry in enumerate(entries) if entry.text])
    first = entries[place]
    second = first.model_copy(deep=True, update={"id": fresh(inspection)})
    first.text, second.text = halves(first.text, random)
    first.points = []
    for name in ("impact", "lead_in"):
        if hasattr(first, name):
            setattr(first if name == "impact" else second, name, None)
    entries.insert(place + 1, second)


def halves(text: str, random: Random) -> tuple[str, str]:
    """Return two texts of one: parted between sentences, or within its only one."""
    breaks = outside_markup(SENTENCE_BREAK, text)
    if breaks:
        found = random.choice(breaks)
        return text[: found.start()], text[found.end() :]
    spaces = outside_markup(re.compile(r" (?=[a-z])"), text)
    middle = spaces[len(spaces) // 2]
    rest = text[middle.end() :]
    return text[: middle.start()].rstrip(",;") + ".", rest[0].upper() + rest[1:]


def join_findings(inspection: Inspection, random: Random) -> None:
    """Make one finding of two that stand next to each other."""
    options = [(entries, place) for entries in lists(inspection, 2) for place in joinable(entries)]
    entries, place = random.choice(options)
    first, second = entries[place], entries.pop(place + 1)
    first.text = " ".join(part for part in (first.text, getattr(first, "impact", None), second.text) if part)
    first.points += second.points
    if isinstance(first, Finding):
        first.impact = second.impact
    forget(inspection, second.id)


def joinable(entries: list[Any]) -> list[int]:
    """Return the places of entries that can be joined with the next."""
    both = range(len(entries) - 1)
    return [place for place in both if all(is_plain(entry) for entry in entries[place : place + 2])]


def is_plain(entry: Any) -> bool:
    """Say whether an entry has words of its own and nothing before them."""
    return bool(entry.text) and not getattr(entry, "lead_in", None)


def add_point(inspection: Inspection, random: Random) -> None:
    """Put a nested point below a finding."""
    finding = random.choice(with_points(inspection, 0))
    finding.points.insert(random.randrange(len(finding.points) + 1), Point(text=random.choice(FRAGMENTS)))


def remove_point(inspection: Inspection, random: Random) -> None:
    """Take a nested point away."""
    points = random.choice(with_points(inspection, 2)).points
    points.pop(random.randrange(len(points)))


def reorder_points(inspection: Inspection, random: Random) -> None:
    """Move a nested point to another place."""
    points = random.choice(with_points(inspection, 2)).points
    source, target = random.sample(range(len(points)), 2)
    points.insert(target, points.pop(source))


def retarget(inspection: Inspection, random: Random) -> None:
    """Let another body act on an area for priority action."""
    recommendation = random.choice(priorities(random.choice(priority_lists(inspection))))
    agencies = [agency.id for agency in inspection.agencies if agency.name != inspection.partnership.name]
    single = [[name] for name in agencies]
    options = ["partnership", *single, random.sample(agencies, min(2, len(agencies)))]
    recommendation.target = other(random, options, recommendation.target)


def change_priority(inspection: Inspection, random: Random) -> None:
    """Make an improvement a priority, or the other way round."""
    recommendation = random.choice(list(recommendations_of(inspection.recommendations)))
    is_priority = recommendation.priority is Priority.PRIORITY
    recommendation.priority = Priority.IMPROVEMENT if is_priority else Priority.PRIORITY


def renumber(inspection: Inspection, random: Random) -> None:
    """Give findings other ids: new ones for all, or in one list those of their neighbours."""
    if random.random() < 0.5:
        old = [finding.id for finding in inspection.all_findings()]
        new = [f"{name[:1]}-x{number}" for number, name in enumerate(old, start=1)]
    else:
        old = [entry.id for entry in random.choice(lists(inspection, 2))]
        new = old[1:] + old[:1]
    rename(inspection, dict(zip(old, new, strict=True)))


def rename(inspection: Inspection, names: dict[str, str]) -> None:
    """Give findings other ids, everywhere."""
    for finding in inspection.all_findings():
        finding.id = names.get(finding.id, finding.id)
    for recommendation in recommendations_of(inspection.recommendations):
        recommendation.findings = [names.get(name, name) for name in recommendation.findings]
    for study in inspection.case_studies:
        study.after = names.get(study.after, study.after) if study.after else None


def change_heading(inspection: Inspection, random: Random) -> None:
    """Give a group another heading of its own, or that of another scope area."""
    group = random.choice(all_groups(inspection))
    if random.random() < 0.5:
        group.heading = other(random, HEADINGS, group.heading)
    else:
        group.heading, group.scope = None, other(random, list(Scope), group.scope)


def add_section(inspection: Inspection, random: Random) -> None:
    """Add a section that the template does not foresee."""
    items: list[Any] = [Finding(id=fresh(inspection), text=random.choice(SENTENCES))]
    heading, bullets = random.choice(HEADINGS), random.random() < 0.5
    name = f"section{len(inspection.sections) + 1}"
    section = ExtraSection(id=name, heading=heading, after="strengths", items=items, bullets=bullets)
    inspection.sections.append(section)


def change_layout(inspection: Inspection, random: Random) -> None:
    """Set main findings or signatures in another way than the letter does."""
    layout = inspection.layout
    if inspection.main_findings and random.random() < 0.5:
        layout.main_findings = other(
            random, ["paragraphs", "numbered", "bullets"], layout.main_findings or "paragraphs"
        )
    else:
        default = "grid" if inspection.template == "joint-2016" else "stack"
        layout.signatures = other(random, ["grid", "stack"], layout.signatures or default)


# Footnotes, links, looks.


def add_footnote(inspection: Inspection, random: Random) -> None:
    """Add a footnote to the end of a sentence."""
    name = next(name for number in range(1, 100) if (name := f"note-{number}") not in inspection.footnotes)
    piece = random.choice(pieces(inspection))
    paragraphs = sentences(words_of(piece))
    paragraph = random.choice(paragraphs)
    paragraph[random.randrange(len(paragraph))] += f"[^{name}]"
    piece.text = rejoined(paragraphs)
    inspection.footnotes[name] = random.choice(NOTES)


def change_footnote(inspection: Inspection, random: Random) -> None:
    """Change the words of a footnote, or add a sentence to it."""
    name = random.choice(list(inspection.footnotes))
    text = inspection.footnotes[name]
    longer = f"{text} {random.choice(SENTENCES)}"
    inspection.footnotes[name] = longer if random.random() < 0.5 else other(random, NOTES, text)


def remove_footnote(inspection: Inspection, random: Random) -> None:
    """Take a footnote away with its reference."""
    name = random.choice(list(inspection.footnotes))
    del inspection.footnotes[name]
    for model in [value for _, value in walk(inspection) if isinstance(value, BaseModel)]:
        for field in type(model).model_fields:
            text = getattr(model, field)
            if isinstance(text, str) and f"[^{name}]" in text:
                setattr(model, field, text.replace(f"[^{name}]", ""))


def add_bold(inspection: Inspection, random: Random) -> None:
    """Set a word or three in bold."""
    change_match(inspection, random, random.choice([WORD, THREE_WORDS]), "**{}**".format)


def remove_italic(inspection: Inspection, random: Random) -> None:
    """Set a word that was in italics upright."""
    piece = random.choice([piece for piece in pieces(inspection) if ITALIC.search(words_of(piece))])
    piece.text = ITALIC.sub(r"\1", words_of(piece), count=1)


def add_link(inspection: Inspection, random: Random) -> None:
    """Link words that are there, or words put after a word."""
    words, address = random.choice(LINKS)
    if random.random() < 0.5:
        change_match(inspection, random, THREE_WORDS, lambda found: f"[{found}]({address})")
    else:
        change_match(inspection, random, WORD, lambda found: f"{found} (see [{words}]({address}))")


def change_link(inspection: Inspection, random: Random) -> None:
    """Give a link another address or other words."""
    piece = random.choice([piece for piece in pieces(inspection) if LINK.search(words_of(piece))])
    found = random.choice(list(LINK.finditer(words_of(piece))))
    words, address = found[1], found[2]
    if random.random() < 0.5:
        words = other(random, [link[0] for link in LINKS], words)
    else:
        address = other(random, [link[1] for link in LINKS], address)
    piece.text = replaced(words_of(piece), found, f"[{words}]({address})")


# Case studies.


def add_study(inspection: Inspection, random: Random) -> None:
    """Add a case study of two paragraphs."""
    text = rejoined([random.sample(SENTENCES, 3), random.sample(SENTENCES, 2)])
    study = CaseStudy(
        id=fresh(inspection), type=random.choice([CaseType.HIGHLY_EFFECTIVE, CaseType.IMPROVEMENT]), text=text
    )
    inspection.case_studies.insert(random.randrange(len(inspection.case_studies) + 1), study)


def change_study(inspection: Inspection, random: Random) -> None:
    """Change the title or a sentence of a case study."""
    study = random.choice(inspection.case_studies)
    if random.random() < 0.3:
        study.title = other(random, HEADINGS, study.title)
        return
    paragraphs = sentences(study.text)
    paragraph = random.choice(paragraphs)
    paragraph[random.randrange(len(paragraph))] = random.choice(SENTENCES)
    study.text = rejoined(paragraphs)


def remove_study(inspection: Inspection, random: Random) -> None:
    """Take a case study away."""
    inspection.case_studies.pop(random.randrange(len(inspection.case_studies)))


# The table of areas for priority action.


def add_row(inspection: Inspection, random: Random) -> None:
    """Add an area for priority action to the table."""
    entries = random.choice(priority_lists(inspection))
    new = like(priorities(entries)[0], fresh(inspection), random)
    entries.insert(random.randrange(len(entries) + 1), new)


def remove_row(inspection: Inspection, random: Random) -> None:
    """Take an area for priority action out of the table."""
    entries = random.choice(priority_lists(inspection, 2))
    gone = random.choice(priorities(entries))
    entries.remove(gone)
    forget(inspection, gone.id)


def change_row(inspection: Inspection, random: Random) -> None:
    """Change the body or the words in a row of the table."""
    if random.random() < 0.5:
        retarget(inspection, random)
        return
    row = random.choice(priorities(random.choice(priority_lists(inspection))))
    piece = row if row.text else row.points[0]
    piece.text = f"{piece.text} {random.choice(SENTENCES)}"


# People.


def change_signatory(inspection: Inspection, random: Random) -> None:
    """Change the name, the honours or the title of a signatory."""
    signatory = random.choice(inspection.signatories)
    match random.choice(["name", "honours", "title"]):
        case "name":
            signatory.name = other(random, NAMES, signatory.name)
        case "honours":
            signatory.honours = other(random, ["OBE", "CBE", None], signatory.honours)
        case _:
            signatory.title = [*signatory.title, random.choice(ROLES)]


def add_signatory(inspection: Inspection, random: Random) -> None:
    """Let somebody sign for an inspectorate that had nobody."""
    name = random.choice(unsigned(inspection))
    signatory = Signatory(inspectorate=name, name=random.choice(NAMES), title=[random.choice(ROLES)])
    inspection.signatories.insert(random.randrange(len(inspection.signatories) + 1), signatory)


def remove_signatory(inspection: Inspection, random: Random) -> None:
    """Take a signatory away."""
    inspection.signatories.pop(random.randrange(len(inspection.signatories)))


def change_addressee(inspection: Inspection, random: Random) -> None:
    """Change the name, the role, the qualifier or the address of an addressee."""
    addressee = random.choice(inspection.addressees)
    match random.choice(["name", "role", "qualifier", "address"]):
        case "name":
            addressee.name = other(random, NAMES, addressee.name)
        case "role":
            addressee.role = other(random, ROLES, addressee.role)
        case "qualifier":
            addressee.qualifier = other(random, ["Interim", "Acting", None], addressee.qualifier)
        case _:
            addressee.postal_address = ["Second Floor", *addressee.postal_address]


def add_addressee(inspection: Inspection, random: Random) -> None:
    """Address the letter to one person more."""
    role, address = random.choice(ROLES), ["County Offices", "Station Road", "ZZ9 9ZZ"]
    new = Addressee(name=random.choice(NAMES), role=role, postal_address=address)
    inspection.addressees.insert(random.randrange(len(inspection.addressees) + 1), new)


def remove_addressee(inspection: Inspection, random: Random) -> None:
    """Address the letter to one person less."""
    inspection.addressees.pop(random.randrange(len(inspection.addressees)))


def drop_inspectorate(inspection: Inspection, random: Random) -> None:
    """Let an inspectorate take no part: its logo and its signatory go."""
    gone = random.choice([name for name in inspection.inspectorates if name != inspection.lead])
    inspection.inspectorates.remove(gone)
    staying = [signatory for signatory in inspection.signatories if signatory.inspectorate != gone]
    inspection.signatories = staying
    if not staying:
        add_signatory(inspection, random)


# The letter as a whole.


def change_standing(inspection: Inspection, random: Random) -> None:
    """Give a standing paragraph other words, or leave it out."""
    options = [(name, text) for name, texts in STANDING.items() for text in texts]
    name, text = random.choice([option for option in options if inspection.wording.get(option[0], "") != option[1]])
    inspection.wording[name] = text


def change_date(inspection: Inspection, random: Random) -> None:
    """Date the letter some days later."""
    inspection.dates.letter += timedelta(days=random.randint(1, 20))


def raise_version(inspection: Inspection, random: Random) -> None:
    """Count the version one up."""
    inspection.version += 1


def change_stage(inspection: Inspection, random: Random) -> None:
    """Take the letter to another stage."""
    inspection.stage = other(random, list(Stage), inspection.stage)


def change_everything(inspection: Inspection, random: Random) -> None:
    """Make an edit of every other kind, in any order."""
    others = [kind for kind in KINDS if kind != "everything_at_once"]
    for kind in random.sample(others, len(others)):
        for need in EDITS[kind].needs:
            need(inspection)
        EDITS[kind].change(inspection, random)
        drop_lost_footnotes(inspection)


EDITS = {
    "one_word": Edit(change_word),
    "three_words_in_a_row": Edit(change_three_words),
    "sentence_added": Edit(add_sentence),
    "sentence_removed": Edit(remove_sentence),
    "sentence_rewritten": Edit(rewrite_sentence),
    "paragraph_added_in_finding": Edit(add_paragraph),
    "finding_added": Edit(add_finding),
    "finding_removed": Edit(remove_finding),
    "finding_moved": Edit(move_finding),
    "finding_moved_between_lists": Edit(move_between_lists, (need_priorities,)),
    "finding_split": Edit(split_finding),
    "findings_joined": Edit(join_findings),
    "point_added": Edit(add_point),
    "point_removed": Edit(remove_point, (need_points,)),
    "points_reordered": Edit(reorder_points, (need_points,)),
    "retargeted": Edit(retarget, (need_table,)),
    "reprioritised": Edit(change_priority, (need_priorities,)),
    "renumbered": Edit(renumber, (need_draft,)),
    "heading_changed": Edit(change_heading, (need_group,)),
    "section_added": Edit(add_section),
    "layout_changed": Edit(change_layout, (need_two_signatories,)),
    "footnote_added": Edit(add_footnote),
    "footnote_changed": Edit(change_footnote, (need_footnote,)),
    "footnote_removed": Edit(remove_footnote, (need_footnote,)),
    "bold_added": Edit(add_bold),
    "italic_removed": Edit(remove_italic, (need_italic,)),
    "link_added": Edit(add_link),
    "link_changed": Edit(change_link, (need_link,)),
    "case_study_added": Edit(add_study),
    "case_study_changed": Edit(change_study, (need_study,)),
    "case_study_removed": Edit(remove_study, (need_study,)),
    "table_row_added": Edit(add_row, (need_table,)),
    "table_row_removed": Edit(remove_row, (need_table,)),
    "table_row_changed": Edit(change_row, (need_table,)),
    "signatory_changed": Edit(change_signatory),
    "signatory_added": Edit(add_signatory, (need_missing_signatory,)),
    "signatory_removed": Edit(remove_signatory, (need_two_signatories,)),
    "addressee_changed": Edit(change_addressee),
    "addressee_added": Edit(add_addressee),
    "addressee_removed": Edit(remove_addressee, (need_two_addressees,)),
    "inspectorate_dropped": Edit(drop_inspectorate, (need_two_inspectorates,)),
    "standing_wording_changed": Edit(change_standing),
    "date_changed": Edit(change_date, (need_draft,)),
    "version_raised": Edit(raise_version, (need_draft,)),
    "stage_changed": Edit(change_stage),
    "everything_at_once": Edit(change_everything),
}
KINDS: tuple[str, ...] = tuple(EDITS)
