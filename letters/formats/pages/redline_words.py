"""Words with marks -> HTML: told by underlines and strokes to who sees them, and by words to who hears them."""

from html import escape

from letters.document.marks import NOBODY, Mark, Piece


def marked_words(piece: Piece, *, linked: bool = True) -> str:
    """Return words with who put them in or took them out; within another link they lead nowhere themselves."""
    words = looked(piece, linked=linked)
    if piece.changed:
        words = (
            f'<span class="relooked"{titled("look changed", piece.changed)}>{words}{unseen(" (look changed)")}</span>'
        )
    if piece.deleted:
        said = "moved away: " if piece.deleted.move else "taken out: "
        words = f"<del{told(piece.deleted)}>{unseen(said)}{words}{unseen('; ')}</del><wbr>"
    if piece.inserted:
        said = "moved here: " if piece.inserted.move else "inserted: "
        words = f"<ins{told(piece.inserted)}>{unseen(said)}{words}{unseen('; ')}</ins>"
    return words


def unseen(words: str) -> str:
    """Return words for those who hear the page."""
    return f'<span class="unseen">{words}</span>'


def looked(piece: Piece, *, linked: bool) -> str:
    """Return words in their look; what is no word is named."""
    words = escape(piece.text, quote=False) if not piece.object_key else named_thing(piece.object_key)
    words = f"<em>{words}</em>" if piece.emphasis else words
    words = f"<strong>{words}</strong>" if piece.strong else words
    if linked and piece.link.startswith(("https://", "http://", "mailto:")):
        return f'<a href="{escape(piece.link)}">{words}</a>'
    return words


NAMES = {
    "note": "footnote",
    "drawing": "picture",
    "pict": "picture",
    "fldSimple": "field",
    "footnoteRef": "",
    "fldChar": "",
    "instrText": "",
}
"""What a thing is called; the signs of a field say nothing beside the words that it shows."""


def named_thing(object_key: str) -> str:
    """Return a name for what is no word."""
    kind = object_key.removeprefix("beside:").partition(":")[0]
    name = NAMES.get(kind, kind)
    return f'<span class="note">[{name}]</span>' if name else ""


def told(mark: Mark) -> str:
    """Return who and when as attributes; where nobody is known, nobody is named."""
    moved = ' class="moved"' if mark.move else ""
    when = f' datetime="{escape(mark.when)}"' if mark.when else ""
    who = f' title="{escape(mark.author)}"' if mark.author != NOBODY else ""
    return f"{moved}{when}{who}"


def titled(what: str, mark: Mark) -> str:
    """Return what was done, and by whom where that is known, as an attribute."""
    who = f" by {mark.author}" if mark.author != NOBODY else ""
    return f' title="{escape(what + who)}"'
