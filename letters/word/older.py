"""A Word file that somebody else wrote -> one whose every word stands in a paragraph, and what its styles look like.

Text boxes, results of fields, formulas and endnotes are things to a review; to a reader they are words of the letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from letters.word.names import DOCUMENT, ENDNOTES, FOOTNOTES, STYLES, W
from letters.word.package import parse
from letters.word.read import opened, read_parts
from letters.word.word_file import WordFile

NUMBERING = "word/numbering.xml"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ENDNOTE = "1000"
"""What stands before the number of an endnote that became a footnote, so that no two have the same."""
WORDS = (f"{W}t", f"{W}delText", f"{MATHS}t")


@dataclass
class Styles:
    """What the paragraph styles of a file look like, by their ids."""

    bold: set[str] = field(default_factory=set)
    outline: dict[str, int] = field(default_factory=dict)
    """The level of the styles that headings have, from 1."""
    lists: dict[str, str] = field(default_factory=dict)
    """The number of the list that a style belongs to."""
    ordered: set[tuple[str, str]] = field(default_factory=set)
    """Lists, each with a level, whose entries have numbers."""


def read_older(data: bytes, name: str) -> tuple[WordFile, Styles, list[str]]:
    """Return a Word file, its styles, and what in it no reader can read; raises UnreadableInput as `read` does."""
    parts = opened(data, name)
    unread: list[str] = []
    for part in [
        part for part in parts if part in (DOCUMENT, FOOTNOTES) or part.startswith(("word/header", "word/footer"))
    ]:
        if part.endswith(".xml"):
            root = parse(parts[part], f"{name}: {part}")
            unread += flattened(root)
            parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with_endnotes(parts, name)
    return read_parts(parts, name), styles_of(parts, name), unread


def flattened(root: etree._Element) -> list[str]:
    """Take words out of the things that hold them; return what holds words that cannot be taken out."""
    for choice in list(root.iter(f"{COMPATIBILITY}AlternateContent")):
        unwrap(choice, next(iter(choice.findall(f"{COMPATIBILITY}Choice")), None))
    for box in list(root.iter(f"{W}txbxContent")):
        lift(box)
    for wrapper in list(root.iter(f"{W}fldSimple")):
        unwrap(wrapper, wrapper)
    for formula in [*root.iter(f"{MATHS}oMathPara"), *root.iter(f"{MATHS}oMath"), *root.iter(f"{W}ruby")]:
        in_words(formula)
    for reference in root.iter(f"{W}endnoteReference"):
        reference.tag = f"{W}footnoteReference"
        reference.set(f"{W}id", f"{ENDNOTE}{reference.get(f'{W}id')}")
    return ["a part of another file is linked in here, which cannot be read" for _ in root.iter(f"{W}altChunk")]


def unwrap(wrapper: etree._Element, source: etree._Element | None) -> None:
    """Put what is in an element, or in one of its children, in its place."""
    parent = wrapper.getparent()
    if parent is None:
        return
    for child in list(source if source is not None else ()):
        wrapper.addprevious(child)
    parent.remove(wrapper)


def lift(box: etree._Element) -> None:
    """Put the paragraphs of a text box behind the paragraph that it is fixed to, with an edge around them."""
    if any(parent.tag == f"{COMPATIBILITY}Fallback" for parent in box.iterancestors()):
        return
    host = next((parent for parent in box.iterancestors() if parent.tag == f"{W}p"), None)
    if host is None:
        return
    paragraphs = [child for child in box if child.tag in (f"{W}p", f"{W}tbl")]
    for paragraph in reversed(paragraphs):
        if paragraph.tag == f"{W}p":
            bordered(paragraph)
        host.addnext(paragraph)


def bordered(paragraph: etree._Element) -> None:
    """Give a paragraph an edge, so that it is known for one of a box."""
    settings = paragraph.find(f"{W}pPr")
    if settings is None:
        settings = etree.Element(f"{W}pPr")
        paragraph.insert(0, settings)
    if settings.find(f"{W}pBdr") is None:
        etree.SubElement(etree.SubElement(settings, f"{W}pBdr"), f"{W}top").set(f"{W}val", "single")


def in_words(formula: etree._Element) -> None:
    """Put the words of a formula, or of a word with its reading above it, in its place."""
    base = formula.find(f"{W}rubyBase")
    said = "".join(text.text or "" for text in (base if base is not None else formula).iter(*WORDS))
    parent = formula.getparent()
    if parent is None or not said:
        return
    text = etree.Element(f"{W}t")
    text.text = said
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = etree.Element(f"{W}r")
    if parent.tag != f"{W}r":
        run.append(text)
    formula.addprevious(text if parent.tag == f"{W}r" else run)
    parent.remove(formula)


def with_endnotes(parts: dict[str, bytes], name: str) -> None:
    """Put the endnotes of a file among its footnotes."""
    if ENDNOTES not in parts:
        return
    notes = parse(parts[ENDNOTES], f"{name}: {ENDNOTES}")
    root = parse(parts[FOOTNOTES], f"{name}: {FOOTNOTES}") if FOOTNOTES in parts else etree.Element(f"{W}footnotes")
    for note in list(notes.iterfind(f"{W}endnote")):
        if note.get(f"{W}type", "normal") == "normal":
            note.tag = f"{W}footnote"
            note.set(f"{W}id", f"{ENDNOTE}{note.get(f'{W}id')}")
            root.append(note)
    parts[FOOTNOTES] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def styles_of(parts: dict[str, bytes], name: str) -> Styles:
    """Return what the paragraph styles look like, those that they are based on included."""
    found = Styles()
    if STYLES in parts:
        elements = parse(parts[STYLES], f"{name}: {STYLES}").iterfind(f"{W}style")
        styles = {str(style.get(f"{W}styleId")): style for style in elements if style.get(f"{W}type") == "paragraph"}
        for key in styles:
            for style in reversed(list(chain(key, styles))):
                take_look(found, key, style)
    if NUMBERING in parts:
        found.ordered = set(ordered_lists(parse(parts[NUMBERING], f"{name}: {NUMBERING}")))
    return found


def chain(key: str, styles: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield a style and those that it is based on, each once."""
    seen: set[str] = set()
    while key in styles and key not in seen:
        seen.add(key)
        yield styles[key]
        base = styles[key].find(f"{W}basedOn")
        key = str(base.get(f"{W}val")) if base is not None else ""


def take_look(found: Styles, key: str, style: etree._Element) -> None:
    """Note what one style says of the look of its paragraphs."""
    bold, outline = style.find(f"{W}rPr/{W}b"), style.find(f"{W}pPr/{W}outlineLvl")
    number = style.find(f"{W}pPr/{W}numPr/{W}numId")
    if bold is not None:
        is_bold = bold.get(f"{W}val", "true") in ("true", "1", "on")
        (found.bold.add if is_bold else found.bold.discard)(key)
    level = outline.get(f"{W}val", "") if outline is not None else ""
    if level.isdecimal() and int(level) < 6:
        found.outline[key] = int(level) + 1
    if number is not None:
        found.lists[key] = str(number.get(f"{W}val"))


def ordered_lists(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the number and level of every list whose entries have numbers or letters."""
    forms = {str(held.get(f"{W}abstractNumId")): held for held in root.iterfind(f"{W}abstractNum")}
    for number in root.iterfind(f"{W}num"):
        link = number.find(f"{W}abstractNumId")
        form = forms.get(str(link.get(f"{W}val"))) if link is not None else None
        for level in form.iterfind(f"{W}lvl") if form is not None else ():
            kind = level.find(f"{W}numFmt")
            if kind is not None and kind.get(f"{W}val") not in ("bullet", "none"):
                yield str(number.get(f"{W}numId")), str(level.get(f"{W}ilvl"))
