"""What only a draft for review carries: hidden bookmarks at every block, paragraph numbers, tracking switched on."""

import re
from hashlib import sha256

ANCHOR = "_s_"
"""How a hidden bookmark begins; Word hides every name that begins with an underscore."""
LONGEST_READABLE = 26
"""Letters of a block's id that its bookmark shows; Word's names have 40 at most."""
COUNT = 900
"""The abstract numbering that counts a draft's paragraphs."""
LABELS = {"body": "%1", "bullet-1": "■ %1", "bullet-2": "– %1"}
"""What stands before a paragraph of each kind."""
INSTANCES = {kind: COUNT + place for place, kind in enumerate(LABELS)}
DRAFT_NUMBERED = {
    kind: f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' for kind, number in INSTANCES.items()
}
"""The numPr of each kind of paragraph: kinds share one count, so that every paragraph has a number of its own."""
INDENTS = {"body": "", "bullet-1": (425, 369), "bullet-2": (794, 369)}


def anchor(block_id: str) -> str:
    """Return the name of the bookmark at a block: readable, within Word's 40 letters, one for each id."""
    readable = re.sub(r"[^A-Za-z0-9]", "_", block_id)[:LONGEST_READABLE]
    return f"{ANCHOR}{readable}_{sha256(block_id.encode()).hexdigest()[:6]}"


def level(kind: str) -> str:
    """Return the level that numbers paragraphs of a kind."""
    indent = INDENTS[kind]
    place = f'<w:pPr><w:ind w:left="{indent[0]}" w:hanging="{indent[1]}"/></w:pPr>' if indent else ""
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{LABELS[kind]}"/><w:lvlJc w:val="left"/>{place}'
        '<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:lvl>'
    )


def numbered_draft(numbering: bytes) -> bytes:
    """Return numbering.xml with the numbers of a draft's paragraphs."""
    abstract = f'<w:abstractNum w:abstractNumId="{COUNT}"><w:multiLevelType w:val="singleLevel"/>{level("body")}</w:abstractNum>'
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{COUNT}"/>'
        f'<w:lvlOverride w:ilvl="0">{level(kind)}</w:lvlOverride></w:num>'
        for kind, number in INSTANCES.items()
    )
    whole = numbering.replace(b"<w:num ", f"{abstract}<w:num ".encode(), 1)
    return whole.replace(b"</w:numbering>", f"{numbers}</w:numbering>".encode())
