"""Files of decisions, written for people: one to start from, and answers added to one that somebody keeps."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from letters.errors import LettersError
from letters.versions.copies.changes import Change, Review
from letters.versions.deciding.decisions import SHORTEST_HASH, Decision, read_decisions
from letters.versions.deciding.ledger import as_data
from letters.versions.deciding.resolution import Resolution
from letters.versions.deciding.saying import place_of, said_of

HEAD = """\
# Changes that are open after a merge. Write accept, reject or part after each `decision:`, a reason and your name.
# With part, add `text:` with the words to use instead. Changes without a decision stay open. Then merge again with
# this file.
decisions:
"""
WIDTH = 110


def starter(resolution: Resolution, together: list[Change], reviews: list[Review]) -> str:
    """Return a file of decisions to fill in: everything that is open, with its sentence and what was said of it."""
    digests = {review.name: review.digest for review in reviews}
    by_id = {change.id: change for change in together}
    remarks = [remark for review in reviews for remark in review.remarks]
    parts = []
    for change in resolution.open:
        about = [f"{change.heading or 'the beginning'}: {said_of(change)}", sentence_of(change), signed(change)]
        about += [f"disputed by {other}: {said_of(by_id[other])}" for other in change.conflicts if other in by_id]
        about += [
            f"{remark.comment.author} comments: {remark.comment.text}"
            for remark in remarks
            if remark.change == change.id or (remark.line == change.hunk.line and not remark.change)
        ]
        if change.id in resolution.before:
            old = resolution.before[change.id]
            about.append(f"decided before, on another copy: {old.decision} ({old.reason}; {old.name})")
        row = {
            "change": change.id,
            "copy": digests[change.review][:SHORTEST_HASH],
            "place": change.unit,
            "author": change.hunk.mark.author,
            "before": change.before,
            "after": change.after,
            "decision": "",
            "reason": "",
            "name": "",
        }
        parts.append("".join(f"  # {line}\n" for text in about if text for line in lines_of(text)) + rows([row], "  "))
    return HEAD.rstrip("\n") + (" []\n" if not parts else "\n" + "\n".join(parts))


def sentence_of(change: Change) -> str:
    """Return the words around a change with the change in them."""
    before, after = change.around
    if not (before or after):
        return ""
    words = f"[-{change.before}-]" if change.before else ""
    words += f"{{+{change.after}+}}" if change.after else ""
    return f"…{before}{words}{after}…"


def signed(change: Change) -> str:
    """Return who made a change, and when."""
    when = f", {change.hunk.mark.when}" if change.hunk.mark.when else ""
    return f"{place_of(change.hunk, change.unit, change.heading)}, by {change.hunk.mark.author}{when}"


def lines_of(text: str) -> Iterable[str]:
    """Yield a text in lines of a readable length, nothing in it that ends a comment."""
    words = " ".join(text.split()).split(" ")
    held = ""
    for word in words:
        if held and len(held) + len(word) > WIDTH:
            yield held
            held = f"  {word}"
        else:
            held = f"{held} {word}" if held else word
    yield held


def rows(held: list[dict[str, Any]], indent: str) -> str:
    """Return entries of a list as YAML, indented."""
    text = yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=1_000_000)
    return "".join(f"{indent}{line}\n" if line.strip() else "\n" for line in text.splitlines())


def added_to(text: str, decisions: list[Decision], name: str) -> str:
    """Return the text of a file of decisions with more of them at its end; everything else stays as it is.

    Raises LettersError where it cannot be added to so that it says just that.
    """
    if not decisions:
        return text
    before = read_decisions(text, name)
    new = rows_at(text, [as_data(decision) for decision in decisions])
    after = read_decisions(new, name)
    if after.decisions != [*before.decisions, *decisions] or after.copies != before.copies:
        raise LettersError(f"{name}: letters cannot add the decisions to it. Name a new file with --decisions.")
    return new


def rows_at(text: str, held: list[dict[str, Any]]) -> str:
    """Return a text with entries at the end of its list `decisions`."""
    empty = re.search(r"^decisions:[ \t]*(\[\])?[ \t]*(#.*)?$", text, re.MULTILINE)
    if empty is None:
        start = text if text.endswith("\n") or not text else f"{text}\n"
        return f"{start}decisions:\n{rows(held, '  ')}"
    head, rest = text[: empty.end()].replace("decisions: []", "decisions:"), text[empty.end() :]
    end = re.search(r"^(?=[^\s#\-])", rest, re.MULTILINE)
    own, after = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    dash = re.search(r"^([ \t]*)-", own, re.MULTILINE)
    body = own.rstrip("\n")
    tail = own[len(body) :]
    return f"{head}{body}\n{rows(held, dash[1] if dash else '  ')}{tail[1:]}{after}"
