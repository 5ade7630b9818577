"""The relationships of a part: where its links, pictures and data lie."""

from html import escape

from letters.houses.pictures import Picture
from letters.word.drafts import (
    OWN_DATA,
)
from letters.word.names import (
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIP_NS,
    XML_HEAD,
)
from letters.word.package import Member, member, parse

DATA_RELATIONSHIP = f'<Relationship Id="rIdData" Type="{RELATIONSHIP_NS}/customXml" Target="../{OWN_DATA}"/>'.encode()


def relationships(links: dict[str, str], pictures: list[Picture]) -> bytes:
    """Return a relationships part of its own."""
    head = f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">'.encode()
    return head + relationship_rows(links, pictures) + b"</Relationships>"


def relationship_rows(links: dict[str, str], pictures: list[Picture]) -> bytes:
    """Return the relationships to links and pictures."""
    rows = [
        f'<Relationship Id="{name}" Type="{RELATIONSHIP_NS}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for address, name in links.items()
    ]
    rows += [
        f'<Relationship Id="rIdPicture{number}" Type="{RELATIONSHIP_NS}/image" Target="media/picture{number}.png"/>'
        for number in range(1, len(pictures) + 1)
    ]
    return "".join(rows).encode()


def text_element(words: str) -> str:
    """Return a w:t; white space at its ends is kept where there is any."""
    text = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if words.strip() == words:
        return f"<w:t>{text}</w:t>"
    return f'<w:t xml:space="preserve">{text}</w:t>'


def checked(name: str, part: bytes) -> Member:
    """Pack a part after proving that it is well-formed."""
    parse(part, name)
    return member(name, part)
