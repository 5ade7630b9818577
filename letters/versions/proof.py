"""Proof before release: what a file says when its changes are accepted or rejected, held against what it should say."""

from collections.abc import Iterator

from letters.document.marks import Grid, Keeps, Line, Marked, Piece, Story, resolved


def differences(file: Marked, wanted: Marked, keeps: Keeps) -> list[str]:
    """Return where a file, its changes accepted or rejected by `keeps`, is not what is wanted."""
    found: list[str] = []
    got_notes, wanted_notes = notes_of(file, keeps), notes_of(wanted, keeps)
    for name in [name for name in {**file.stories, **wanted.stories} if not name.startswith("note:")]:
        got = list(prints(resolved(file.stories.get(name, ()), keeps), got_notes))
        want = list(prints(resolved(wanted.stories.get(name, ()), keeps), wanted_notes))
        found += [f"{name}, paragraph {place + 1}" for place in unlike(got, want)]
    return found


def unlike(got: list[object], want: list[object]) -> list[int]:
    """Return the places where two lists differ."""
    longest = max(len(got), len(want))
    return [place for place in range(longest) if got[place : place + 1] != want[place : place + 1]]


def notes_of(file: Marked, keeps: Keeps) -> dict[str, object]:
    """Return what each footnote says, by its number."""
    return {
        name: tuple(prints(resolved(story, keeps), {}))
        for name, story in file.stories.items()
        if name.startswith("note:")
    }


def prints(story: Story, notes: dict[str, object]) -> Iterator[object]:
    """Yield what of each block must be the same: words, looks, links, things, settings and anchors."""
    for block in story:
        if isinstance(block, Line):
            names = sorted({held.name for held in block.anchors})
            yield block.props, names, [seen(piece, notes) for piece in together(block.pieces)]
        else:
            yield block.props, [list(row_prints(block, place, notes)) for place in range(len(block.rows))]


def row_prints(grid: Grid, place: int, notes: dict[str, object]) -> Iterator[object]:
    """Yield what of a row must be the same."""
    row = grid.rows[place]
    yield row.props
    for cell in row.cells:
        yield cell.props, list(prints(cell.story, notes))


def seen(piece: Piece, notes: dict[str, object]) -> tuple[object, ...]:
    """Return what of a piece must be the same; a footnote is its words, whatever its number."""
    return piece.text, piece.look, piece.link, notes.get(piece.thing, piece.thing)


def together(pieces: tuple[Piece, ...]) -> list[Piece]:
    """Return pieces with neighbours of one look made one, whoever commented on them."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and not (last.thing or piece.thing) and (last.look, last.link) == (piece.look, piece.link):
            out[-1] = last._replace(text=last.text + piece.text)
        else:
            out.append(piece)
    return out
