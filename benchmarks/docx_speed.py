"""Letters a second in DOCX: ours against plain docxtpl with a new template object each, and against soffice.

python -m benchmarks.docx_speed
"""

import resource
import shutil
import subprocess
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

import letters
from benchmarks.timing import line, milliseconds
from letters.document.blocks import Box, Document, Heading, Item, Paragraph, Table, plain
from letters.document.walk import block_texts
from letters.formats.pdf.write import write as write_pdf
from letters.houses.house import House
from letters.word.write import write

FIXTURE = "fixtures/cawdale/inspection.yaml"


def paragraph(style: str, words: str) -> str:
    """Return a paragraph of the peer's template."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def loop(name: str, inner: str) -> str:
    """Return a loop over paragraphs in docxtpl's own tags."""
    return f"{paragraph('Normal', f'{{%p for x in {name} %}}')}{inner}{paragraph('Normal', '{%p endfor %}')}"


def peer_template(document: Document, house: House) -> bytes:
    """Return the same letter with its body as docxtpl's users write it: loops of paragraphs and rows."""
    body = paragraph("Date", "{{ date }}") + loop("addressees", paragraph("Addressee", "{{ x }}"))
    body += paragraph("Salutation", "{{ salutation }}") + paragraph("Heading1", "{{ title }}")
    body += loop(
        "sections",
        paragraph("Heading2", "{{ x.heading }}")
        + paragraph("Normal", "{%p for y in x.paragraphs %}")
        + paragraph("Normal", "{{ y }}")
        + paragraph("Normal", "{%p endfor %}")
        + paragraph("Normal", "{%p for y in x.bullets %}")
        + paragraph("ListBullet", "{{ y }}")
        + paragraph("Normal", "{%p endfor %}"),
    )
    cell = '<w:tc><w:tcPr><w:tcW w:w="4536" w:type="dxa"/></w:tcPr>{}</w:tc>'
    row = "<w:tr>{}</w:tr>"
    rows = (
        row.format(cell.format(paragraph("TableText", "{%tr for r in rows %}")) + cell.format("<w:p/>"))
        + row.format(
            cell.format(paragraph("TableText", "{{ r.body }}")) + cell.format(paragraph("TableText", "{{ r.text }}"))
        )
        + row.format(cell.format(paragraph("TableText", "{%tr endfor %}")) + cell.format("<w:p/>"))
    )
    body += f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol w:w="4536"/><w:gridCol w:w="4536"/></w:tblGrid>{rows}</w:tbl>'
    body += loop(
        "studies",
        paragraph("CaseStudyHeading", "{{ x.heading }}")
        + paragraph("Normal", "{%p for y in x.paragraphs %}")
        + paragraph("CaseStudy", "{{ y }}")
        + paragraph("Normal", "{%p endfor %}"),
    )
    body += loop("signatures", paragraph("SignatoryName", "{{ x }}"))
    return with_body(write(document, house), body)


def with_body(letter: bytes, body: str) -> bytes:
    """Return a letter with other paragraphs in its body: the same styles, headers, logos and footnotes."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(letter)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                start, end = data.index(b"<w:body>") + len(b"<w:body>"), data.rindex(b"<w:sectPr>")
                data = data[:start] + body.encode() + data[end:]
            new.writestr(name, data)
    return stream.getvalue()


def peer_context(document: Document) -> dict[str, Any]:
    """Return the letter's words as docxtpl takes them."""
    context: dict[str, Any] = {"sections": [], "rows": [], "studies": [], "addressees": [], "signatures": []}
    for block in document.blocks:
        if isinstance(block, Box):
            lines = [plain(runs) for runs in block_texts(block.blocks)]
            if block.role in ("date", "salutation"):
                context[block.role] = lines[0]
            elif block.role == "case-study":
                context["studies"].append({"heading": lines[0], "paragraphs": lines[1:]})
            else:
                context["addressees" if block.role == "addressees" else "signatures"] += lines
        elif isinstance(block, Heading) and block.level == 1:
            context["title"] = plain(block.runs)
            context["sections"].append({"heading": "", "paragraphs": [], "bullets": []})
        elif isinstance(block, Heading):
            context["sections"].append({"heading": plain(block.runs), "paragraphs": [], "bullets": []})
        elif isinstance(block, Paragraph | Item):
            kind = "bullets" if isinstance(block, Item) else "paragraphs"
            context["sections"][-1][kind].append(plain(block.runs))
        elif isinstance(block, Table):
            for body, text in block.rows:
                words = " ".join(plain(runs) for runs in block_texts(text))
                context["rows"].append({"body": " ".join(plain(runs) for runs in block_texts(body)), "text": words})
    return context


def peer_letter(template: bytes, context: dict[str, Any]) -> bytes:
    """Make one letter as plain docxtpl does."""
    document = DocxTemplate(BytesIO(template))
    document.render(context, autoescape=True)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def soffice_milliseconds(data: bytes) -> float | None:
    """Return the milliseconds of one `soffice --convert-to pdf`, or None where there is no soffice."""
    if shutil.which("soffice") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "letter.docx").write_bytes(data)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/user",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            f"{folder}/letter.docx",
        ]
        subprocess.run(command, check=True, capture_output=True)
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return (time.perf_counter() - start) * 1000


def memory_growth(count: int) -> float:
    """Return by how many megabytes the process has grown over that many letters."""
    house, found = letters.house("joint"), letters.load(FIXTURE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(count):
        write(letters.compose(found, house), house)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main() -> None:
    """Print the ratios."""
    house, found = letters.house("joint"), letters.load(FIXTURE)
    document = letters.compose(found, house)
    template, context = peer_template(document, house), peer_context(document)
    peer = milliseconds(lambda: peer_letter(template, context), 10)
    writing = milliseconds(lambda: write(document, house), 100)
    whole = milliseconds(lambda: write(letters.compose(found, house), house), 100)
    print(line("DOCX of a composed letter", writing, peer, ">= 10"))
    print(line("composing and DOCX", whole, peer, ""))
    write_pdf(document, house)
    pdf = milliseconds(lambda: write_pdf(document, house), 1, 3)
    if soffice := soffice_milliseconds(write(document, house)):
        print(line("DOCX, against soffice --convert-to pdf", whole, soffice, ""))
        print(line("PDF, against soffice --convert-to pdf", pdf, soffice, ""))
    print(f"memory over 1,000 letters grew by {memory_growth(1000):.1f} MB   wanted flat")


if __name__ == "__main__":
    main()
