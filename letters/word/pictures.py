"""Pictures in WordprocessingML: inline drawings with the words that stand for them."""

from html import escape

from letters.houses.pictures import Picture

EMU_PER_POINT = 12_700
"""English metric units in a point (ECMA-376 part 1, 20.1.10.16)."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def drawing(picture: Picture, alt: str, relationship: str, number: int, height: float) -> str:
    """Return a run with a picture of that height in points; `number` is unique in the file."""
    tall = round(height * EMU_PER_POINT)
    wide = round(tall * picture.width / picture.height)
    name = f"Picture {number}"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:docPr id="{number}" name="{name}" descr="{escape(alt)}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )
