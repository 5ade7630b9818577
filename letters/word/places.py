"""The places of a frame, made whole and lifted out of the marks around them, so that they can be filled."""

import re

PARAGRAPH = re.compile(r"<w:p><w:r><w:t>\{\{p (\w+ ?)\}\}</w:t></w:r></w:p>")
RUN = re.compile(r"<w:r><w:t>\{\{r (\w+ ?)\}\}</w:t></w:r>")
"""Places as tools/new_frame.py writes them: alone in a paragraph, alone in a run."""
SPACE = '<w:r><w:t xml:space="preserve"></w:t></w:r>'
"""The run that docxtpl leaves on either side of a place for runs."""


def lifted(xml: str) -> str:
    """Return a part with its places lifted out, as docxtpl prepares them.

    Places that nobody has typed over are lifted here, for docxtpl takes half as long to load as a letter to write.
    """
    if has_others(xml):
        return by_docxtpl(xml)
    return RUN.sub(rf"{SPACE}{{{{ \1}}}}{SPACE}", PARAGRAPH.sub(r"{{ \1}}", xml))


def has_others(xml: str) -> bool:
    """Say whether a part has anything else that could be a place, whole or parted by marks."""
    rest = RUN.sub("", PARAGRAPH.sub("", xml))
    return "{" in rest or "}" in rest


def by_docxtpl(xml: str) -> str:
    """Return a part with its places as docxtpl prepares them: tags whole, {{p ...}} and {{r ...}} lifted out."""
    from docxtpl import DocxTemplate

    prepared: str = DocxTemplate(None).patch_xml(xml)
    return prepared
