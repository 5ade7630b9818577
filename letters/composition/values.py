"""The values that a letter's template names: findings, prose, headings, addressees and signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.composition.slots import Group, Inline, SkeletonBlock, remade
from letters.document import markdown
from letters.document.blocks import Block, Box, Figure, Item, Paragraph, Run, Runs, Sources
from letters.findings.addressees import Addressee, Signatory
from letters.findings.finding import Finding, Point, Recommendation
from letters.houses.words import unbroken

LONGEST_FILE_NAME = 100
"""Letters of a picture's name: file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class Titled(Inline):
    """Words of an inspection within a line of the template, such as a group's heading."""

    text: str
    sources: Sources = ()

    def runs(self) -> Runs:
        return (Run(self.text),)

    def origins(self) -> Sources:
        return self.sources


@dataclass(frozen=True, slots=True)
class Linked(Inline):
    """Words that lead somewhere."""

    text: str
    address: str

    def runs(self) -> Runs:
        return (Run(self.text, link=self.address),)


@dataclass(frozen=True, slots=True)
class ProseValue(Group):
    """Paragraphs of the small Markdown, under one name and one source."""

    name: str
    text: str
    source: str

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for number, runs in enumerate(markdown.paragraphs(self.text), start=1):
            name = numbered(self.name, number)
            yield remade(form, name, runs, (self.source,))


@dataclass(frozen=True, slots=True)
class StudyTextValue(Group):
    """The text of a case study: paragraphs and lists."""

    study: str
    text: str

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        name = f"{self.study}.text"
        for number, (is_entry, runs) in enumerate(map(markdown.boxed, markdown.boxed_parts(self.text)), start=1):
            if is_entry:
                yield Item(numbered(name, number), runs, name, sources=(self.study,))
            else:
                yield remade(form, numbered(name, number), runs, (self.study,))


@dataclass(frozen=True, slots=True)
class FindingsValue(Group):
    """Findings or recommendations of one section, set as the template sets the line they stand on."""

    section: str
    findings: Sequence[Finding | Recommendation]

    def members(self) -> Sequence[Group]:
        return [FindingsValue(self.section, [finding]) for finding in self.findings]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for finding in self.findings:
            if isinstance(finding, Recommendation) and finding.lead_in:
                yield from lead_in(finding, form)
            if finding.text:
                yield from text_of(finding, form, self.section)
            yield from points_of(finding, form, self.section)


def lead_in(finding: Recommendation, form: SkeletonBlock) -> Iterator[Block]:
    """Yield the paragraphs before a recommendation."""
    role = form.role if isinstance(form, Paragraph) else "body"
    for number, runs in enumerate(markdown.paragraphs(finding.lead_in or ""), start=1):
        yield Paragraph(numbered(f"{finding.id}.lead_in", number), runs, role, (finding.id,))


def text_of(finding: Finding | Recommendation, form: SkeletonBlock, section: str) -> Iterator[Block]:
    """Yield the paragraphs of a finding's text, its impact at the end of the last one."""
    texts = markdown.paragraphs(finding.text or "")
    if isinstance(finding, Finding) and finding.impact:
        texts[-1] = (*texts[-1], Run(" "), *markdown.inline(finding.impact))
    for number, runs in enumerate(texts, start=1):
        name = numbered(f"{finding.id}.text", number)
        if isinstance(form, Item):
            yield Item(name, runs, section, form.level, form.ordered, number > 1, (finding.id,))
        elif isinstance(form, Paragraph):
            yield Paragraph(name, runs, form.role, (finding.id,))


def points_of(finding: Finding | Recommendation, form: SkeletonBlock, section: str) -> Iterator[Block]:
    """Yield a finding's points: below its bullet, or as bullets of their own where there is none."""
    level = form.level + 1 if isinstance(form, Item) and finding.text else 1
    for place, point in enumerate(finding.points, start=1):
        yield from point_blocks(point, f"{finding.id}.points.{place}", finding.id, level, section)


def point_blocks(point: Point, name: str, source: str, level: int, section: str) -> Iterator[Item]:
    """Yield the paragraphs of one point."""
    for number, runs in enumerate(markdown.paragraphs(point.text), start=1):
        yield Item(numbered(name, number), runs, section, level, continues=number > 1, sources=(source,))


def numbered(name: str, number: int) -> str:
    """Name the first block by the field itself, each further one by its number too."""
    return name if number == 1 else f"{name}.{number}"


@dataclass(frozen=True, slots=True)
class BodiesValue(Group):
    """The bodies that should act on each recommendation: the recommendation's id, and their names in words."""

    bodies: Sequence[tuple[str, str]]

    def members(self) -> Sequence[Group]:
        return [BodiesValue([body]) for body in self.bodies]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for source, body in self.bodies:
            yield remade(form, f"{source}.target", (Run(body),), (source,))


@dataclass(frozen=True, slots=True)
class AddresseesValue(Group):
    """Whom the letter is addressed to, a line each."""

    addressees: Sequence[Addressee]

    def members(self) -> Sequence[Group]:
        return [AddresseesValue([addressee]) for addressee in self.addressees]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for addressee in self.addressees:
            runs = (Run(addressee_line(addressee)),)
            yield remade(form, f"{addressee.id}.line", runs, (addressee.id,))


@dataclass(frozen=True, slots=True)
class RecipientsValue(Group):
    """Where the letter is sent: each recipient's postal and web address, a line each."""

    addressees: Sequence[Addressee]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for addressee in self.addressees:
            place = ", ".join((addressee.organisation or addressee.role or addressee.name, *addressee.postal_address))
            words = "; ".join(filter(None, (place, addressee.website)))
            yield Item(f"{addressee.id}.address", (Run(words),), "recipients", sources=(addressee.id,))


def addressee_line(addressee: Addressee) -> str:
    """Return an addressee as one line: name and honours, role, organisation."""
    name = " ".join(filter(None, (unbroken(addressee.name), addressee.honours)))
    role = " ".join(filter(None, (addressee.qualifier, addressee.role)))
    order = (role, addressee.organisation, name) if addressee.role_first else (name, role, addressee.organisation)
    return ", ".join(filter(None, order))


@dataclass(frozen=True, slots=True)
class SignaturesValue(Group):
    """The signatures, each a box of its own: the inspectorate's name where the form prints it, name and title."""

    signatories: Sequence[Signatory]
    names: Sequence[str]
    """What the form prints above each signature; empty where it prints nothing."""

    def members(self) -> Sequence[Group]:
        return [
            SignaturesValue([signatory], [name]) for signatory, name in zip(self.signatories, self.names, strict=True)
        ]

    def blocks(self, form: SkeletonBlock) -> Iterator[Block]:
        for signatory, name in zip(self.signatories, self.names, strict=True):
            source = f"signatory.{signatory.inspectorate}"
            yield Box(source, tuple(signature(signatory, name, source)), "signatory", (source,))


def signature(signatory: Signatory, inspectorate: str, source: str) -> Iterator[Block]:
    """Yield the blocks of one signature."""
    if inspectorate:
        yield Paragraph(f"{source}.inspectorate", (Run(inspectorate),), "signatory-inspectorate", (source,))
    image = f"signatures/{slug(signatory.name or signatory.inspectorate)}"
    alt = f"Signature of {signatory.name}" if signatory.name else "Signature"
    yield Figure(f"{source}.image", image, alt, "signature", (source,))
    if signatory.name:
        name = " ".join(filter(None, (unbroken(signatory.name), signatory.honours)))
        yield Paragraph(f"{source}.name", (Run(name),), "signatory-name", (source,))
    for number, line in enumerate(signatory.title, start=1):
        yield Paragraph(numbered(f"{source}.title", number), (Run(line),), "signatory-title", (source,))


def slug(words: str) -> str:
    """Return words as a file name: lower case, letters and digits joined by hyphens."""
    kept = "".join(character if character.isalnum() else " " for character in words.lower())
    return "-".join(kept.split())[:LONGEST_FILE_NAME]
