"""A reviewer's copy of words that she proposes elsewhere than in Word: tracked changes and comments in her name."""

from collections.abc import Iterator, Mapping

from letters.document.blocks import Document
from letters.document.marks import Cell, Comment, Grid, Line, Mark, Marked, Row, Story, rejects
from letters.errors import VersionFault
from letters.findings.inspection import Inspection
from letters.findings.source_file import SourceFile
from letters.houses.house import House
from letters.verbs.redline import refuse_unproved
from letters.verbs.word_letter import block_names, word_letter
from letters.versions.merging.proof import differences
from letters.versions.redlining.compared_files import compare_files
from letters.versions.wording import marked as marked_words
from letters.versions.wording import reworded
from letters.word.read import read
from letters.word.redline import redline as write_redline
from letters.word.redline import with_stories
from letters.word.word_file import accepted


def proposed_copy(
    sent: SourceFile, inspection: Inspection, house: House, mark: Mark, remarks: Mapping[str, str]
) -> bytes:
    """Return a copy of what was sent that proposes the words of an inspection.

    `mark` says whose the changes are and when they were made; `remarks` gives comments by the finding that they are
    about. Raises VersionFault where the copy does not say just that.
    """
    before = accepted(read(sent.data, sent.name))
    document, data = word_letter(inspection, house)
    after = read(data, sent.name)
    marked = compare_files(before.marked, after.marked, mark)
    comments = tuple(
        Comment(str(number), mark.author, mark.when, "", text) for number, text in enumerate(remarks.values())
    )
    names = {finding: comment.id for finding, comment in zip(remarks, comments, strict=True)}
    body = with_remarks(marked.stories["body"], block_names(document), names)
    if names:
        raise VersionFault(f"There is nothing of {', '.join(names)} in what was sent to comment on.")
    marked = Marked({**marked.stories, "body": body}, comments)
    written = write_redline(before, after, marked, mark)
    refuse_unproved(written, before.marked, after.marked)
    return written


def with_remarks(story: Story, blocks: Mapping[str, str], names: dict[str, str]) -> Story:
    """Return a story in which the first paragraph of each finding bears the comment on it."""
    return tuple(commented(story, blocks, names))


def commented(story: Story, blocks: Mapping[str, str], names: dict[str, str]) -> Iterator[Line | Grid]:
    """Yield the blocks of a story with comments; one that was laid is no longer among the names."""
    for block in story:
        if isinstance(block, Grid):
            rows = [
                Row(tuple(Cell(with_remarks(cell.story, blocks, names), cell.props) for cell in row.cells), *row[1:])
                for row in block.rows
            ]
            yield block._replace(rows=tuple(rows))
            continue
        finding = next((blocks[held.name] for held in block.anchors if held.name in blocks), "").partition(".")[0]
        name = names.pop(finding, None) if block.pieces else None
        if name is None:
            yield block
        else:
            yield block._replace(pieces=tuple(piece._replace(comments=(name,)) for piece in block.pieces))


def answered_copy(sent: SourceFile, document: Document, words: Mapping[str, tuple[str, Mark]]) -> bytes:
    """Return a copy of what was sent in which paragraphs have other words, as tracked changes.

    `words` gives the words of a paragraph, and whose they are, by the id of its block in `document`, the letter that
    was sent. Raises VersionFault where the copy does not say just that.
    """
    file = accepted(read(sent.data, sent.name))
    left = dict(words)
    stories = {name: tuple(answered(story, block_names(document), left)) for name, story in file.marked.stories.items()}
    if left:
        raise VersionFault(f"There is no paragraph {', '.join(left)} in what was sent.")
    written = with_stories(file, [], Marked(stories))
    back = read(written, sent.name).marked
    wrong = differences(back, file.marked, rejects)
    if wrong:
        raise VersionFault(f"The copy does not hold what was sent: {wrong[0]}.")
    return written


def answered(story: Story, blocks: Mapping[str, str], left: dict[str, tuple[str, Mark]]) -> Iterator[Line | Grid]:
    """Yield the blocks of a story with other words; those that were laid are no longer among what is left."""
    for block in story:
        if isinstance(block, Grid):
            rows = [
                Row(tuple(Cell(tuple(answered(cell.story, blocks, left)), cell.props) for cell in row.cells), *row[1:])
                for row in block.rows
            ]
            yield block._replace(rows=tuple(rows))
            continue
        place = next((blocks[held.name] for held in block.anchors if held.name in blocks), "")
        if place not in left or not block.pieces:
            yield block
            continue
        new, mark = left.pop(place)
        yield block._replace(pieces=marked_words(block.pieces, reworded(block.pieces, new), mark))
