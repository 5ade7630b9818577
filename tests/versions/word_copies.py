"""A copy as Word saves it, with nothing edited: runs split, editing numbers, proofing marks, and settings of its own."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import count

from PIL import Image

RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: xml:space=\"preserve\")?>([^<]*)</w:t></w:r>")
APP = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
W14 = ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def with_parts(docx: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """Return a file whose parts were changed, with some more of them."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as target:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
        for name, data in (parts | (more or {})).items():
            target.writestr(name, data)
    return out.getvalue()


def with_words(docx: bytes, old: str, new: str) -> bytes:
    """Return a file with other XML at one place of its body."""

    def changed(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        assert part.count(old.encode()) == 1
        return part.replace(old.encode(), new.encode())

    return with_parts(docx, changed)


def saved_by_word(docx: bytes) -> bytes:
    """Return an unedited copy as Word saves it."""
    return with_parts(docx, part_by_word, {"docProps/app.xml": APP})


def part_by_word(name: str, part: bytes) -> bytes:
    """Return a part as Word writes it anew."""
    if name.endswith(".png"):
        return compressed_again(part)
    if name == "word/settings.xml":
        return part.replace(b"</w:settings>", b'<w:rsids><w:rsidRoot w:val="00A1"/></w:rsids></w:settings>')
    return story_by_word(part.decode()).encode() if re.match(r"word/(document|header|footer|footnotes)", name) else part


def story_by_word(xml: str) -> str:
    """Return a story with its runs split, and the marks that Word leaves in it."""
    numbers = count(1)
    xml = RUN.sub(lambda found: split_run(found[1] or "", found[2]), xml)
    xml = re.sub(r"(<w:(?:document|hdr|ftr|footnotes)\b)", r"\1" + W14 * ("xmlns:w14" not in xml), xml, count=1)
    xml = re.sub(r"<w:p>", lambda _: f'<w:p w14:paraId="{next(numbers):08X}" w:rsidR="00B2" w:rsidP="00C3">', xml)
    mark = '<w:bookmarkStart w:id="9999" w:name="_GoBack"/><w:bookmarkEnd w:id="9999"/>'
    return xml.replace("</w:p>", f"{mark}</w:p>", 1).replace('w:numId w:val="90', 'w:numId w:val="1')


def split_run(look: str, words: str) -> str:
    """Return a run as Word splits it: at every word its language and an editing number."""
    inner = look.removeprefix("<w:rPr>").removesuffix("</w:rPr>")
    return "".join(
        f'<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00D{place}"><w:rPr>{inner}<w:lang w:val="en-US"/></w:rPr>'
        f'<w:lastRenderedPageBreak/><w:t xml:space="preserve">{part}</w:t></w:r><w:proofErr w:type="spellEnd"/>'
        for place, part in enumerate(re.findall(r"&\w+;|\S+|\s+", words))
    )


def compressed_again(png: bytes) -> bytes:
    """Return a picture with the same points, in other bytes."""
    out = BytesIO()
    Image.open(BytesIO(png)).save(out, "PNG", compress_level=1)
    return out.getvalue()
