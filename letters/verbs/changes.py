"""Read what reviewed copies of a draft bring home, and match the changes of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from letters.document.blocks import Document
from letters.document.marks import Mark, Marked, marks_of, resolved
from letters.errors import VersionFault
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.verbs.read import read_inspection
from letters.verbs.steps import Step, log_step
from letters.verbs.word_letter import block_names, word_letter
from letters.versions.copies.changes import LEAST_FOUND, Change, Review, Sent, match_reviews, review_of, sent_of
from letters.versions.copies.rivals import with_rivals_again
from letters.versions.deciding.ledger import reviews_as_data
from letters.versions.merging.proof import unlike_copy
from letters.word.drafts import rivals_in, units_of
from letters.word.package import archive, member
from letters.word.properties import read_back
from letters.word.read import read
from letters.word.word_file import WordFile, accepted


@dataclass(frozen=True)
class SentVersion:
    """A version as it was sent: its Word file, and the block that each text and each anchor in it was made from."""

    file: WordFile
    names: dict[str, str]


@dataclass(frozen=True)
class SentInspection(SentVersion):
    """A version that was sent, with the inspection file that it is to be merged into."""

    source: SourceFile
    inspection: Inspection
    document: Document


@dataclass(frozen=True)
class Reviews:
    """What reviewed copies bring home: each copy's own changes, and all of them matched."""

    sent: Sent
    reviews: list[Review]
    word_files: list[WordFile]
    changes: list[Change]

    def as_data(self) -> dict[str, Any]:
        """Return them as plain data: changes, comments, and what is elsewhere."""
        return reviews_as_data(self.reviews, self.changes)


def sent_inspection(source: SourceFile, house: House, kept: SourceFile | None) -> SentInspection:
    """Return the version of an inspection file that was sent: the kept file, or what it composes to."""
    inspection = read_inspection(source)
    document, data = word_letter(inspection, house)
    word = kept or SourceFile(source.name, data)
    return SentInspection(accepted(read(word.data, word.name)), block_names(document), source, inspection, document)


def sent_word_file(source: SourceFile) -> SentVersion:
    """Return the version that a Word file is, as it was sent."""
    file = accepted(read(source.data, source.name))
    return SentVersion(file, units_of(file.parts))


def read_reviews(version: SentVersion, copies: Sequence[SourceFile]) -> Reviews:
    """Return what each reviewed copy changed; raises VersionFault where one answers another letter or version."""
    log_step(Step.MERGE, f"{len(copies)} reviewed copies of {version.file.name}")
    sent = sent_of(version.file.marked, version.names)
    shown = {mark for story in read_again(version.file).stories.values() for mark in marks_of(story)}
    reviews, files = [], []
    for copy, name in zip(copies, short_names(copies), strict=True):
        file = read(copy.data, copy.name)
        refuse_other_draft(file, version.file)
        review, found = review_of(sent, without(file.marked, shown), name, version.file.marked)
        review.digest = copy.digest
        with_rivals_again(review, rivals_in(file.parts), sent)
        review.elsewhere += unlike_copy(review, sent)
        if found < LEAST_FOUND:
            raise VersionFault(
                f"{copy.name}: only {found:.0%} of the words sent are in it. It is a copy of another letter or draft."
            )
        reviews.append(review)
        files.append(file)
    return Reviews(sent, reviews, files, match_reviews(reviews))


def read_again(file: WordFile) -> Marked:
    """Return what was sent with the marks that it bore: a redline that went out has some of its own."""
    return read(archive(member(name, part) for name, part in file.parts.items()), file.name).marked


def without(copy: Marked, shown: set[Mark]) -> Marked:
    """Return a copy in which the changes that were in what was sent are accepted, as the sender meant them."""
    if not shown:
        return copy
    known = {(mark.author, mark.when) for mark in shown}
    stories = {
        name: resolved(story, lambda mark: True if (mark.author, mark.when) in known else None)
        for name, story in copy.stories.items()
    }
    return Marked(stories, copy.comments)


def short_names(copies: Sequence[SourceFile]) -> list[str]:
    """Return a name for each copy: its file's without folder and suffix, made one of its own where two are the same."""
    stems = [stem_of(copy.name) for copy in copies]
    return [stem if stems.count(stem) == 1 else f"{stem}-{place}" for place, stem in enumerate(stems, start=1)]


def stem_of(name: str) -> str:
    """Return the name of a file without folder and suffix."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, _ = last.rpartition(".")
    return stem if dot and stem else last


def refuse_other_draft(copy: WordFile, sent: WordFile) -> None:
    """Raise VersionFault where a copy says that it answers another letter or another version."""
    told, wanted = read_back(copy.parts), read_back(sent.parts)
    for key, what in (("InspectionId", "inspection"), ("LetterVersion", "version")):
        if key in told and key in wanted and told[key] != wanted[key]:
            raise VersionFault(
                f"{copy.name}: it is a copy of {what} {told[key]}, not {wanted.get(key)}. "
                "Merge it with the file that was sent."
            )
