"""What reviewers write in the browser: it becomes a copy with tracked changes and comments, like any other."""

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any
from uuid import UUID

from letters.document.marks import Mark
from letters.errors import LettersError
from letters.findings.editing import place_of, proved, set_fields
from letters.findings.rewriting import plain
from letters.findings.source_file import SourceFile
from letters.verbs.propose import proposed_copy
from letters.workspace import blobs
from letters.workspace.access import Access
from letters.workspace.models import Proposal, Return, Sending
from letters.workspace.now import now
from letters.workspace.once import refuse_done
from letters.workspace.reading import joint, read_text, text_of
from letters.workspace.returning import Given, give_copy
from letters.workspace.stages import copies_that_count
from letters.workspace.typed import cleaned

FIELDS = ("text", "impact", "lead_in", "points", "title", "subtitle", "pseudonym_note")
"""The fields of findings that a letter shows in words."""


def propose(
    access: Access,
    sending: Sending,
    finding: str,
    given: Mapping[str, Any],
    remark: str,
    once: UUID | None,
    led_to: str,
) -> Return:
    """Propose words for a finding, with a remark, and return the copy that holds everything the person proposes.

    `given` has the fields as they should be; where neither differs from what was sent, the proposal is taken back.
    Raises EditFaults where the words cannot be a finding's, LettersError where they are no change of the letter.
    """
    refuse_done(access.person, once)
    changed = differing(sending, finding, given)
    remark = cleaned(remark)
    last = newest(access, sending).get(finding)
    if last is None and not changed and not remark:
        raise LettersError("Change the words, or write a remark.")
    row = Proposal(sending=sending, person=access.person, finding=finding, fields=changed, remark=remark, at=now())
    rows = [*(held for name, held in newest(access, sending).items() if name != finding), row]
    rows = [held for held in rows if held.fields or held.remark]
    old = own_copy(access, sending)
    data = copy_of(access, sending, rows)
    row.save(force_insert=True)
    name = f"{sending.case.slug}-v{sending.version.number}-written-here.docx"
    own = Given(access.person.organisation, old, is_written_here=True, once=once, led_to=led_to)
    return give_copy(access, sending, own, name, data)


def differing(sending: Sending, finding: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a finding that would say something else than was sent, as plain data."""
    inspection = read_text(text_of(sending.version), sending.version.number).inspection
    wanted = inspection.model_copy(deep=True)
    set_fields(place_of(wanted, finding).entry, dict(given))
    before, after = (plain(place_of(side, finding).entry) for side in (inspection, proved(wanted)))
    return {name: after.get(name) for name in FIELDS if before.get(name) != after.get(name)}


def newest(access: Access, sending: Sending) -> dict[str, Proposal]:
    """Return what a person proposes now, by finding."""
    rows = Proposal.objects.filter(sending=sending, person=access.person).order_by("pk")
    return {row.finding: row for row in rows}


def own_copy(access: Access, sending: Sending) -> Return | None:
    """Return the copy of what a person wrote in the browser before."""
    return copies_that_count(sending).filter(person=access.person, is_written_here=True).last()


def copy_of(access: Access, sending: Sending, rows: Iterable[Proposal]) -> bytes:
    """Return the Word file that holds some proposals as tracked changes and comments of the person."""
    wanted = read_text(text_of(sending.version), sending.version.number).shown.model_copy(deep=True)
    remarks = {}
    for row in rows:
        set_fields(place_of(wanted, row.finding).entry, row.fields)
        if row.remark:
            remarks[row.finding] = row.remark
    sent = SourceFile(sending.file.name, blobs.get(sending.file.blob))
    when = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return proposed_copy(sent, proved(wanted), joint(), Mark(access.person.name, when), remarks)
