"""Word's comments: threads, replies and what is resolved, read from the parts that hold them, and written."""

from html import escape

from lxml import etree

from letters.document.marks import Comment
from letters.word.names import NAMESPACES, RELATIONSHIP_NS, XML_HEAD, W
from letters.word.package import parse

COMMENTS = "word/comments.xml"
THREADS = "word/commentsExtended.xml"
THREAD_RELATIONSHIP = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
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


def comment_of(element: etree._Element, threads: dict[str, tuple[str, bool]], by_paragraph: dict[str, str]) -> Comment:
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
        str(entry.get(f"{W15}paraId")): (
            str(entry.get(f"{W15}paraIdParent", "")),
            entry.get(f"{W15}done") in ("1", "true"),
        )
        for entry in parse(parts[THREADS], f"{name}: {THREADS}")
    }


def last_paragraph(comment: etree._Element) -> str:
    """Return the id of a comment's last paragraph."""
    found = [str(line.get(f"{W14}paraId", "")) for line in comment.iter(f"{W}p")]
    return found[-1] if found else ""


def comment_parts(comments: tuple[Comment, ...]) -> dict[str, tuple[bytes, str, str]]:
    """Return the parts that hold comments: their bytes, the kind of their relationship, and their content type."""
    rows = "".join(comment_xml(comment) for comment in comments)
    spaces = f'{NAMESPACES} xmlns:w14="{W14[1:-1]}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="w14"'
    threads = "".join(thread_xml(comment) for comment in comments)
    whole = f"{XML_HEAD}<w:comments {spaces}>{rows}</w:comments>".encode()
    extended = f'{XML_HEAD}<w15:commentsEx xmlns:w15="{W15[1:-1]}">{threads}</w15:commentsEx>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments"
    return {
        COMMENTS: (whole, f"{RELATIONSHIP_NS}/comments", f"{kind}+xml"),
        THREADS: (extended, THREAD_RELATIONSHIP, f"{kind}Extended+xml"),
    }


def comment_xml(comment: Comment) -> str:
    """Return one comment, a paragraph a line; its last paragraph bears the id that its thread knows it by."""
    lines = comment.text.split("\n")
    paragraphs = "".join(
        f'<w:p w14:paraId="{paragraph_id(comment.id, place == len(lines) - 1, place)}">'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for place, line in enumerate(lines)
    )
    when = f' w:date="{escape(comment.when)}"' if comment.when else ""
    who = f'w:author="{escape(comment.author)}"{when} w:initials="{escape(comment.initials)}"'
    return f'<w:comment w:id="{comment.id}" {who}>{paragraphs}</w:comment>'


def thread_xml(comment: Comment) -> str:
    """Return a comment's place in its thread."""
    parent = f' w15:paraIdParent="{paragraph_id(comment.parent, True, 0)}"' if comment.parent else ""
    return (
        f'<w15:commentEx w15:paraId="{paragraph_id(comment.id, True, 0)}"{parent} w15:done="{int(comment.resolved)}"/>'
    )


def paragraph_id(comment: str, last: bool, place: int) -> str:
    """Return the id of a paragraph of a comment: eight hexadecimal digits below 80000000 (MS-DOCX 2.6.2.3)."""
    return f"{int(comment) * 256 + (255 if last else place):08X}"
