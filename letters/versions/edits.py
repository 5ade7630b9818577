"""What one reviewed copy did to what was sent: each edit by its number, and the words of each paragraph with it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from letters.document.marks import Mark, Piece, merged
from letters.versions.wording import END

UNTRACKED = " (untracked)"
"""Ends the name of a reviewer whose edit bears no mark: it was made with tracking off."""
WHOLE = ("removed", "moved")
"""Kinds of edits that take a whole paragraph away from its place."""
NEW = ("paragraph", "table")
"""Kinds of edits that put in a paragraph."""


class Break(NamedTuple):
    """The end of a paragraph that was put in: the style and the settings of the paragraph that it ends."""

    style: str
    props: str


class Bit(NamedTuple):
    """Words of one fate: sent ones from `start` to `end` of their paragraph, or some that were put in there.

    Until the edits of a copy are numbered, the marks of the piece say who put it in and who took it out.
    """

    piece: Piece
    start: int
    end: int
    put: int = 0
    """The edit that put it in; 0 where it was sent."""
    gone: int = 0
    """The edit that took it out."""
    relook: Piece | None = None
    """The look that it was given."""
    look: int = 0
    """The edit that gave it that look."""
    ends: Break | None = None
    """Set where it is the end of a paragraph that was put in."""
    by: Mark | None = None
    """Who put in words that are laid on others, where they turn out to be new."""


class Arrival(NamedTuple):
    """A paragraph that came before or after one that was sent: a new one, or one that was moved there."""

    bits: tuple[Bit, ...]
    end: Mark
    gone: Mark | None
    """Who took its end out again."""
    style: str
    props: str
    is_apart: bool = False
    """Whether it stands in a table or row that was put in."""
    moved: int = -1
    """The paragraph that was moved here; its words are those of that paragraph."""
    put: int = 0
    out: int = 0
    """The edit that took its end out again."""


class Hunk(NamedTuple):
    """One edit at one place: words `start` to `end` of a line that was sent, and what stands there instead."""

    kind: str
    """words, look, paragraph (new, after the line), table (the same, in a table or row that was put in), removed,
    against (another's new words taken out again), moved (to after the line `target`), parted, joined, object (a thing
    that is no word) or typing (marks and spaces that the house would correct)."""
    line: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    mark: Mark
    tracked: bool = True
    style: str = ""
    props: str = ""
    target: int = -1
    taken: str = ""
    """The words that it takes out, as they stood in that copy."""
    against: tuple[int, ...] = ()
    """The edits of the same copy whose new words it takes out."""
    within: int = 0
    """The edit that put in the paragraph that it stands in."""
    inside: int = 0
    """The edit within whose new words its own were typed."""
    spots: tuple[tuple[int, int, int], ...] = ()
    """Every place of an edit that is made at many: the line, and from which letter to which."""


@dataclass
class Edition:
    """One copy laid on the paragraphs that were sent; what is not named here is as it was."""

    lines: dict[int, tuple[Bit, ...]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    """The edit that took out the end of a paragraph."""
    before: dict[int, list[Arrival]] = field(default_factory=dict)
    after: dict[int, list[Arrival]] = field(default_factory=dict)
    also: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    """What an edit takes out beside the one that its words bear: from which letter to which, and the edit."""

    def shifted(self, lines: int, edits: int) -> "Edition":
        """Return the same with the numbers of paragraphs and edits raised: those of the footnotes follow the body's."""

        def bits(held: tuple[Bit, ...]) -> tuple[Bit, ...]:
            return tuple(
                bit._replace(
                    put=bit.put and bit.put + edits,
                    gone=bit.gone and bit.gone + edits,
                    look=bit.look and bit.look + edits,
                )
                for bit in held
            )

        def arrivals(held: list[Arrival]) -> list[Arrival]:
            return [
                arrival._replace(
                    bits=bits(arrival.bits),
                    moved=arrival.moved + lines if arrival.moved >= 0 else -1,
                    put=arrival.put + edits,
                    out=arrival.out and arrival.out + edits,
                )
                for arrival in held
            ]

        return Edition(
            {line + lines: bits(held) for line, held in self.lines.items()},
            {line + lines: edit + edits for line, edit in self.ends.items()},
            {line + lines: arrivals(held) for line, held in self.before.items()},
            {line + lines: arrivals(held) for line, held in self.after.items()},
            {
                line + lines: [(start, end, edit + edits) for start, end, edit in held]
                for line, held in self.also.items()
            },
        )

    def joined_with(self, other: "Edition") -> "Edition":
        """Return both as one; they are about different paragraphs."""
        return Edition(
            self.lines | other.lines,
            self.ends | other.ends,
            self.before | other.before,
            self.after | other.after,
            self.also | other.also,
        )


def bared(piece: Piece) -> Piece:
    """Return a piece without marks."""
    return piece._replace(inserted=None, deleted=None, was="", changed=None, comments=())


def words_of(bits: tuple[Bit, ...] | list[Bit]) -> str:
    """Return the words of bits; the end of a paragraph is the sign that stands for it."""
    return "".join(END if bit.ends else bit.piece.text for bit in bits)


def new_pieces(bits: list[Bit], put: int) -> tuple[Piece, ...]:
    """Return the pieces that an edit put in, without the ends of paragraphs."""
    return merged(
        bared(bit.piece)._replace(inserted=bit.piece.inserted) for bit in bits if bit.put == put and not bit.ends
    )
