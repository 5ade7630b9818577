"""The styles of an OpenDocument text: a house's look under names that office programs know (ODF 1.2, part 1)."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from letters.formats.odt.layout import PICTURE, list_styles, notes, outline
from letters.formats.odt.lengths import (
    BOLD,
    DEEPEST_HEADING,
    KEPT,
    KEPT_WHOLE,
    NAMESPACES,
    TEXT_WIDTH,
    around,
    encoded,
    size,
)
from letters.houses.house import Look

BODY = "Text body"
ROLES: Mapping[str, str] = {
    "body": BODY,
    "date": "Date",
    "addressees": "Addressee",
    "salutation": "Salutation",
    "draft-note": "Draft note",
    "case-study": "Case study",
    "sign-off": "Closing",
    "signature": "Signature",
    "signatory-inspectorate": "Signatory inspectorate",
    "signatory-name": "Signatory name",
    "signatory-title": "Signatory title",
    "strapline": "Subtitle",
    "cover-facts": "Cover facts",
    "quotation": "Quotations",
    "quotation-source": "Quotation source",
    "mark-strength": "Mark Strength",
    "mark-priority": "Mark Priority",
    "mark-improvement": "Mark Improvement",
    "table-note": "Table Note",
    "table": "Table Contents",
    "table-small": "Table Contents small",
    "table-heading": "Table Heading",
    "table-heading-small": "Table Heading small",
    "row-heading": "Table Row Heading",
    "row-heading-small": "Table Row Heading small",
}
"""The style of the paragraphs of each role; those of any other are text."""
KEY_FINDING = "Key Finding"
BULLETS, NUMBERS = "List Bullet", "List Number"
"""The styles of the paragraphs of lists."""


class Style(NamedTuple):
    """A paragraph style by the name that people see, and the attributes and elements in which it differs."""

    name: str
    parent: str = BODY
    paragraph: str = ""
    text: str = ""
    inner: str = ""
    more: str = ""
    """Attributes of the style itself."""

    def xml(self) -> str:
        """Return the style as an element."""
        head = f'style:name="{encoded(self.name)}" style:display-name="{self.name}" style:family="paragraph"'
        parent = f' style:parent-style-name="{encoded(self.parent)}"' if self.parent else ""
        text = f"<style:text-properties {self.text}/>" if self.text else ""
        paragraph = f"<style:paragraph-properties {self.paragraph}>{self.inner}</style:paragraph-properties>"
        return f'<style:style {head}{parent} style:class="text"{self.more}>{paragraph}{text}</style:style>'


def right_tab(leader: str = "", indent: float = 0) -> str:
    """Return a tab stop at the right margin of a paragraph that is indented by so many centimetres."""
    dots = f' style:leader-style="{leader}" style:leader-text="."' if leader else ""
    stop = f'<style:tab-stop style:position="{TEXT_WIDTH - indent:g}cm" style:type="right"{dots}/>'
    return f"<style:tab-stops>{stop}</style:tab-stops>"


def spread(count: int) -> str:
    """Return the tab stops that spread logos over the width, the last at the right margin."""
    places = [(TEXT_WIDTH * place / (count - 1), "center") for place in range(1, count - 1)]
    stops = [*places, (TEXT_WIDTH, "right")] if count > 1 else []
    inner = "".join(f'<style:tab-stop style:position="{at:.3f}cm" style:type="{kind}"/>' for at, kind in stops)
    return f"<style:tab-stops>{inner}</style:tab-stops>" if inner else ""


def locale(language: str) -> str:
    """Return a language tag (BCP 47) as attributes of text."""
    parts = language.split("-")
    region = next((part for part in parts[1:] if len(part) == 2 or part.isdigit()), "none")
    return f'fo:language="{escape(parts[0])}" fo:country="{escape(region)}"'


def styles_part(look: Look, language: str, styles: Iterable[Style], layouts: str, masters: str) -> str:
    """Return styles.xml; `layouts` and `masters` are its pages."""
    named = "".join(style.xml() for style in styles)
    others = f"{characters(look)}{outline()}{list_styles()}{notes()}"
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.2">{faces(look)}'
        f"<office:styles>{defaults(look, language)}{named}{others}</office:styles>"
        f"<office:automatic-styles>{PICTURE}{layouts}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def faces(look: Look) -> str:
    """Return the house's face, and the free one that stands in for it."""
    family = f"{quoted(look.word_font)}, {quoted(look.word_fallback)}"
    face = f'style:name="{look.word_font}" svg:font-family="{family}" style:font-family-generic="swiss"'
    return f'<office:font-face-decls><style:font-face {face} style:font-pitch="variable"/></office:font-face-decls>'


def quoted(face: str) -> str:
    """Return the name of a face, between marks where it has a space."""
    return f"'{face}'" if " " in face else face


def defaults(look: Look, language: str) -> str:
    """Return what every paragraph and table begins with."""
    names = " ".join(f'style:font-name{script}="{look.word_font}"' for script in ("", "-asian", "-complex"))
    text = f'{names} {size(look.text_size)} fo:color="{look.ink}" {locale(language)} fo:hyphenate="false"'
    paragraph = 'fo:widows="2" fo:orphans="2" style:tab-stop-distance="1.25cm" style:writing-mode="page"'
    inner = {
        "paragraph": f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/>",
        "table": '<style:table-properties table:border-model="collapsing"/>',
    }
    return "".join(
        f'<style:default-style style:family="{family}">{properties}</style:default-style>'
        for family, properties in inner.items()
    )


def paragraph_styles(look: Look, *, report: bool, logos: int) -> Iterator[Style]:
    """Yield every paragraph style of a letter or report."""
    yield Style("Standard", "")
    yield Style(BODY, "Standard", around(0, 10))
    yield from heading_styles(look, report)
    yield from (Style(f"{BULLETS} {level}", BODY, around(0, 6 if level == 1 else 4)) for level in (1, 2))
    yield Style(NUMBERS, BODY, around(0, 8))
    yield from opening_styles(look)
    yield from boxed_styles(look, report)
    yield from table_text_styles()
    yield from mark_styles(look)
    yield from closing_styles()
    yield from running_styles(look, logos)
    yield from contents_styles()


def heading_styles(look: Look, report: bool) -> Iterator[Style]:
    """Yield the headings; the first heading of a report stands down on its cover."""
    bold = f'{BOLD} fo:color="{look.accent}"'
    yield Style("Heading", "Standard", f"{around(12, 6)} {KEPT}", bold)
    sizes = {1: look.title_size, 2: look.heading_size}
    own = {1: (panel(look, "top", 90), 'fo:color="#ffffff"'), 2: (chapter_line(look), "")} if report else {}
    for level in range(1, DEEPEST_HEADING + 1):
        space, colour = own.get(level, (around(12, 6), ""))
        points = f"{size(sizes.get(level, look.subheading_size))} {colour}"
        yield Style(f"Heading {level}", "Heading", space, points, more=f' style:default-outline-level="{level}"')
    yield Style("Contents Heading", "Heading 2")
    yield Style("Subtitle", BODY, panel(look, "bottom", 0), f'{size(18)} fo:color="#ffffff"')
    yield Style("Cover facts", BODY, around(0, 6), size(12))


def panel(look: Look, side: str, before: float) -> str:
    """Return the ground of a part of a cover's panel: its title at the top, or its strapline at the bottom."""
    return (
        f'fo:background-color="{look.accent}" fo:padding="0.4cm" fo:padding-{side}="1.6cm" '
        f"{around(before, 0 if side == 'top' else 40)}"
    )


def chapter_line(look: Look) -> str:
    """Return the line above a chapter."""
    return f'fo:border-top="3pt solid {look.accent}" fo:padding-top="0.25cm" {around(24, 12)}'


def opening_styles(look: Look) -> Iterator[Style]:
    """Yield what stands before the first heading of a letter."""
    yield Style("Date", BODY, around(12, 12))
    yield Style("Addressee", BODY, f'{around(0, 2)} fo:margin-left="0.5cm" fo:text-indent="-0.5cm"')
    yield Style("Salutation", BODY, around(14, 10))
    yield Style("Draft note", BODY, boxed(look, 10))


def boxed_styles(look: Look, report: bool) -> Iterator[Style]:
    """Yield the paragraphs that have a frame, a ground or a bar; neighbours of one frame share it."""
    box, top = (grounded, f'fo:border-top="3pt solid {look.accent}"') if report else (boxed, "")
    yield Style("Case study", BODY, box(look, 0))
    yield Style("Case study heading", "Heading 3", f"{box(look, 12)} {top} {KEPT}")
    thick = 4 if report else 2.25
    bar = f'fo:border-left="{thick}pt solid {look.accent}" fo:padding-left="0.35cm" style:join-border="true"'
    key = f'{bar} fo:background-color="{look.tint}" fo:padding-top="0.1cm" fo:padding-bottom="0.1cm" {around(0, 0)}'
    key += ' fo:margin-left="0.95cm" fo:text-indent="-0.65cm"'
    yield Style(KEY_FINDING, f"{BULLETS} 1", key)
    quoted = f'{bar} fo:margin-left="0.6cm" fo:margin-right="0cm"'
    words = f'{size(13)} fo:color="{look.accent}"' if report else ""
    yield Style("Quotations", BODY, f"{quoted} {around(6, 3)} {KEPT}", words)
    yield Style("Quotation source", BODY, f"{quoted} {around(0, 10)}")
    yield Style("Caption", BODY, f"{around(10, 5)} {KEPT}", BOLD)
    yield Style("Chart", BODY, f"{around(0, 10)} {KEPT_WHOLE}")


def grounded(look: Look, before: float) -> str:
    """Return the ground of a paragraph of a practice example in a report."""
    return (
        f'fo:background-color="{look.tint}" fo:padding="0.21cm" style:join-border="true" '
        f'fo:margin-left="0.3cm" fo:margin-right="0.3cm" {around(before, 0)}'
    )


def mark_styles(look: Look) -> Iterator[Style]:
    """Yield the marks of the matrix, each with a ground of its own, and what is said below a table."""
    room = f'fo:padding="0.05cm" style:join-border="false" {around(1, 1)}'
    grounds = {"Strength": (look.mark_strength, look.ink), "Priority": (look.mark_priority, "#ffffff")}
    for name, (ground, words) in grounds.items():
        frame = f'fo:border="0.75pt solid {ground}" fo:background-color="{ground}" {room}'
        yield Style(f"Mark {name}", "Table Contents", frame, f'{size(8.5)} fo:color="{words}"')
    frame = f'fo:border="0.75pt solid {look.mark_improvement}" {room}'
    yield Style("Mark Improvement", "Table Contents", frame, f'{size(8.5)} fo:color="{look.mark_improvement}"')
    yield Style("Table Note", BODY, around(4, 10), size(9))


def boxed(look: Look, before: float) -> str:
    """Return the frame of a paragraph."""
    return (
        f'fo:border="1pt solid {look.accent}" fo:padding="0.21cm" style:join-border="true" '
        f'fo:margin-left="0.3cm" fo:margin-right="0.3cm" {around(before, 6)}'
    )


def table_text_styles() -> Iterator[Style]:
    """Yield the paragraphs of tables, each in two sizes."""
    yield Style("Table Contents", BODY, around(2, 4))
    yield Style("Table Heading", "Table Contents", f"{around(3, 3)} {KEPT}", BOLD)
    yield Style("Table Row Heading", "Table Contents", around(2, 4), BOLD)
    for name, points in (("Table Contents", 8.5), ("Table Heading", 8), ("Table Row Heading", 8.5)):
        yield Style(f"{name} small", name, text=size(points))


def closing_styles() -> Iterator[Style]:
    """Yield the closing words and the signatures; a name leaves room above it for a hand to sign."""
    yield Style("Closing", BODY, around(6, 12))
    yield Style("Signature", BODY, around(12, 0))
    yield Style("Signatory inspectorate", BODY, around(12, 0), BOLD)
    yield Style("Signatory name", BODY, around(24, 0), BOLD)
    yield Style("Signatory title", BODY, around(0, 0))


def running_styles(look: Look, logos: int) -> Iterator[Style]:
    """Yield what stands at the top and the bottom of pages."""
    place = "" if logos > 1 else 'fo:text-align="end"'
    yield Style("Header", "Standard", place, inner=spread(logos))
    yield Style("Draft mark", "Header", 'fo:text-align="center"', f"{BOLD} {size(14)}")
    yield Style("Footer", "Standard", text=size(10), inner=right_tab())
    yield Style(
        "Footnote", "Standard", f'{around(0, 2)} fo:margin-left="0.5cm" fo:text-indent="-0.5cm"', size(look.note_size)
    )


def contents_styles() -> Iterator[Style]:
    """Yield the lines of the contents; chapters are headings of level 2."""
    for level in range(1, DEEPEST_HEADING + 1):
        indent = max(0, level - 2) * 0.5
        space = around(6 if level < 3 else 0, 2)
        yield Style(
            f"Contents {level}", BODY, f'{space} fo:margin-left="{indent:g}cm"', inner=right_tab("dotted", indent)
        )


def characters(look: Look) -> str:
    """Return the styles of words."""
    link = f'fo:color="{look.link}" style:text-underline-style="solid" style:text-underline-width="auto"'
    looks = {
        "Strong Emphasis": f'{BOLD} style:font-weight-asian="bold" style:font-weight-complex="bold"',
        "Emphasis": 'fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"',
        "Internet link": link,
        "Visited Internet Link": link,
        "Index Link": "",
        "Footnote Symbol": "",
        "Footnote anchor": 'style:text-position="super 65%"',
    }
    return "".join(
        f'<style:style style:name="{encoded(name)}" style:display-name="{name}" style:family="text">'
        f"<style:text-properties {text}/></style:style>"
        for name, text in looks.items()
    )
