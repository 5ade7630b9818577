"""A Word file as it was read: its parts, its media and its stories."""

from dataclasses import dataclass, field, replace

from lxml import etree

from letters.document.marks import Marked, accepts, resolved


@dataclass(frozen=True)
class Media:
    """A picture of a file: its bytes, and the end of its name."""

    data: bytes
    suffix: str


@dataclass
class WordFile:
    """A DOCX file read: its parts as they were, its stories as lines, its pictures by what they hold."""

    name: str
    parts: dict[str, bytes]
    marked: Marked
    roots: dict[str, etree._Element] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)


def accepted(file: WordFile) -> WordFile:
    """Return a file with every tracked change in it accepted: the version that it stands for."""
    stories = {name: resolved(story, accepts) for name, story in file.marked.stories.items()}
    return replace(file, marked=Marked(stories))
