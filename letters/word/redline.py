"""A file with other stories in it: lines with marks laid into the package of the version they lead to."""

import re
from dataclasses import replace
from html import escape

from letters.document.marks import Comment, Mark, Marked
from letters.word.comments import comment_parts
from letters.word.marked import MarkedWriter, Targets, signed
from letters.word.names import (
    CONTENT_TYPES,
    DOCUMENT,
    DOCUMENT_RELATIONSHIPS,
    FOOTNOTES,
    NUMBERING,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIP_NS,
    XML_HEAD,
)
from letters.word.package import archive, member, parse
from letters.word.word_file import Media, WordFile

SECTION = re.compile(rb"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)
BODY = re.compile(rb"(?<=<w:body>).*(?=</w:body>)", re.DOTALL)
ROOT = re.compile(rb"^(.*?<w:(?:hdr|ftr)\b[^>]*>).*(</w:(?:hdr|ftr)>\s*)$", re.DOTALL)
NOTE = re.compile(rb"<w:footnote (?:(?!w:type)[^>])*>.*?</w:footnote>", re.DOTALL)
REFERENCES = re.compile(rb"<w:(?:header|footer)Reference\b[^>]*/>")
OWN = re.compile(rb'<Relationship\b[^>]*Type="[^"]*/(?:hyperlink|image)"[^>]*/>')
NUM = re.compile(rb'<w:num w:numId="(\d+)".*?</w:num>', re.DOTALL)
ABSTRACT = re.compile(rb'<w:abstractNum w:abstractNumId="(\d+)".*?</w:abstractNum>', re.DOTALL)
CONTENT_TYPE = {".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".gif": "image/gif"}


def redline(old: WordFile, new: WordFile, marked: Marked, mark: Mark) -> bytes:
    """Return the package of the new version with the stories that say both; what the old page was is marked too."""
    numbering = united(new.parts[NUMBERING], old.parts.get(NUMBERING, b""))
    base = replace(new, parts={**new.parts, NUMBERING: numbering})
    return with_stories(base, [old], marked, (old, mark))


def with_stories(
    base: WordFile, others: list[WordFile], marked: Marked, before: tuple[WordFile, Mark] | None = None
) -> bytes:
    """Return the package of `base` with the stories of `marked`; `others` lend pictures."""
    writer = MarkedWriter()
    parts = {name: data for name, data in base.parts.items() if not name.startswith("word/media/")}
    media = {key: picture for file in (*others, base) for key, picture in file.media.items()}
    for name, story in marked.stories.items():
        part = part_of(name)
        if part == FOOTNOTES:
            continue
        writer.targets = Targets()
        xml = writer.story(story).encode()
        parts[part] = laid_in(parts[part], xml, sectioned(base, before, writer) if part == DOCUMENT else b"")
        lead(parts, part, writer.targets, media)
    writer.targets = Targets()
    held = {name.removeprefix("note:"): story for name, story in marked.stories.items() if name.startswith("note:")}
    notes = {number: writer.story(story) for number, story in held.items()}
    notes |= {copy: writer.story(held[number]) for copy, number in writer.copies.items() if number in held}
    if notes:
        parts[FOOTNOTES] = with_notes(parts[FOOTNOTES], notes)
        lead(parts, FOOTNOTES, writer.targets, media)
    if marked.comments:
        add_comments(parts, marked.comments)
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            parse(data, name)
    return archive(member(name, data) for name, data in parts.items())


def add_comments(parts: dict[str, bytes], comments: tuple[Comment, ...]) -> None:
    """Put the parts of comments into a package, with their relationships and content types."""
    rows = types = ""
    for name, (data, kind, content_type) in comment_parts(comments).items():
        parts[name] = data
        rows += f'<Relationship Id="rId{name[5:-4]}" Type="{kind}" Target="{name[5:]}"/>'
        types += f'<Override PartName="/{name}" ContentType="{content_type}"/>'
    for part, end, more in ((DOCUMENT_RELATIONSHIPS, b"</Relationships>", rows), (CONTENT_TYPES, b"</Types>", types)):
        parts[part] = parts[part].replace(end, more.encode() + end)


def part_of(story: str) -> str:
    """Return the part that a story stands in."""
    if story == "body":
        return DOCUMENT
    return FOOTNOTES if story.startswith("note:") else story


def laid_in(part: bytes, xml: bytes, section: bytes) -> bytes:
    """Return a part with other content."""
    if section or b"<w:body>" in part:
        return BODY.sub(lambda _: xml + section, part, count=1)
    return ROOT.sub(lambda found: found[1] + xml + found[2], part)


def sectioned(base: WordFile, before: tuple[WordFile, Mark] | None, writer: MarkedWriter) -> bytes:
    """Return the settings of the page, with what they were before where they changed."""
    found = SECTION.search(base.parts[DOCUMENT])
    if found is None or before is None:
        return found[0] if found else b""
    old = SECTION.search(before[0].parts[DOCUMENT])
    if old is None or bare(old[0]) == bare(found[0]):
        return found[0]
    change = f'<w:sectPrChange w:id="{next(writer.ids)}"{signed(before[1])}>'.encode()
    return found[0].replace(b"</w:sectPr>", change + bare(old[0]) + b"</w:sectPrChange></w:sectPr>")


def bare(section: bytes) -> bytes:
    """Return the settings of a page without its headers and footers, which have no tracked form."""
    return REFERENCES.sub(b"", section)


def with_notes(part: bytes, notes: dict[str, str]) -> bytes:
    """Return footnotes.xml with these notes beside its separators."""
    rows = "".join(f'<w:footnote w:id="{number}">{xml}</w:footnote>' for number, xml in notes.items())
    return NOTE.sub(b"", part).replace(b"</w:footnotes>", f"{rows}</w:footnotes>".encode())


def lead(parts: dict[str, bytes], part: str, targets: Targets, media: dict[str, Media]) -> None:
    """Write the relationships of a part, and put the pictures that it shows into the package."""
    folder, _, base = part.rpartition("/")
    name = f"{folder}/_rels/{base}.rels"
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONSHIP_NS}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for address, key in targets.links.items()
    )
    for image, key in targets.images.items():
        path = f"media/{image}{media[image].suffix}"
        rows += f'<Relationship Id="{key}" Type="{RELATIONSHIP_NS}/image" Target="{path}"/>'
        parts[f"word/{path}"] = media[image].data
        parts[CONTENT_TYPES] = with_type(parts[CONTENT_TYPES], media[image].suffix)
    if name in parts:
        parts[name] = OWN.sub(b"", parts[name]).replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    elif rows:
        parts[name] = f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{rows}</Relationships>'.encode()


def with_type(part: bytes, suffix: str) -> bytes:
    """Return [Content_Types].xml with the kind of a picture that it does not know yet."""
    extension = suffix.lstrip(".")
    if f'Extension="{extension}"'.encode() in part or suffix not in CONTENT_TYPE:
        return part
    entry = f'<Default Extension="{extension}" ContentType="{CONTENT_TYPE[suffix]}"/>'.encode()
    return re.sub(rb"(<Types\b[^>]*>)", lambda found: found[1] + entry, part, count=1)


def united(part: bytes, other: bytes) -> bytes:
    """Return numbering.xml with the lists that only another file has."""
    known, abstract = {found[1] for found in NUM.finditer(part)}, {found[1] for found in ABSTRACT.finditer(part)}
    lists = b"".join(found[0] for found in NUM.finditer(other) if found[1] not in known)
    kinds = b"".join(found[0] for found in ABSTRACT.finditer(other) if found[1] not in abstract)
    part = part.replace(b"<w:num ", kinds + b"<w:num ", 1) if kinds else part
    return part.replace(b"</w:numbering>", lists + b"</w:numbering>") if lists else part
