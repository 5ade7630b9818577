"""Word's comments: threads, replies and what is resolved, read from the parts that hold them."""

from lxml import etree

from letters.document.marks import Comment
from letters.formats.docx.names import W
from letters.formats.docx.package import parse

COMMENTS = "word/comments.xml"
THREADS = "word/commentsExtended.xml"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def comments_of(parts: dict[str, bytes], name: str) -> tuple[Comment, ...]:
    """Return the comments of a file in order; a thread is known by the last paragraph of each comment (MS-DOCX 2.5.1)."""
    if COMMENTS not in parts:
        return ()
    elements = list(parse(parts[COMMENTS], f"{name}: {COMMENTS}").iterfind(f"{W}comment"))
    threads = threads_of(parts, name)
    by_paragraph = {last_paragraph(element): str(element.get(f"{W}id")) for element in elements}
    return tuple(comment_of(element, threads, by_paragraph) for element in elements)


def comment_of(
    element: etree._Element, threads: dict[str, tuple[str, bool]], by_paragraph: dict[str, str]
) -> Comment:
    """Return one comment."""
    parent, resolved = threads.get(last_paragraph(element), ("", False))
    texts = ("".join(text.text or "" for text in line.iter(f"{W}t")) for line in element.iter(f"{W}p"))
    return Comment(
        str(element.get(f"{W}id")),
        str(element.get(f"{W}author", "")),
        str(element.get(f"{W}date", "")),
        str(element.get(f"{W}initials", "")),
        "\n".join(texts),
        by_paragraph.get(parent, "") if parent else "",
        resolved,
    )


def threads_of(parts: dict[str, bytes], name: str) -> dict[str, tuple[str, bool]]:
    """Return the parent's paragraph and whether it is resolved, by each comment's own last paragraph."""
    if THREADS not in parts:
        return {}
    return {
        str(entry.get(f"{W15}paraId")): (str(entry.get(f"{W15}paraIdParent", "")), entry.get(f"{W15}done") in ("1", "true"))
        for entry in parse(parts[THREADS], f"{name}: {THREADS}")
    }


def last_paragraph(comment: etree._Element) -> str:
    """Return the id of a comment's last paragraph."""
    found = [str(line.get(f"{W14}paraId", "")) for line in comment.iter(f"{W}p")]
    return found[-1] if found else ""
