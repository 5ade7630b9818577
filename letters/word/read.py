"""Word -> lines with tracked changes and comments; what no line can hold stays a thing, with its own XML."""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from letters.document.marks import Marked, Story
from letters.errors import UnreadableInput
from letters.word.comments import comments_of
from letters.word.names import (
    DOCUMENT,
    ENDNOTES,
    FOOTNOTES,
    STYLES,
    W,
)
from letters.word.package import open_untrusted, parse
from letters.word.stories import Known, R, story_of
from letters.word.word_file import Media, WordFile

STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of ISO 29500 Strict, and what the rest of the world writes instead."""
RUNNING = re.compile(r"^word/(header|footer)\d*\.xml$")
DEEPEST_BOX = 4
"""Text boxes within text boxes that a letter can have."""
SCHEMES = re.compile(r"(?:https?|mailto):|#|[^:]*$", re.IGNORECASE)
"""How the address of a link begins that a letter may have; javascript: and file: are not among them."""
CONTENT_TYPES = "[Content_Types].xml"
OLD_WORD = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaProject|\.ocx$|/activeX/")


def read(data: bytes, name: str) -> WordFile:
    """Return a DOCX file as lines; raises UnreadableInput for what is no sound DOCX file, or not safe to open."""
    return read_parts(opened(data, name), name)


def opened(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a DOCX file; raises UnreadableInput for what is none, or not safe to open."""
    if data[:4] == OLD_WORD:
        raise UnreadableInput(
            f"{name}: this is an old Word file, or one with a password. Save it from Word as .docx, without a password."
        )
    parts = open_untrusted(data, name)
    if DOCUMENT not in parts:
        other = "an OpenDocument file" if b"opendocument" in parts.get("mimetype", b"") else "not a Word document"
        raise UnreadableInput(f"{name}: this is {other}. Save it as .docx, then try again.")
    refuse_unsafe(parts, name)
    return {part: transitional(held) for part, held in parts.items()}


def read_parts(parts: dict[str, bytes], name: str) -> WordFile:
    """Return the parts of a DOCX file as lines; raises UnreadableInput where one cannot be read."""
    file = WordFile(name, parts, Marked({}))
    stories = dict(stories_of(file))
    file.marked = Marked(stories, comments_of(file.parts, name))
    return file


def transitional(part: bytes) -> bytes:
    """Return a part in the namespaces that the rest of the world writes."""
    if b"purl.oclc.org/ooxml" in part:
        for strict, usual in STRICT:
            part = part.replace(strict, usual)
    return part


def refuse_unsafe(parts: dict[str, bytes], name: str) -> None:
    """Raise UnreadableInput for macros, controls, and anything but a link that is fetched from elsewhere."""
    for part, held in parts.items():
        if MACROS.search(part) or (part == CONTENT_TYPES and has_macros(held, name)):
            raise UnreadableInput(f"{name}: it contains macros or controls. Save it as .docx without them.")
        if part.endswith(".rels"):
            for entry in parse(held, f"{name}: {part}"):
                kind = posixpath.basename(entry.get("Type") or "")
                if entry.get("TargetMode") == "External" and kind != "hyperlink":
                    raise UnreadableInput(
                        f"{name}: its {kind} is outside the file. Embed it or remove it in Word, and save again."
                    )


def has_macros(types: bytes, name: str) -> bool:
    """Say whether a list of content types names a document with macros, however the list is encoded."""
    entries = parse(types, f"{name}: {CONTENT_TYPES}")
    return any("macroEnabled" in (entry.get("ContentType") or "") for entry in entries)


def stories_of(file: WordFile) -> Iterator[tuple[str, Story]]:
    """Yield the body, every footnote by its number, and the running headers and footers."""
    known = Known(looks_of_styles(file), endnotes_of(file))
    yield "body", story_of(file, DOCUMENT, root_of(file, DOCUMENT).find(f"{W}body"), known)
    if FOOTNOTES in file.parts:
        for note in root_of(file, FOOTNOTES).iterfind(f"{W}footnote"):
            if note.get(f"{W}type", "normal") == "normal":
                yield f"note:{note.get(f'{W}id')}", story_of(file, FOOTNOTES, note, known)
    for part in sorted(filter(RUNNING.match, file.parts)):
        yield part, story_of(file, part, root_of(file, part), known)


def root_of(file: WordFile, part: str) -> etree._Element:
    """Return the root of a part, in which what relationships lead to stands in the place of their ids."""
    if part not in file.roots:
        file.roots[part] = parse(file.parts[part], f"{file.name}: {part}")
        refuse_nested_boxes(file.roots[part], file.name)
        resolve_relationships(file, part, file.roots[part])
    return file.roots[part]


def refuse_nested_boxes(root: etree._Element, name: str) -> None:
    """Raise UnreadableInput where text boxes hold text boxes, and those more: reading each again would never end."""
    box = f"{W}txbxContent"
    for held in root.iter(box):
        if len(list(islice(held.iterancestors(box), DEEPEST_BOX + 1))) > DEEPEST_BOX:
            raise UnreadableInput(f"{name}: text boxes are nested too deeply. Take them apart in Word.")


def resolve_relationships(file: WordFile, part: str, root: etree._Element) -> None:
    """Put `link:address` or `image:hash` in the place of every relationship's id but those of headers and footers."""
    folder, base = posixpath.split(part)
    held = file.parts.get(f"{folder}/_rels/{base}.rels")
    known = {entry.get("Id"): entry for entry in parse(held, f"{file.name}: {part}")} if held else {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (f"{W}headerReference", f"{W}footerReference"):
            continue
        for key, value in element.attrib.items():
            if str(key).startswith(R) and value:
                target = target_of(file, folder, known.get(str(value)))
                element.set(key, "nothing:" if is_led_astray(element, target) else target)


def is_led_astray(element: etree._Element, target: str) -> bool:
    """Say whether something that is no link leads outside, or a link to where no reader of a letter is led."""
    if not target.startswith("link:"):
        return False
    is_link = element.tag == f"{W}hyperlink" or etree.QName(element).localname.startswith("hlink")
    return not is_link or SCHEMES.match(target.removeprefix("link:")) is None


def target_of(file: WordFile, folder: str, entry: etree._Element | None) -> str:
    """Return what a relationship leads to, as it is written in a line."""
    if entry is None:
        return "nothing:"
    target = entry.get("Target") or ""
    if entry.get("TargetMode") == "External":
        return f"link:{target}"
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    if not (entry.get("Type") or "").endswith("/image") or path not in file.parts:
        return "nothing:"
    data = file.parts[path]
    key = hashlib.sha256(data).hexdigest()[:16]
    file.media[key] = Media(data, posixpath.splitext(path)[1])
    return f"image:{key}"


def looks_of_styles(file: WordFile) -> dict[str, str]:
    """Return the character styles that are strong or emphasised, by id."""
    if STYLES not in file.parts:
        return {}
    found = {}
    for style in parse(file.parts[STYLES], f"{file.name}: {STYLES}").iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "character" and name is not None:
            found[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val")).lower()
    return found


def endnotes_of(file: WordFile) -> dict[str, str]:
    """Return the words of every endnote by its number; no letter has one, and a reviewer may put one in."""
    if ENDNOTES not in file.parts:
        return {}
    notes = parse(file.parts[ENDNOTES], f"{file.name}: {ENDNOTES}").iterfind(f"{W}endnote")
    return {
        str(note.get(f"{W}id")): " ".join("".join(text.text or "" for text in note.iter(f"{W}t")).split())
        for note in notes
    }
