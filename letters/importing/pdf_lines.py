"""PDF -> printed lines: words with their fonts and places, and the boxes that are drawn around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from letters.document.blocks import Run
from letters.errors import LettersError, UnreadableInput

HEAD = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H, 3.4.1)."""
MOST_PAGES = 200
"""Pages of the longest letter or report that anybody wrote."""
RAISED = 0.8
"""How small a letter is beside the others of its line where it is a reference to a footnote."""
THIN, TALL = 3.0, 16.0
"""Points: an edge of a box is narrower than the first and longer than the second."""


class Part(NamedTuple):
    """Neighbouring letters of one look."""

    text: str
    strong: bool
    emphasis: bool
    size: float
    raised: bool

    def run(self) -> Run:
        """Return it as a run."""
        return Run(self.text, self.strong, self.emphasis)


@dataclass
class PrintedLine:
    """One line of a page; lengths are points from the bottom left of the page."""

    page: int
    left: float
    right: float
    bottom: float
    top: float
    parts: list[Part]
    box: int = 0
    """The number of the box around it; 0 where there is none."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(part.text for part in self.parts)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for part in self.parts:
            sizes[part.size] = sizes.get(part.size, 0) + len(part.text.strip())
        return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0

    @property
    def strong(self) -> bool:
        """Whether all its words are bold."""
        return all(part.strong for part in self.parts if part.text.strip() and not part.raised)

    @property
    def emphasis(self) -> bool:
        """Whether all its words are italic."""
        return all(part.emphasis for part in self.parts if part.text.strip() and not part.raised)


class Frame(NamedTuple):
    """A box that is drawn on a page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, line: PrintedLine) -> bool:
        """Say whether a line stands in it."""
        middle = (line.bottom + line.top) / 2
        return self.page == line.page and self.bottom <= middle <= self.top and self.left - 1 <= line.left <= self.right


@dataclass
class Pages:
    """A PDF as it was read."""

    height: float
    lines: list[PrintedLine] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def pages_of(data: bytes, name: str) -> Pages:
    """Return the lines and boxes of a PDF; raises UnreadableInput for what is none, or has no text in it."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFTextExtractionNotAllowed
    except ModuleNotFoundError:
        raise LettersError(
            "Reading a PDF needs one more library. Install it with: pip install 'letters[pdf]'"
        ) from None
    if b"%PDF" not in data[:HEAD]:
        raise UnreadableInput(f"{name}: this is not a PDF. Give the letter as .pdf or .docx.")
    found = Pages(842.0)
    try:
        for number, page in enumerate(
            extract_pages(BytesIO(data), laparams=LAParams(boxes_flow=None, all_texts=True)), start=1
        ):
            if number > MOST_PAGES:
                raise UnreadableInput(f"{name}: it has more than {MOST_PAGES} pages. Give the letter alone.")
            found.height = float(page.height)
            add_page(found, number, page)
    except LettersError:
        raise
    except PDFTextExtractionNotAllowed:
        raise UnreadableInput(
            f"{name}: this PDF does not allow its text to be taken out. Give the Word file."
        ) from None
    except Exception as error:  # pdfminer raises whatever a broken file makes it meet
        raise UnreadableInput(f"{name}: this PDF cannot be read ({type(error).__name__}). Save it anew.") from None
    if not found.lines:
        raise UnreadableInput(
            f"{name}: there are no words in it, only pictures. Give a PDF with text, or the Word file."
        )
    return found


def add_page(found: Pages, number: int, page: Any) -> None:
    """Add the lines and boxes of one page."""
    from pdfminer.layout import LTCurve, LTTextLine

    things = list(everything_in(page))
    lines = [printed(number, thing) for thing in things if isinstance(thing, LTTextLine)]
    found.frames += frames_of(number, [thing for thing in things if isinstance(thing, LTCurve)])
    for line in sorted(filter(None, lines), key=lambda line: (-line.bottom, line.left)):
        line.box = next((place for place, frame in enumerate(found.frames, start=1) if frame.holds(line)), 0)
        found.lines.append(line)


def everything_in(container: Any) -> Iterator[Any]:
    """Yield what is on a page; a line of text is one thing."""
    from pdfminer.layout import LTTextLine

    for thing in container:
        yield thing
        if hasattr(thing, "__iter__") and not isinstance(thing, LTTextLine):
            yield from everything_in(thing)


def printed(page: int, line: Any) -> PrintedLine | None:
    """Return a line of pdfminer's as one of ours; None where nothing is printed on it."""
    from pdfminer.layout import LTChar

    letters = [thing for thing in line if isinstance(thing, LTChar) and thing.get_text().strip()]
    if not letters:
        return None
    largest = max(letter.size for letter in letters)
    parts: list[Part] = []
    for thing in line:
        text = thing.get_text().replace("\n", "")
        if isinstance(thing, LTChar) and text.strip():
            look = look_of(thing, largest, letters)
        elif parts and text:
            look = parts[-1][1:]
        else:
            continue
        parts = (
            [*parts[:-1], parts[-1]._replace(text=parts[-1].text + text)]
            if parts and parts[-1][1:] == look
            else [
                *parts,
                Part(text, *look),
            ]
        )
    base = [letter for letter in letters if letter.size >= RAISED * largest]
    return PrintedLine(
        page,
        min(letter.x0 for letter in letters),
        max(letter.x1 for letter in letters),
        min(letter.y0 for letter in base),
        max(letter.y1 for letter in base),
        parts,
    )


def look_of(letter: Any, largest: float, letters: Iterable[Any]) -> tuple[bool, bool, float, bool]:
    """Return whether a letter is bold and italic, its size in points, and whether it is raised."""
    font = letter.fontname.rpartition("+")[2].lower()
    raised = letter.size < RAISED * largest and letter.y0 > min(other.y0 for other in letters if other.size == largest)
    return "bold" in font, "italic" in font or "oblique" in font, round(letter.size, 1), raised


def frames_of(page: int, shapes: list[Any]) -> Iterator[Frame]:
    """Yield the boxes of a page: rectangles, tinted areas, and edges that are drawn one by one."""
    seen = [shape for shape in shapes if not is_white(shape)]
    edges = sorted((shape for shape in seen if shape.width < THIN and shape.height > TALL), key=lambda edge: edge.x0)
    for place, left in enumerate(edges):
        for right in edges[place + 1 :]:
            if abs(left.y0 - right.y0) < THIN and abs(left.y1 - right.y1) < THIN and right.x0 - left.x0 > TALL:
                yield Frame(page, left.x0, left.y0, right.x1, left.y1)
                break
    for shape in seen:
        if shape.width > TALL and shape.height > TALL:
            yield Frame(page, shape.x0, shape.y0, shape.x1, shape.y1)


def is_white(shape: Any) -> bool:
    """Say whether a shape is painted white, which nobody sees."""
    colour = shape.non_stroking_color if shape.fill else shape.stroking_color
    values = colour if isinstance(colour, tuple | list) else [colour]
    return bool(values) and len(values) != 4 and all(isinstance(value, int | float) and value >= 1 for value in values)
