"""Send a draft for review: the Word file that goes to every reviewer."""

from typing import NamedTuple

from letters.errors import VersionFault
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.verbs.read import read_inspection
from letters.verbs.word_letter import word_letter
from letters.word.drafts import tracking
from letters.word.names import SETTINGS
from letters.word.package import archive, member
from letters.word.read import read


class Draft(NamedTuple):
    """A draft for review: what its file is called, and its bytes."""

    file_name: str
    data: bytes


def send(source: SourceFile, house: House, *, protect: bool = False) -> Draft:
    """Return the draft of an inspection file; `protect` allows nothing but tracked changes and comments in Word.

    Raises VersionFault where its stage is final.
    """
    inspection = read_inspection(source)
    document, data = word_letter(inspection, house)
    if document.draft is None:
        raise VersionFault(f"{source.name}: its stage is final. Set it to draft, agreement or factual_accuracy.")
    return Draft(draft_name(inspection), protected(data) if protect else data)


def draft_name(inspection: Inspection) -> str:
    """Return what the file of a draft is called."""
    return f"{inspection.id}-v{inspection.version}.docx"


def refuse_other_words(draft: Draft, already_sent: SourceFile | None) -> None:
    """Raise VersionFault where the same version was sent before with other words."""
    if already_sent and already_sent.data != draft.data:
        version = draft.file_name.removesuffix(".docx").rpartition("-v")[2]
        raise VersionFault(
            f"{already_sent.name}: version {version} was already sent with different words. "
            "Increase `version:` and send again."
        )


def protected(data: bytes) -> bytes:
    """Return a draft in which Word allows tracked changes and comments only."""
    parts = read(data, "draft").parts
    parts[SETTINGS] = tracking(parts[SETTINGS], protect=True)
    return archive(member(name, part) for name, part in parts.items())
