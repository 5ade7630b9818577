"""Names, lengths and attributes that styles and layouts share."""

OASIS = "urn:oasis:names:tc:opendocument:xmlns"


NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "office": f"{OASIS}:office:1.0",
        "meta": f"{OASIS}:meta:1.0",
        "style": f"{OASIS}:style:1.0",
        "text": f"{OASIS}:text:1.0",
        "table": f"{OASIS}:table:1.0",
        "draw": f"{OASIS}:drawing:1.0",
        "fo": f"{OASIS}:xsl-fo-compatible:1.0",
        "svg": f"{OASIS}:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)


TEXT_WIDTH = 16.0
"""Centimetres between the margins: A4 less 2.5 cm on both sides."""


KEPT_WITH_NEXT = 'fo:keep-with-next="always"'


KEPT_WHOLE = 'fo:keep-together="always"'


KEPT = f"{KEPT_WITH_NEXT} {KEPT_WHOLE}"


BOLD = 'fo:font-weight="bold"'


DEEPEST = 4
"""Levels that a list has marks for."""


DEEPEST_HEADING = 6


BULLETED, NUMBERED = "Bullets", "Numbers"
"""The styles of the lists themselves."""


PAGE = 'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"'
"""A4, upright."""


def encoded(name: str) -> str:
    """Return the name of a style as XML can bear it (ODF 1.2, part 1, 19.498)."""
    return name.replace(" ", "_20_")


def around(before: float, after: float) -> str:
    """Return the space above and below a paragraph in points."""
    return f'fo:margin-top="{before:g}pt" fo:margin-bottom="{after:g}pt"'


def size(points: float) -> str:
    """Return a size of letters, the same for every script."""
    return " ".join(
        f'{name}="{points:g}pt"' for name in ("fo:font-size", "style:font-size-asian", "style:font-size-complex")
    )
