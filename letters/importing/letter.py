"""An older letter as it was read -> the data of an inspection file, with what the importer was not sure of."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from letters.composition import letter
from letters.document import markdown
from letters.document.blocks import Document, Heading, Paragraph, Runs, plain
from letters.document.walk import every_block, texts
from letters.errors import LettersError
from letters.findings.inspection import Inspection
from letters.findings.references import SECTIONS
from letters.houses.house import House
from letters.houses.words import day as as_words
from letters.houses.words import listed
from letters.importing import facts
from letters.importing.entries import Sections
from letters.importing.parts import Parts, SectionPart, taken_apart
from letters.importing.people import addressee, addressee_lines, give_addresses, inspectors, is_name, signatories
from letters.importing.source import Kind, Source, SourceBlock, carriable, normal, with_notes_once
from letters.importing.standing import Wording, standing_paragraphs, worded

Path = tuple[str | int, ...]
NEW_FORM = date(2022, 1, 1)
"""The day from which joint letters have the form of 2022."""
USUAL_WAIT = timedelta(days=34)
"""From the last day of fieldwork to the letter, where only one of them is known."""
NO_DAY = date(2000, 1, 1)
STANDING_NOTES = {"legal-basis": "opening", "regulations": "principal-authority"}
"""The template's footnotes, and the standing paragraph that refers to each."""
NOTHING_URGENT = re.compile(
    r"^(?:(?:we|inspectors|the inspectorates?)\b.{0,40}|there (?:are|were) )?"
    r"\bno (?:areas?|priority|urgent|such)\b.{0,80}$",
    re.IGNORECASE,
)
LABELS = ("areas for development", "areas for improvement", "what needs to improve?", "recommendations")
WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


@dataclass
class Imported:
    """The data of an inspection file, made of an older letter."""

    data: dict[str, Any]
    doubts: list[tuple[Path, str]] = field(default_factory=list)
    """What the importer was not sure of, by the place in the data."""
    left: list[str] = field(default_factory=list)
    """Sentences of the letter that have no place in the data."""
    remarks: list[str] = field(default_factory=list)
    """Tracked changes and comments that the file held."""


def imported(source: Source, house: House) -> Imported:
    """Return an older letter as the data of an inspection file; raises LettersError where it is no letter at all."""
    source = with_notes_once(carriable(source))
    if not source.blocks:
        raise LettersError("there are no words in it. Give a letter with text.")
    importer = Importer(source, taken_apart(source.blocks), house)
    return importer.imported()


class Importer:
    """Makes the data of one letter, field by field."""

    def __init__(self, source: Source, parts: Parts, house: House) -> None:
        self._source, self._parts, self._house = source, parts, house
        self._opening = " ".join(block.text for block in parts.opening)
        self._all = " ".join(block.text for block in source.blocks)
        self._sections = Sections()
        self.doubts: list[tuple[Path, str]] = []

    def imported(self) -> Imported:
        """Return the letter as data."""
        data = self._facts()
        self._take_sections(data)
        self._take_team(data)
        self._day = data["dates"]["letter"]
        data["next_steps"] = self._next_steps()
        data = in_order(data)
        self._word(data)
        self._doubt_headings(data)
        left = self._left(data)
        return Imported(in_order(data), self.doubts, left, self._source.remarks)

    def _doubt(self, path: Path, what: str) -> None:
        self.doubts.append((path, what))

    # The facts of the letter.

    def _take_team(self, data: dict[str, Any]) -> None:
        """Take the sentence that names the inspectors of a single-agency letter for what it is."""
        for block in self._parts.opening:
            if data["kind"] == "single_agency" and (found := facts.TEAM.match(block.text)):
                team = inspectors(found[1])
                if normal(listed(team)) == normal(found[1]):
                    data["inspectors"] = team

    def _facts(self) -> dict[str, Any]:
        title = self._parts.title.text if self._parts.title else ""
        dates = self._dates()
        area = facts.area_in(title, self._opening)
        if not area:
            area = "Unknown area"
            self._doubt(("area", "name"), "the letter’s title names no area; write it")
        response = facts.response_in(title, self._opening)
        theme = facts.theme_of(response) or "the theme of the round"
        if not response:
            self._doubt(("round", "theme"), "the letter does not say its theme in words that are known; write it")
        participants = self._participants(title)
        data: dict[str, Any] = {
            "id": self._identifier(area, dates["letter"]),
            "kind": "single_agency" if participants == ["ofsted"] else "joint",
            "stage": "draft",
            "area": {"name": area},
            "round": {"theme": theme},
            "partnership": self._partnership(area),
            "dates": dates,
            "inspectorates": participants,
        }
        if response and response != f"the multi-agency response to {theme}":
            data["round"]["response"] = response
        if focus := facts.deep_dive_in(self._opening):
            data["round"]["deep_dive"] = focus
        if data["kind"] == "joint":
            data["template"] = "joint-2022" if dates["letter"] >= NEW_FORM else "joint-2016"
        data["addressees"] = self._addressees()
        data["signatories"] = self._signatories(participants)
        return data

    def _identifier(self, area: str, day: date) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", area.lower()).strip("-")[:24] or "letter"
        words = words if words[0].isalpha() else f"a-{words}"
        return f"{words}-{day.year}"

    def _dates(self) -> dict[str, Any]:
        day = facts.day_of_letter(self._parts.day.text) if self._parts.day else None
        period = facts.period_in(self._opening) or facts.period_in(self._all)
        if period is None and day and (period := facts.period_without_year(self._opening, day.year)):
            self._doubt(("dates", "fieldwork"), "the letter gives the days of fieldwork without a year")
        if day is None:
            day = period[1] + USUAL_WAIT if period else NO_DAY
            self._doubt(("dates", "letter"), "the letter bears no date at its beginning; this day is a guess")
        if period is None:
            period = facts.working_week_before(day - USUAL_WAIT)
            self._doubt(("dates", "fieldwork"), "the letter does not say when fieldwork was; these days are a guess")
        if facts.more_periods_in(self._opening):
            self._doubt(("dates", "fieldwork"), "the opening gives more than one period; check which is the fieldwork")
        if day < period[1]:
            self._doubt(("dates", "letter"), "it is before the end of fieldwork; check both")
        return {"fieldwork": {"start": period[0], "end": period[1]}, "letter": day}

    def _participants(self, title: str) -> list[str]:
        signing = " ".join(block.text for block in self._parts.signatures)
        named = facts.inspectorates_in(f"{self._opening} {signing}")
        if "ofsted" not in named:
            named = ["ofsted", *named]
            self._doubt(("inspectorates",), "Ofsted is not named in the opening; it is taken for the lead")
        return named

    def _partnership(self, area: str) -> dict[str, Any]:
        greeting = self._parts.salutation.text if self._parts.salutation else ""
        name, abbreviation = facts.partnership_in(block.text for block in self._source.blocks)
        if not name:
            name = f"{area} Safeguarding Children Partnership"
            self._doubt(
                ("partnership", "name"), "the letter does not name the safeguarding partnership; this is a guess"
            )
        elif name.startswith("Local "):
            name = f"{area} {name}"
            self._doubt(("partnership", "name"), "the letter calls it by a general name; check what it is called")
        found = {"name": name} | ({"abbreviation": abbreviation} if abbreviation else {})
        if said := re.sub(r"^dear\s+", "", greeting, flags=re.IGNORECASE).rstrip(" ,"):
            found["salutation"] = said
        return found

    def _addressees(self) -> list[dict[str, Any]]:
        lines = [line for block in self._parts.addressees for line in addressee_lines(block)]
        if not lines:
            self._doubt(("addressees",), "the letter is addressed to nobody that can be told; write the addressees")
            return [{"name": "Unknown addressee"}]
        people = [addressee(line) for line in lines]
        recipients = self._parts.section("recipients")
        give_addresses(
            people, [block.text for block in recipients.blocks if block.kind is Kind.ENTRY] if recipients else []
        )
        for place, person in enumerate(people):
            if not is_name(person["name"]):
                self._doubt(("addressees", place, "name"), "it does not look like a person’s name; check the line")
            elif "role" not in person:
                self._doubt(("addressees", place), "it says no role; check whether this is one person’s whole line")
        return people

    def _signatories(self, participants: list[str]) -> list[dict[str, Any]]:
        people, rest = signatories(self._parts.signatures, participants)
        if not people:
            self._doubt(("signatories",), "no signature was found below the closing words; write who signs")
            return [{"inspectorate": participants[0], "title": ["Unknown"]}]
        for place, person in enumerate(people):
            if not person.get("name"):
                self._doubt(("signatories", place), "no person’s name was found in this signature")
        for line in rest:
            self._doubt(("signatories",), f"“{line}” could not be told to a signatory")
        return people

    # The findings.

    def _take_sections(self, data: dict[str, Any]) -> None:
        for part in self._parts.sections:
            if part.name not in ("next_steps", "recipients"):
                self._sections.take(part)
        data |= {name: entries for name, entries in self._sections.fields.items() if entries}
        if self._sections.studies:
            data["case_studies"] = self._sections.studies
        self._take_bodies(data)
        switches = self._switches()
        self._nil_statement(data, switches)
        data |= {name: held for name, held in (("switches", switches), ("layout", self._layout())) if held}
        if any(entry.get("target") == "partnership" for _, entry in entries_of(data.get("recommendations", []))):
            what = (
                "recommendations without a body are given to the whole partnership; name the agencies that should act"
            )
            self._doubt(("recommendations",), what)

    def _take_bodies(self, data: dict[str, Any]) -> None:
        """Let each body that a table names be an agency, and the partnership the whole of it."""
        agencies: dict[str, str] = {}
        for path, entry in entries_of(data.get("recommendations", [])):
            body = entry.get("target", "")
            if body in ("", "partnership"):
                continue
            if normal(body) == normal(data["partnership"]["name"]):
                entry["target"] = "partnership"
                continue
            entry["target"] = [agencies.setdefault(body, f"body-{len(agencies) + 1}")]
            if " and " in body:
                self._doubt(("recommendations", *path), "these may be two bodies; list each under `agencies:`")
        if agencies:
            data["agencies"] = [{"id": name, "type": "other", "name": body} for body, name in agencies.items()]
            self._doubt(("agencies",), "they are the bodies of the table; give each its type, and add the others")

    def _switches(self) -> dict[str, Any]:
        """Return the answers that the form of the letter gives: the order of its sections, and what they are called."""
        switches: dict[str, Any] = {}
        order = [name for name in self._parts.order if name in ("strengths", "priority", "improvement")]
        if "strengths" in order and len(order) > 1:
            switches["section_order"] = "strengths_first" if order[0] == "strengths" else "priority_first"
        if "recommendations" in self._parts.order and not {"priority", "improvement"} & set(self._parts.order):
            switches["recommendation_mode"] = "single_list"
        if (label := self._heading("improvement")) in LABELS:
            switches["improvement_label"] = label
        if "urgent" in self._heading("priority"):
            switches["priority_label"] = "urgent action"
        return switches

    def _heading(self, name: str) -> str:
        """Return the heading of a section in small letters; empty where it has none."""
        part = self._parts.section(name)
        return normal(part.heading.text) if part and part.heading else ""

    def _layout(self) -> dict[str, str]:
        """Return how the letter sets what its template leaves open."""
        layout = {}
        if "strengths" in self._sections.in_paragraphs:
            layout["strengths"] = "paragraphs"
        if self._sections.in_paragraphs & {"priority", "improvement", "recommendations"}:
            layout["recommendations"] = "paragraphs"
        if self._sections.in_tables:
            layout["recommendations"] = "table"
        if self._sections.numbered:
            layout["main_findings"] = "numbered"
        elif self._sections.in_bullets:
            layout["main_findings"] = "bullets"
        if any(block.column for block in self._parts.signatures):
            layout["signatures"] = "grid"
        return layout

    def _nil_statement(self, data: dict[str, Any], switches: dict[str, Any]) -> None:
        """Take the sentence that there are no areas for priority action for what it is, and for no recommendation."""
        part = self._parts.section("priority")
        if part and len(part.blocks) == 1 and NOTHING_URGENT.search(part.blocks[0].text):
            switches["nil_priority_statement"] = True
            self._doubt(("switches",), "the only sentence under areas for priority action says that there are none")
            kept = [item for item in data["recommendations"] if is_not_urgent(item)]
            data["recommendations"] = kept
            if not kept:
                del data["recommendations"]

    def _doubt_headings(self, data: dict[str, Any]) -> None:
        """Doubt every heading that opens no section that letters have: it became that of a group."""
        if not self._parts.sections:
            self._doubt((), "no section was recognised by its heading; everything stands in the summary")
        for name, entries in data.items():
            for place, entry in enumerate(entries) if name in SECTIONS and isinstance(entries, list) else ():
                if isinstance(entry, dict) and "items" in entry:
                    what = "no section of letters has this heading; if it opens one, move what is below it there"
                    self._doubt((name, place), what)

    def _next_steps(self) -> dict[str, Any]:
        part = self._parts.section("next_steps") or SectionPart("next_steps", None)
        text = " ".join(block.text for block in part.blocks)
        days, emails = facts.deadlines_in(text), facts.emails_in(text)
        if not days:
            what = "no day for a written statement was found under the next steps; give it if there is one"
            self._doubt(("next_steps",), what)
            return {"statement_required": False}
        authority = facts.principal_authority_in(text)
        if not authority:
            authority = "the local authority"
            what = "the letter does not say plainly who makes the statement"
            self._doubt(("next_steps", "principal_authority"), what)
        found: dict[str, Any] = {"principal_authority": authority, "deadline": days[0]}
        if emails:
            found["email"] = emails[0]
        else:
            self._doubt(("next_steps",), "no address for the statement was found")
        if len(days) > 1 or days[0] < self._day:
            self._doubt(("next_steps", "deadline"), "the next steps give other days, or it is before the letter")
        if len(emails) > 1:
            self._doubt(("next_steps", "email"), f"the next steps also give {', '.join(emails[1:])}")
        return found

    # The template's own words.

    def _word(self, data: dict[str, Any]) -> None:
        """Word the standing paragraphs as the letter has them, and put what is none of theirs into the summary."""
        self._keep_notes(data, {})
        plain_letter = self._composed(data)
        wording: Wording = {}
        opening = standing_paragraphs(plain_letter, "title", "")
        told, rest = worded(opening, self._parts.opening, keeps_rest=True)
        wording |= told
        if rest:
            summary = Sections()
            summary.take(SectionPart("summary", None, rest))
            data["summary"] = summary.fields["summary"]
            for study in summary.studies:
                study["id"] = f"C-{len(data.get('case_studies', [])) + 1:02d}"
                data.setdefault("case_studies", []).append(study)
        steps = self._parts.section("next_steps")
        ours = standing_paragraphs(plain_letter, "next-steps-heading", "closing")
        wording |= worded(ours, steps.blocks if steps else [], keeps_rest=False)[0]
        wording |= self._single_lines(plain_letter)
        noted = {note.id for note in plain_letter.notes}
        self._word_notes(wording, noted, self._keep_notes(data, wording))
        self._name_facts(data, wording)
        if wording:
            data["wording"] = wording

    def _single_lines(self, document: Document) -> Iterator[tuple[str, str | None]]:
        """Yield the wording of title, headings and closing words that are other than the template's."""
        heads = {part.name.replace("_", "-") + "-heading": part.heading for part in self._parts.sections}
        theirs: dict[str, SourceBlock | None] = {**heads, "title": self._parts.title, "closing": self._parts.closing}
        recipients = self._parts.section("recipients")
        introduction = [block for block in recipients.blocks if block.kind is Kind.PARAGRAPH] if recipients else []
        theirs["recipients"] = introduction[0] if introduction else None
        nil = self._parts.section("priority")
        if nil and len(nil.blocks) == 1:
            theirs["nil-statement"] = nil.blocks[0]
        for block in every_block(document.blocks):
            other = theirs.get(block.id)
            if other is None or not isinstance(block, Heading | Paragraph):
                continue
            if normal(plain(block.runs)) != normal(other.text):
                yield block.id, other.text if isinstance(block, Heading) else markdown.source(other.runs).strip()

    def _keep_notes(self, data: dict[str, Any], wording: Wording) -> list[Runs]:
        """Keep each footnote that the data refer to; return the others."""
        said = " ".join(text for _, text in strings_in(data) if text)
        said += " ".join(filter(None, wording.values()))
        kept = {name: runs for name, runs in self._source.footnotes.items() if f"[^{name}]" in said}
        rest = [runs for name, runs in self._source.footnotes.items() if name not in kept]
        if kept:
            data["footnotes"] = {name: markdown.source(runs).strip() for name, runs in kept.items()}
        return rest

    def _word_notes(self, wording: Wording, noted: set[str], rest: list[Runs]) -> None:
        """Word the footnotes of standing paragraphs that stay as the letter has them."""
        for name, paragraph in STANDING_NOTES.items():
            if name in noted and paragraph not in wording and rest:
                wording[name] = markdown.source(rest.pop(0)).strip()

    def _name_facts(self, data: dict[str, Any], wording: Wording) -> None:
        """Let worded paragraphs name the deadline and the address as facts, so that they never grow old."""
        steps = data["next_steps"]
        known = {
            "deadline": as_words(steps["deadline"]) if "deadline" in steps else "",
            "email": steps.get("email", ""),
        }
        for name, text in wording.items():
            for fact, words in known.items():
                if text and words:
                    said = re.escape(words.replace("\u00a0", " ")).replace("\\ ", "\\s")
                    text = re.sub(rf"(?<![\w@.-]){said}(?![\w@])", f"{{{fact}}}", text)
            wording[name] = text

    # The proof.

    def _composed(self, data: dict[str, Any]) -> Document:
        inspection = Inspection.model_validate({**data, "stage": "draft"})
        return letter.compose(inspection, self._house)

    def _left(self, data: dict[str, Any]) -> list[str]:
        """Return the sentences of the letter that the composed one does not have, or not as often."""
        document = self._composed(data)
        composed = bare(" ".join(plain(runs) for runs in texts(document)))
        lines = [line for block in self._source.blocks for line in self._lines(block)]
        lines += [" ".join(plain(runs).split()) for runs in self._source.footnotes.values()]
        parts = [part for line in lines for part in SENTENCE.split(line) if bare(part).strip()]
        said = Counter(bare(part) for runs in texts(document) for part in SENTENCE.split(plain(runs)))
        wanted = Counter(map(bare, parts))
        doubtful = [words for words, count in wanted.items() if said[words] < count]
        whole = bare(" ".join(lines)) if doubtful else ""
        missing = {words for words in doubtful if composed.count(words) < whole.count(words)}
        found = {bare(part): part for part in parts if bare(part) in missing}
        aside = [line for line in self._source.aside if bare(line).strip() and bare(line) not in composed]
        return [part for part in found.values() if not is_numbering(part)] + aside

    def _lines(self, block: SourceBlock) -> list[str]:
        """Return the lines of a paragraph that has a person on each, and any other paragraph as one."""
        is_address = any(block.runs == held.runs for held in self._parts.addressees)
        return addressee_lines(block) if is_address else [block.text]


def is_numbering(part: str) -> bool:
    """Say whether a part of a line is only the number of its paragraph, which the composed letter prints by itself."""
    return bool(re.fullmatch(r"\d{1,3}[.)]", part))


def entries_of(entries: list[dict[str, Any]]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every entry of a section with its place, those in groups too."""
    for place, entry in enumerate(entries):
        if "items" in entry:
            yield from (((place, "items", number), item) for number, item in enumerate(entry["items"]))
        else:
            yield (place,), entry


def is_not_urgent(entry: dict[str, Any]) -> bool:
    """Say whether an entry, or a group, holds something beside areas for priority action."""
    return any(item.get("priority") != "priority" for item in entry.get("items", [entry]))


def bare(words: str) -> str:
    """Return words as a proof compares them: no case and no signs."""
    return f" {' '.join(WORD.findall(normal(words)))} "


def strings_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in plain data with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings_in(part, (*path, key))


def in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return data with the fields in the order of an inspection file."""
    return {name: data[name] for name in Inspection.model_fields if name in data}
