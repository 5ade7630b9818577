"""What a rule looks at: the inspection, its letter, the house's words, and every text with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from pydantic import BaseModel

from letters.checks.agreed_wording import AgreedWording
from letters.checks.issue import Path
from letters.document import markdown
from letters.document.blocks import Block, Document, Heading, Item, Paragraph, Runs, plain
from letters.document.walk import every_block, words
from letters.findings.area import Agency, AgencyType
from letters.findings.finding import Finding, Recommendation, recommendations_of
from letters.findings.inspection import Inspection
from letters.findings.parsing import dotted
from letters.findings.references import walk
from letters.houses.house import HouseWords

PROSE_FIELDS = ("text", "impact", "lead_in", "heading", "introduction", "title", "subtitle", "pseudonym_note")
SENTENCE_END = re.compile(r"(?<=[.!?])[’”')\]]*\s+(?=[‘“'(\[]?[A-Z0-9])")
NOT_AN_END = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|No|Prof|vs|pp?|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the inspection: where it stands, its section, and its words without their looks."""

    path: Path
    section: str
    raw: str
    words: str
    finding: str

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return sentences(self.words)


@dataclass
class Written:
    """What people wrote, before the rules that every document has to keep."""

    document: Document | None
    """The letter or report, or None where it cannot be composed: rules that need it are then not asked."""
    house_words: HouseWords

    @cached_property
    def texts(self) -> list[Text]:
        """Every text that people wrote, in the order of the file."""
        return list(self._texts())

    def _texts(self) -> Iterator[Text]:
        raise NotImplementedError

    @cached_property
    def letter(self) -> str:
        """The words of the whole document."""
        return " ".join(words(self.document)) if self.document else ""


@dataclass
class CheckContext(Written):
    """One inspection before the rules."""

    inspection: Inspection
    standing: Mapping[str, str] = field(default_factory=dict)
    """The words of the standing paragraphs as their template has them, by block; of those alone that are worded anew."""
    agreed: Sequence[AgreedWording] = ()
    """Wordings of standing paragraphs that the lead has agreed to for more than one letter."""
    agencies: dict[str, Agency] = field(init=False)

    def __post_init__(self) -> None:
        self.agencies = {agency.id: agency for agency in self.inspection.agencies}

    @cached_property
    def values(self) -> list[tuple[Path, Any]]:
        """Every model and every plain value of the inspection with its place."""
        return list(walk(self.inspection))

    def _texts(self) -> Iterator[Text]:
        ids: dict[Path, str] = {}
        for path, value in self.values:
            if isinstance(value, BaseModel):
                ids[path] = str(getattr(value, "id", "") or "")
            elif isinstance(value, str) and is_prose(path):
                is_boxed = path[0] == "case_studies" and path[-1] == "text"
                spoken = " ".join(map(plain, runs_of_study(value) if is_boxed else markdown.paragraphs(value)))
                yield Text(path, section_of(path), value, spoken, finding_of(path, ids))

    def in_section(self, *sections: str) -> Iterator[Text]:
        """Yield the texts of some sections."""
        return (text for text in self.texts if text.section in sections)

    @cached_property
    def recommendations(self) -> list[tuple[Path, Recommendation]]:
        """Every recommendation with its place."""
        return [(path, value) for path, value in self.values if isinstance(value, Recommendation)]

    @cached_property
    def strengths(self) -> list[tuple[Path, Finding]]:
        """Every strength with its place."""
        found = ((path, value) for path, value in self.values if isinstance(value, Finding))
        return [(path, value) for path, value in found if path[0] == "strengths"]

    @cached_property
    def places(self) -> set[str]:
        """The words that the area and its agencies go by."""
        names = [
            self.inspection.area.name,
            self.inspection.area.legal or "",
            *(a.name for a in self.inspection.agencies),
        ]
        return {word for name in names for word in name.split()}

    @cached_property
    def names_of_bodies(self) -> list[str]:
        """The names of the area, its partnership, its agencies and of what its addressees lead."""
        found = self.inspection
        return [
            *filter(None, (found.area.name, found.area.short, found.area.legal, found.partnership.name)),
            *(agency.name for agency in found.agencies),
            *(addressee.organisation for addressee in found.addressees if addressee.organisation),
        ]

    @cached_property
    def people(self) -> list[str]:
        """The names that the letter itself prints: its addressees and signatories."""
        found = self.inspection
        signing = (person.name for person in found.signatories if person.name)
        return [*(person.name for person in found.addressees), *signing]

    @property
    def has_recommendations(self) -> bool:
        """Whether there is any recommendation."""
        return next(recommendations_of(self.inspection.recommendations), None) is not None


def words_of_block(block: Block) -> str:
    """Return the words of a block that has runs, without looks."""
    return " ".join(plain(block.runs).split()) if isinstance(block, Heading | Paragraph | Item) else ""


def standing_words(document: Document | None) -> dict[str, str]:
    """Return the words of a letter by block."""
    if document is None:
        return {}
    notes = {note.id: " ".join(plain(note.runs).split()) for note in document.notes}
    return {block.id: words_of_block(block) for block in every_block(document.blocks)} | notes


def is_prose(path: Path) -> bool:
    """Say whether a value at `path` is prose that the letter prints."""
    return (
        (path[-1] in PROSE_FIELDS and len(path) > 1)
        or path[0] in ("footnotes", "wording")
        or path == ("round", "context")
    )


def section_of(path: Path) -> str:
    """Return the section that a text belongs to."""
    return str(path[0])


def finding_of(path: Path, ids: dict[Path, str]) -> str:
    """Return the id of the finding that a place belongs to, or its field where it belongs to none."""
    for length in range(len(path), 0, -1):
        if ids.get(path[:length]):
            return ids[path[:length]]
    return dotted(path)


def runs_of_study(text: str) -> list[Runs]:
    """Return the paragraphs and entries of lists of a case study's text."""
    return [markdown.boxed(part)[1] for part in markdown.boxed_parts(text)]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; an abbreviation's full stop ends none."""
    return [*kept_sentences(text)]


@lru_cache(maxsize=4096)
def kept_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, which many rules ask for."""
    found: list[str] = []
    held = ""
    for part in SENTENCE_END.split(text):
        held = f"{held} {part}".strip()
        if not NOT_AN_END.search(held):
            found.append(held)
            held = ""
    return (*found, held) if held else tuple(found)


def count_words(text: str) -> int:
    """Return the number of words, a number or a hyphenated word as one; a lone dash is none."""
    return sum(1 for word in text.split() if any(character.isalnum() for character in word))


def recommendation_words(recommendation: Recommendation) -> str:
    """Return everything a recommendation says."""
    points = [point.text for point in recommendation.points]
    return " ".join(filter(None, (recommendation.lead_in, recommendation.text, *points)))


def synonyms_of(name: str, abbreviation: str | None, kind: AgencyType) -> list[str]:
    """Return the words that a finding may mean an agency by, in lower case."""
    general = {
        AgencyType.POLICE: ["police", "constabulary", "officers"],
        AgencyType.LOCAL_AUTHORITY: ["local authority", "council", "children’s social care", "social workers"],
        AgencyType.CHILDRENS_SOCIAL_CARE: ["children’s social care", "social workers", "children’s services"],
        AgencyType.HEALTH_COMMISSIONER: ["icb", "ccg", "integrated care board", "clinical commissioning", "health"],
        AgencyType.HEALTH_PROVIDER: ["hospital", "health", "nhs", "midwi", "nurse"],
        AgencyType.PROBATION: ["probation", "crc", "nps", "rehabilitation company"],
        AgencyType.YOUTH_JUSTICE: ["youth justice", "youth offending", "yjs", "yot", "yos"],
        AgencyType.EDUCATION: ["school", "education"],
        AgencyType.PCC: ["police and crime commissioner", "pcc"],
        AgencyType.SAFEGUARDING_PARTNERSHIP: [
            "safeguarding partnership",
            "safeguarding partners",
            "safeguarding children",
            "lscb",
            "the board",
            "partnership",
        ],
    }
    return [name.lower(), *([abbreviation.lower()] if abbreviation else []), *general.get(kind, [])]
