"""Takes reviewers' answers: each copy is kept as it came, read by a process of its own, and told back at once."""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from letters.errors import LettersError
from letters.workspace import blobs
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import as_file
from letters.workspace.events import record
from letters.workspace.models import Organisation, Return, Sending, StoredFile
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.roles import Act
from letters.workspace.saving import locked
from letters.workspace.stages import copies_that_count, settle
from letters.workspace.uploads import WORD, NotTaken, in_own_process, keep

RETURNED = "returned"
"""The purpose of files that reviewers give."""
DAMAGED = "It is kept, but it cannot be read as a Word file. Save it anew in Word, and give that."


class NotWord(NotTaken):
    """A copy that is no Word file."""


@dataclass(frozen=True)
class Given:
    """An answer to what was sent, as somebody gives it."""

    organisation: Organisation
    """Whose answer it is."""
    replaces: Return | None = None
    """An earlier copy of the same person that it stands for."""
    is_written_here: bool = False
    once: UUID | None = None
    led_to: str = ""


def give_copy(access: Access, sending: Sending, given: Given, name: str, data: bytes) -> Return:
    """Keep a reviewer's copy, and return it with what was found in it, or with why it cannot be taken.

    The same file of the same inspectorate is taken once. Raises NotKept where it is not kept, NotWord for another kind
    of file, DoneAlready for a form done before.
    """
    refuse_done(access.person, given.once)
    refuse_foreign_copy(access, sending, given)
    kept = keep(access.person, access.case, RETURNED, name, data)
    before = same_copy(sending, given, kept)
    if before:
        return before
    found, fault = read_copy(sending, kept, data)
    with transaction.atomic():
        case = locked(access.case)
        before = same_copy(sending, given, kept)
        if before:
            return before
        refuse_replaced(sending, given, kept)
        copy = Return.objects.create(
            sending=sending,
            organisation=given.organisation,
            person=access.person,
            name=free_name(sending, given.organisation.register_id),
            file=kept,
            replaces=given.replaces,
            is_written_here=given.is_written_here,
            found=found,
            fault=fault,
            at=now(),
        )
        if not fault:
            Sending.objects.filter(pk=sending.pk).update(is_unmerged=True)
        remember(access.person, given.once, given.led_to)
        data_of = {"copy": copy.name, "file": kept.blob_id, "taken": not fault, "changes": found.get("changes", 0)}
        record(case, access.person, "copy_returned", str(sending.number), data_of)
        settle(case)
    if kept.blob.media_type != WORD:
        raise NotWord(fault)
    return copy


def no_comments(access: Access, sending: Sending, given: Given) -> Return:
    """Take as an answer that a reviewer, or her inspectorate, has no comments."""
    refuse_done(access.person, given.once)
    with transaction.atomic():
        case = locked(access.case)
        copy = Return.objects.create(
            sending=sending,
            organisation=given.organisation,
            person=access.person,
            name=free_name(sending, given.organisation.register_id),
            at=now(),
        )
        remember(access.person, given.once, given.led_to)
        data = {"copy": copy.name, "of": given.organisation.register_id}
        record(case, access.person, "no_comments", str(sending.number), data)
        settle(case)
    return copy


def refuse_foreign_copy(access: Access, sending: Sending, given: Given) -> None:
    """Raise LettersError where a copy would be another inspectorate's, or would replace another person's."""
    if not access.may(Act.LEAD) and given.organisation != access.person.organisation:
        raise LettersError("You answer for your own inspectorate. Ask the lead to enter a copy of another one.")
    old = given.replaces
    if old and (old.sending_id != sending.pk or old.person_id != access.person.pk):
        raise LettersError("A copy replaces one that you gave yourself in this review, and no other.")


def refuse_replaced(sending: Sending, given: Given, kept: StoredFile) -> None:
    """Raise LettersError where a copy replaces one that was replaced already, or is one that was."""
    old = given.replaces
    if old is not None and old.replaced_by.filter(fault="").exists():
        raise LettersError(f"The copy {old.name} was replaced already. Say that this one replaces the newer one.")
    rows = Return.objects.filter(sending=sending, organisation=given.organisation, file__blob=kept.blob_id, fault="")
    earlier = rows.first()
    if earlier is not None:
        raise LettersError(f"This very file was given before, as {earlier.name}, and a newer copy replaced it.")


def same_copy(sending: Sending, given: Given, kept: StoredFile) -> Return | None:
    """Return the copy that has the same bytes and was given by the same inspectorate before."""
    return copies_that_count(sending).filter(organisation=given.organisation, file__blob=kept.blob_id).first()


def free_name(sending: Sending, stem: str) -> str:
    """Return what the next answer of an inspectorate is called: cqc, then cqc.2."""
    count = sending.returns.filter(organisation__register_id=stem).count() + 1
    return stem if count == 1 else f"{stem}.{count}"


def read_copy(sending: Sending, kept: StoredFile, data: bytes) -> tuple[dict[str, Any], str]:
    """Return what a copy brings home, and why it cannot be taken: one of the two is empty."""
    if kept.blob.media_type != WORD:
        kind = "a PDF" if kept.blob.media_type == "application/pdf" else "another kind of file"
        return {}, f"This is not a Word file: it is {kind}. It is kept. Save it as .docx, and give that."
    held = {
        "name": shown_copy(kept),
        "version": sending.version.number,
        "text": as_file(sending.version).data,
        "sent": blobs.get(sending.file.blob),
        "copy": data,
    }
    coded = {key: b64encode(value).decode() if isinstance(value, bytes) else value for key, value in held.items()}
    try:
        answer = in_own_process("review", json.dumps(coded).encode())
    except NotTaken:
        return {}, DAMAGED
    if answer.get("faults"):
        return {}, fault_of(sending, answer)
    return answer, ""


def shown_copy(kept: StoredFile) -> str:
    """Return what messages call a copy."""
    return kept.name if kept.name.lower().endswith(".docx") else f"{kept.name}.docx"


def fault_of(sending: Sending, answer: dict[str, Any]) -> str:
    """Say why a copy cannot be taken, and where it belongs."""
    inspection, version = answer.get("inspection", ""), answer.get("of_version", "")
    if inspection and inspection != sending.case.slug:
        return "This is a copy of another inspection’s letter. It is kept; check that it is the right file."
    if version and version != str(sending.version.number):
        right = Sending.objects.filter(case=sending.case, version__number=int(version)).first()
        where = f"Give it in review {right.number}" if right else "That version was never sent"
        return f"This is a copy of version {version}, and version {sending.version.number} was sent here. {where}."
    return str(answer["faults"][0])


def own_returns(access: Access, sending: Sending) -> list[Return]:
    """Return the answers that a person gave, with those that could not be taken."""
    rows = Return.objects.filter(sending=sending, person=access.person)
    return list(rows.select_related("organisation", "file", "replaces").order_by("pk"))


def copy_named(access: Access, sending: Sending, name: str) -> Return:
    """Return a copy that a person may fetch: a lead any, everybody else her own; raises NoSuchCase for others."""
    found = Return.objects.filter(sending=sending, name=name).exclude(file=None).select_related("file__blob").first()
    if found is None or not (access.may(Act.LEAD) or found.person_id == access.person.pk):
        raise NoSuchCase(name)
    return found
