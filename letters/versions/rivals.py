"""What a combined file says beside its marks, and what it means when that file comes back as a reviewed copy."""

from dataclasses import replace

from letters.versions.changes import Change, Review, Sent, around_of


def rivals_of(together: list[Change], unseen: set[str]) -> list[dict[str, str]]:
    """Return the changes that others dispute and a combined file shows, each with all the words that it takes out."""
    return [
        {
            "author": change.hunk.mark.author,
            "when": change.hunk.mark.when,
            "typed": " ".join(sorted(times_of(change))),
            "line": str(change.hunk.line),
            "start": str(change.hunk.start),
            "end": str(change.hunk.end),
            "after": change.after,
        }
        for change in together
        if change.conflicts and change.hunk.kind == "words" and change.id not in unseen
    ]


def times_of(change: Change) -> set[str]:
    """Return when a change was made: what it takes out, and what it puts in."""
    return {change.hunk.mark.when, *(piece.inserted.when for piece in change.hunk.pieces if piece.inserted)}


def with_rivals_again(review: Review, rivals: list[dict[str, str]], sent: Sent) -> Review:
    """Return a review in which a change takes out again what a combined file shows as taken out by another."""
    for place, change in enumerate(review.changes):
        hunk = change.hunk
        for rival in rivals:
            told = (rival.get("author"), rival.get("line"), rival.get("after"))
            if told != (hunk.mark.author, str(hunk.line), change.after) or hunk.kind != "words":
                continue
            if not times_of(change) & {*rival.get("typed", "").split(" "), rival.get("when", "")}:
                continue
            start, end = int(rival.get("start", -1)), int(rival.get("end", -1))
            if not 0 <= start <= hunk.start <= hunk.end <= end <= len(sent.text(hunk.line)):
                continue
            if (start, end) != (hunk.start, hunk.end):
                number = int(change.id.rpartition("-")[2])
                review.edition.also.setdefault(hunk.line, []).append((start, end, number))
                before = sent.text(hunk.line)[start:end]
                mark = hunk.mark._replace(when=rival.get("when", ""))
                whole = hunk._replace(start=start, end=end, taken=before, mark=mark)
                around = around_of(sent.text(hunk.line), start, end)
                review.changes[place] = replace(change, hunk=whole, before=before, around=around)
    return review
