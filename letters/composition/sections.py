"""The sections of a letter as its template meets them: parts, headings, and what follows each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from letters.composition.slots import Shown
from letters.composition.template import FormData
from letters.composition.values import BodiesValue, FindingsValue, ProseValue, StudyTextValue, Titled
from letters.findings.finding import CaseStudy, Finding, FindingGroup, Recommendation, RecommendationGroup, Scope
from letters.findings.inspection import ExtraSection, Inspection
from letters.findings.switches import RecommendationMode
from letters.houses.words import capital, listed

Entry = Finding | Recommendation | FindingGroup | RecommendationGroup


@dataclass(slots=True)
class Study(Shown):
    """A case study with the title that it is printed under."""

    title: Titled
    subtitle: Titled | None
    text: StudyTextValue
    note: ProseValue | None


@dataclass(slots=True)
class Part(Shown):
    """Findings that stand together, under a heading of their own or none, and the case studies after them."""

    heading: Titled | None
    introduction: ProseValue | None
    findings: FindingsValue
    bodies: BodiesValue
    """The bodies responsible for each of its recommendations."""
    studies: list[Study] = field(default_factory=list)


@dataclass(slots=True)
class Section(Shown):
    """A section of the letter; `count` is the number of its findings."""

    name: str
    heading: str
    parts: list[Part]
    count: int
    studies: list[Study] = field(default_factory=list)
    """The case studies at its end."""
    extras: list["Section"] = field(default_factory=list)
    """The sections of the inspection's own that follow it."""
    bullets: bool = False
    """Whether its findings are set as bullets."""
    table: bool = False
    """Whether its findings are set as a table with the responsible bodies."""
    in_paragraphs: bool = False
    """Whether its findings are set as paragraphs and not as bullets."""
    nil: bool = False
    """Whether the letter says that there are none."""

    @property
    def followed(self) -> bool:
        """Whether a case study or a section of the inspection's own follows it."""
        return bool(self.studies or self.extras)


class SectionMaker:
    """Makes the sections of one inspection's letter."""

    def __init__(self, inspection: Inspection, form: FormData) -> None:
        self._inspection, self._form = inspection, form
        self._studies: dict[str, list[CaseStudy]] = {}
        for study in inspection.case_studies:
            place = self._place(study.after or form.case_studies_after[study.type])
            self._studies.setdefault(place, []).append(study)
        self._extras: dict[str, list[ExtraSection]] = {}
        for extra in inspection.sections:
            self._extras.setdefault(self._place(extra.after), []).append(extra)

    def _place(self, section: str) -> str:
        """Return the section that stands for another where recommendations are one list, or are not."""
        if self._inspection.switches.recommendation_mode is RecommendationMode.SINGLE_LIST:
            return "recommendations" if section in ("priority", "improvement") else section
        return "improvement" if section == "recommendations" else section

    def section(
        self,
        name: str,
        entries: Iterable[Entry],
        heading: Callable[[int], str] = lambda count: "",
        belongs: Callable[[Finding | Recommendation], bool] = lambda finding: True,
    ) -> Section:
        """Return a section of those entries that belong to it, and everything that follows it."""
        parts = list(self._parts(name, entries, belongs))
        count = sum(len(part.findings.findings) for part in parts)
        studies = [self._study(study) for study in self._studies.get(name, ())]
        extras = [self._extra(extra) for extra in self._extras.get(name, ())]
        return Section(name, heading(count), parts, count, studies, extras)

    def _extra(self, extra: ExtraSection) -> Section:
        section = self.section(extra.id, extra.items, lambda _: extra.heading or "")
        section.bullets = extra.bullets
        return section

    def _parts(
        self, name: str, entries: Iterable[Entry], belongs: Callable[[Finding | Recommendation], bool]
    ) -> Iterator[Part]:
        """Yield the parts of a section: each group is one, and so is each run of entries between groups."""
        loose: list[Finding | Recommendation] = []
        for entry in entries:
            if not isinstance(entry, FindingGroup | RecommendationGroup):
                loose += [entry] if belongs(entry) else []
                continue
            yield from self._split(name, loose)
            loose = []
            yield from self._group(name, entry, belongs)
        yield from self._split(name, loose)

    def _group(
        self,
        name: str,
        group: FindingGroup | RecommendationGroup,
        belongs: Callable[[Finding | Recommendation], bool],
    ) -> Iterator[Part]:
        parts = list(self._split(name, [item for item in group.items if belongs(item)]))
        if parts:
            source = parts[0].findings.findings[0].id
            parts[0].heading = Titled(self._heading(group), (f"{source}.heading",))
            if group.introduction and source == group.items[0].id:
                parts[0].introduction = ProseValue(f"{source}.introduction", group.introduction, source)
        yield from parts

    def _heading(self, group: FindingGroup | RecommendationGroup) -> str:
        if group.scope is Scope.DEEP_DIVE and not group.heading:
            return capital(self._inspection.round.deep_dive or self._form.scopes[group.scope])
        return group.heading or (self._form.scopes[group.scope] if group.scope else "")

    def _split(self, name: str, findings: Sequence[Finding | Recommendation]) -> Iterator[Part]:
        """Yield findings as one part, or as more where a case study follows one of them."""
        held: list[Finding | Recommendation] = []
        for finding in findings:
            held.append(finding)
            if finding.id in self._studies:
                yield self._part(name, held, [self._study(study) for study in self._studies[finding.id]])
                held = []
        if held:
            yield self._part(name, held, [])

    def _part(self, name: str, findings: list[Finding | Recommendation], studies: list[Study]) -> Part:
        bodies = [(item.id, self._bodies(item)) for item in findings if isinstance(item, Recommendation)]
        return Part(None, None, FindingsValue(name, findings), BodiesValue(bodies), studies)

    def _bodies(self, recommendation: Recommendation) -> str:
        if recommendation.target == "partnership":
            return self._inspection.partnership.name
        names = {agency.id: agency.name for agency in self._inspection.agencies}
        return listed([names[agency] for agency in recommendation.target])

    def _study(self, study: CaseStudy) -> Study:
        title = study.title or self._form.case_studies[study.type]
        note = study.pseudonym_note
        return Study(
            Titled(title, (f"{study.id}.title",)),
            Titled(study.subtitle, (f"{study.id}.subtitle",)) if study.subtitle else None,
            StudyTextValue(study.id, study.text),
            ProseValue(f"{study.id}.pseudonym_note", note, study.id) if note else None,
        )
