"""What a reviewed copy changed that is no word of a paragraph: listed, with who did it, for a person to settle."""

import re
from collections.abc import Iterator

from letters.document.marks import OBJECT, Line, Mark, Marked, Piece, lines_of, text_of
from letters.versions.copies.originals import plain

LOOKS = {
    "strike": "struck out",
    "dstrike": "struck out twice",
    "highlight": "highlighted",
    "color": "coloured",
    "vanish": "hidden",
    "u": "underlined",
    "shd": "shaded",
}
"""Looks that no field of an inspection holds, by their elements (ISO 29500-1, 17.3.2)."""
BREAK = re.compile(r"[\n\t]")
LOOK = re.compile(r"<w:(strike|dstrike|highlight|color|vanish|u|shd)\b([^>]*)/>")
BOLD_OR_ITALIC = re.compile(r"<w:(?:b|i|bCs|iCs)\b[^>]*/>")
OFF = re.compile(r'w:val="(?:0|false|off|none|auto|clear|nil|(?:[0-3][0-9A-Fa-f]){3})"')
"""What gives no look of its own; the darkest colours are the black of one program or another."""
LEVEL = re.compile(r'<w:ilvl w:val="(\d)"/>')
THINGS = {
    "drawing": "a picture",
    "pict": "a picture or text box",
    "AlternateContent": "a picture or text box",
    "object": "an embedded object",
    "oMath": "a formula",
    "oMathPara": "a formula",
    "fldSimple": "a field",
    "fldChar": "a field",
    "instrText": "a field",
    "note": "a footnote",
    "ruby": "words with a reading above them",
    "endnoteReference": "an endnote",
    "sym": "a symbol",
}
Became = dict[int, tuple[Line, ...]]
"""The paragraphs that each sent one became."""


def elsewhere(sent: Marked, file: Marked, became: Became, lines: tuple[Line, ...]) -> list[str]:
    """Return what a copy has, or lacks, beside the words of its paragraphs, each with its author where it has one."""
    found = [*running_changes(file), *silent_running(sent, file), *lost_pictures(sent, file)]
    known = {line for held in became.values() for line in held}
    pairs: list[tuple[Line | None, Line]] = [
        (lines[place], now) for place, held in sorted(became.items()) for now in held
    ]
    joined = {held[-1] for place, held in became.items() if held and taken_before(became.get(place - 1, ()))}
    pairs += [(None, line) for line in lines_of(file.stories["body"]) if line not in known and line.inserted]
    for was, now in pairs:
        found += [] if now in joined and not now.changed else paragraph_changes(was, now)
        found += [*look_changes(was, now), *breaks_put(was, now)]
    return [*dict.fromkeys(found)]


def taken_before(lines: tuple[Line, ...]) -> bool:
    """Say whether the end of the paragraph before was taken out: then some programs give this one its settings."""
    return bool(lines) and lines[-1].deleted is not None


def by_whom(mark: Mark | None) -> str:
    """Return who did something and on which day."""
    if mark is None:
        return "with tracking off"
    return f"by {mark.author}" + (f" on {mark.when[:10]}" if mark.when else "")


def running_changes(file: Marked) -> Iterator[str]:
    """Yield what was put into running headers and footers, or taken out of them, with tracking on."""
    for line in running_lines(file):
        for piece in line.pieces:
            what = name_of(piece) if piece.object_key else quoted(piece.text.strip())
            if not piece.object_key and not piece.text.strip():
                continue
            if piece.inserted:
                yield f"header or footer: {what} was added {by_whom(piece.inserted)}"
            if piece.deleted:
                yield f"header or footer: {what} was removed {by_whom(piece.deleted)}"


def silent_running(sent: Marked, file: Marked) -> Iterator[str]:
    """Yield what is other in running headers and footers without a mark."""
    before, now = ({running_words(line) for line in running_lines(held)} - {""} for held in (sent, file))
    for text in sorted(now - before):
        yield f"header or footer: {quoted(text)} is new, with tracking off"
    for text in sorted(before - now):
        yield f"header or footer: {quoted(text)} was removed, with tracking off"


def lost_pictures(sent: Marked, file: Marked) -> Iterator[str]:
    """Yield how many pictures of running headers and footers are in the copy no more; programs write them anew."""
    before, now = (sum(map(is_picture, running_pieces(held))) for held in (sent, file))
    if now < before:
        many = "a picture or logo was" if before - now == 1 else f"{before - now} pictures or logos were"
        yield f"header or footer: {many} removed, with tracking off"


def running_pieces(file: Marked) -> Iterator[Piece]:
    """Yield everything in running headers and footers that nobody took out with tracking on."""
    for line in running_lines(file):
        yield from (piece for piece in line.pieces if not piece.deleted)


def is_picture(piece: Piece) -> bool:
    """Say whether a thing shows a picture that the file holds."""
    return bool(piece.object_key) and '="image:' in str(piece.content)


def paragraph_changes(was: Line | None, now: Line) -> Iterator[str]:
    """Yield what was done to a paragraph as a whole: made a heading, made a sub-bullet, set otherwise."""
    text = shortened(text_of(now))
    restyled = was is not None and was.style != now.style and now.inserted is None
    if was and restyled and (now.changed or is_other_kind(was.style, now.style)):
        styles = f"made {style_words(now.style)} {by_whom(now.changed)} (it was {style_words(was.style)})"
        yield f"paragraph {styles}: {text}"
    elif was and level_of(was) != level_of(now) and LEVEL.search(was.props) and LEVEL.search(now.props):
        way = "demoted" if level_of(now) > level_of(was) else "promoted"
        yield f"bullet {way} {by_whom(now.changed)}: {text}"
    elif now.changed:
        yield f"formatting of a paragraph changed {by_whom(now.changed)}: {text}"


def is_other_kind(was: str, now: str) -> bool:
    """Say whether a paragraph became a heading, text or a bullet of another level; programs rename other styles."""
    if not was or not now:
        return False
    kinds = [[style.startswith(kind) for kind in ("Heading", "Title", "List")] for style in (was, now)]
    lists = was.startswith("List") and now.startswith("List") and was != now
    return kinds[0][:2] != kinds[1][:2] or lists or (kinds[1][2] and not kinds[0][2])


def level_of(line: Line) -> int:
    """Return the level of a paragraph in its list."""
    found = LEVEL.search(line.props)
    return int(found[1]) if found else 0


def style_words(style: str) -> str:
    """Return the name of a paragraph's style as people read it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", style).lower()
    return {"normal": "plain text"}.get(words, f"‘{words}’" if words else "plain text")


def look_changes(was: Line | None, now: Line) -> Iterator[str]:
    """Yield the words that were struck out by hand, coloured, hidden or the like."""
    before = {name for piece in (was.pieces if was else ()) for name in looks_of(piece.look)}
    held: tuple[str, str] | None = None
    words = ""
    for piece in (*now.pieces, Piece("")):
        names = sorted(looks_of(piece.look) - before) if not piece.deleted else []
        mark = piece.changed if piece.changed and not looks_of(piece.was) & {*names} else piece.inserted
        what = " and ".join(LOOKS[name] for name in names) or "put in other formatting" * is_set_otherwise(piece)
        key = (what, by_whom(mark)) if what and piece.text.strip() else None
        if key != held:
            if held:
                yield f"{held[0]} by hand, {held[1]}: {quoted(words.replace(OBJECT, '').strip())}"
            held, words = key, ""
        words += piece.text if key else ""


def breaks_put(was: Line | None, now: Line) -> Iterator[str]:
    """Yield the line breaks and tabs that were put into a paragraph: a letter has none, and each becomes a space."""
    text = shortened(text_of(now))
    for piece in now.pieces:
        if piece.inserted and not piece.deleted and BREAK.search(piece.text):
            yield f"a line break or tab was added {by_whom(piece.inserted)}, which becomes a space: {text}"
    silent = "".join(piece.text for piece in now.pieces if not piece.inserted)
    if was and len(BREAK.findall(silent)) > len(BREAK.findall(text_of(was))):
        yield f"a line break or tab was added with tracking off, which becomes a space: {text}"


def is_set_otherwise(piece: Piece) -> bool:
    """Say whether words were given another font, size or the like with tracking on: bold and italic are told apart."""
    now, was = (BOLD_OR_ITALIC.sub("", look) for look in (piece.look, piece.was))
    return piece.changed is not None and not piece.deleted and now != was


def looks_of(look: str) -> set[str]:
    """Return the looks of a run that no inspection holds."""
    return {name for name, rest in LOOK.findall(look) if not OFF.search(rest)}


def name_of(piece: Piece) -> str:
    """Return what a thing is called, with the words in it."""
    kind, _, rest = piece.object_key.removeprefix("beside:").partition(":")
    words = rest if kind == "endnoteReference" else words_in(piece)
    name = THINGS.get(kind, f"a thing of the kind {kind}")
    authors = signed_words(piece)
    return f"{name}: {quoted(words)}{f' {authors}' * bool(authors)}" if words else name


def signed_words(piece: Piece) -> str:
    """Return who put words into a thing with tracking on, and when."""
    found = dict.fromkeys(
        re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"(?: w:date="([^"]*)")?', str(piece.content))
    )
    return ", ".join(by_whom(Mark(author, when)) for author, when in found)


def words_in(piece: Piece) -> str:
    """Return the words within a thing, each once: a text box is written twice, for old programs and for new ones."""
    content = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", str(piece.content), flags=re.DOTALL)
    texts = re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)<|</w:p>", content)
    return " ".join("".join(text or " " for text in texts).split())


def running_words(line: Line) -> str:
    """Return the words of a running header or footer before any tracked change, without the page's own number."""
    text = "".join(piece.text for piece in line.pieces if not piece.inserted)
    return re.sub(r"[\ufffc\s\d]*\ufffc[\ufffc\s\d]*$", "", plain(text)).strip()


def running_lines(file: Marked) -> list[Line]:
    """Return the paragraphs of running headers and footers."""
    return [line for name, story in file.stories.items() if name.startswith("word/") for line in lines_of(story)]


def shortened(text: str) -> str:
    """Return the beginning of a text, in quotation marks."""
    text = text.replace(OBJECT, "").strip()
    return quoted(text if len(text) <= 60 else f"{text[:59]}…")


def quoted(text: str) -> str:
    """Return words in quotation marks, on one line."""
    return f"“{' '.join(text.split(chr(10)))}”"
