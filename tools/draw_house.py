"""Draws docs/pictures/house.svg, the floors of the house, from the imports of its rooms: python -m tools.draw_house."""

import ast
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "letters"
PICTURE = ROOT / "docs/pictures/house.svg"
FACE = "__init__"
WIDTH, FLOOR, BOX, MARGIN = 960, 96, 44, 24


def room_of(name: str) -> str:
    """Return the room of a module's full name; the face is the package itself."""
    return [*name.split("."), FACE][1]


@cache
def imports() -> dict[str, frozenset[str]]:
    """Return what each room imports of the others."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        used = found.setdefault(room, set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                used |= {room_of(alias.name) for alias in node.names if alias.name.split(".")[0] == "letters"}
            elif isinstance(node, ast.ImportFrom) and node.module == "letters":
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("letters."):
                used.add(room_of(str(node.module)))
    return {room: frozenset(used & found.keys() - {room}) for room, used in found.items()}


@cache
def floor_of(room: str) -> int:
    """Return the floor of a room: one above the highest that it imports."""
    return 1 + max(map(floor_of, imports()[room]), default=-1)


def floors() -> list[list[str]]:
    """Return the rooms of each floor, the highest first."""
    rooms = sorted(imports(), key=lambda room: (-floor_of(room), room))
    return [[room for room in rooms if floor_of(room) == floor] for floor in range(floor_of(rooms[0]), -1, -1)]


def drawn() -> str:
    """Return the picture as SVG; a line leads from a room to each that it imports."""
    places = {
        room: (MARGIN + (WIDTH - 2 * MARGIN) * (2 * place + 1) / (2 * len(rooms)), MARGIN + FLOOR * number)
        for number, rooms in enumerate(floors())
        for place, room in enumerate(rooms)
    }
    height = MARGIN + FLOOR * len(floors())
    lines = [line(places[room], places[used]) for room in sorted(imports()) for used in sorted(imports()[room])]
    boxes = [box(room, *place) for room, place in places.items()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
            f' aria-label="{described()}">',
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            '<g stroke="#b1b4b6" stroke-width="1">',
            *lines,
            "</g>",
            '<g font-family="Arial, sans-serif" font-size="15" text-anchor="middle" fill="#0b0c0c">',
            *boxes,
            "</g>",
            "</svg>\n",
        ]
    )


def line(above: tuple[float, float], below: tuple[float, float]) -> str:
    """Return a line from the foot of one box to the top of another."""
    return f'<line x1="{above[0]:.0f}" y1="{above[1] + BOX}" x2="{below[0]:.0f}" y2="{below[1]}"/>'


def box(room: str, middle: float, top: float) -> str:
    """Return the box of one room with its name."""
    name = "letters (the face)" if room == FACE else room
    wide = 24 + 9 * len(name)
    frame = f'x="{middle - wide / 2:.0f}" y="{top}" width="{wide}" height="{BOX}" rx="3"'
    return f'<rect {frame} fill="#f3f2f1" stroke="#0b0c0c"/><text x="{middle:.0f}" y="{top + 27}">{name}</text>'


def described() -> str:
    """Return the picture in words."""
    return escape(
        "; ".join(f"{room} imports {', '.join(sorted(used)) or 'nothing'}" for room, used in imports().items())
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), "utf-8")
