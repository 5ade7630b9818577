"""Proof of a case: each of its rows is held against the events that tell of it."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from letters.publication.manifest import JSON_NAME, PAGE_NAME
from letters.workspace import blobs
from letters.workspace.events import canonical
from letters.workspace.models import (
    Agreement,
    Answer,
    Blob,
    Case,
    Decision,
    DocumentSent,
    Event,
    Merged,
    PackFile,
    PackState,
    Placing,
    ProcessDocument,
    ProcessFact,
    Progress,
    Publication,
    Return,
    SelectionNote,
    Sending,
    SetAside,
    StatementReply,
    StoredFile,
    Submission,
    Verdict,
    VersionMember,
    Wish,
)
from letters.workspace.roles import Role
from letters.workspace.setting_aside import said_hash

SAME_SECONDS = 60
"""A version and its event are written one after the other."""
SENT = ("sent_for_review", "sent_to_area", "statement_asked")
"""The events that tell of something that was sent."""
Told = dict[str, list[tuple[Event, dict[str, Any]]]]
"""The events of a case by what they tell of, each with its data."""


def unexplained_twice(case: Case) -> list[str]:
    """Return what is wrong with a case when it is looked at once more: somebody may have saved meanwhile."""
    case.refresh_from_db()
    return list(unexplained(case))


def unexplained(case: Case) -> Iterator[str]:
    """Yield each row of a case that its events do not tell of, or tell of otherwise."""
    told: dict[str, list[tuple[Event, dict[str, Any]]]] = {}
    for event in Event.objects.filter(chain=case.slug).order_by("seq"):
        told.setdefault(event.verb, []).append((event, json.loads(event.data)))
    yield from unexplained_versions(case, told)
    yield from unexplained_letters(case, told)
    yield from unexplained_erasures(case, told)
    yield from unexplained_parts(case, told)
    yield from unexplained_rules(case, told)
    yield from unexplained_files(case, told)
    yield from unexplained_reviews(case, told)
    yield from unexplained_agreements(case, told)
    yield from unexplained_answers(case, told)
    yield from unexplained_publications(case, told)
    yield from unexplained_documents(case, told)
    yield from unexplained_statements(case, told)


def unexplained_versions(case: Case, told: Told) -> Iterator[str]:
    """Yield each version that is not the one that was saved."""
    said = {data.get("version"): (event, data) for event, data in told.get("version_saved", [])}
    held = list(case.versions.all())
    for number, version in enumerate(held, start=1):
        if version.number != number:
            yield f"{case.slug}: version {number} is missing"
        event, data = said.get(version.number, (None, {}))
        same = (version.text_id, version.words, version.note, version.made_by)
        if event is None or same != tuple(data.get(name) for name in ("text", "words", "note", "made_by")):
            yield f"{case.slug}: version {version.number} is not the one that was saved"
        elif event.person_id != version.person_id or abs((event.at - version.at).total_seconds()) > SAME_SECONDS:
            yield f"{case.slug}: version {version.number} was not saved by whom or when it says"
    if len(said) != len(held) or case.head != len(held):
        yield f"{case.slug}: {len(said)} versions were saved, and {len(held)} are there"


def unexplained_letters(case: Case, told: Told) -> Iterator[str]:
    """Yield each version of a report that rests on other letters than its event says."""
    said = {data.get("version"): data.get("rests_on", {}) for _, data in told.get("version_saved", [])}
    held: dict[int, dict[str, str]] = {}
    for row in VersionMember.objects.filter(version__case=case).select_related("version", "letter__case"):
        held.setdefault(row.version.number, {})[row.file] = f"{row.letter.case.slug} v{row.letter.number}"
    for number, letters in said.items():
        if letters != held.get(number or 0, {}):
            yield f"{case.slug}: version {number} does not rest on the letters that its event names"


def unexplained_erasures(case: Case, told: Told) -> Iterator[str]:
    """Yield where the files that are erased are others than events say."""
    said = sorted(digest for _, data in told.get("files_erased", []) for digest in data["files"])
    if said != sorted(case.erased.values_list("blob", flat=True)):
        yield f"{case.slug}: the files that are erased are not those that its events name"


def unexplained_parts(case: Case, told: Told) -> Iterator[str]:
    """Yield where those who see a case now are others than its events say."""
    said: list[tuple[str, str]] = [(str(event.person_id), Role.LEAD) for event, _ in told.get("case_started", [])]
    acts = sorted([*told.get("part_given", []), *told.get("part_ended", [])], key=lambda pair: pair[0].seq)
    for event, data in acts:
        part = (event.subject, data.get("role", ""))
        if event.verb == "part_given":
            said.append(part)
        elif part in said:
            said.remove(part)
    held = [(str(part.person_id), part.role) for part in case.parts.filter(until=None)]
    if sorted(said) != sorted(held):
        yield f"{case.slug}: those who have a part in it are not those to whom one was given"


def unexplained_rules(case: Case, told: Told) -> Iterator[str]:
    """Yield where the rules that are set aside are others, or for other reasons, than events say."""
    said = Counter(
        (event.subject, data.get("where"), data.get("reason"), event.person_id)
        for event, data in told.get("rule_set_aside", [])
    )
    rows = list(SetAside.objects.filter(case=case))
    held = Counter((row.rule, row.where, said_hash(row.reason), row.person_id) for row in rows)
    confirmed = Counter((event.subject, event.person_id) for event, _ in told.get("rule_set_aside_confirmed", []))
    seconds = Counter((row.rule, row.second_id) for row in rows if row.second_id)
    ended = len(told.get("rule_holds_again", [])) != sum(row.ended_at is not None for row in rows)
    if said != held or confirmed != seconds or ended:
        yield f"{case.slug}: the rules that are set aside are not those that people set aside"


def unexplained_files(case: Case, told: Told) -> Iterator[str]:
    """Yield where the files that were given are others than events say."""
    events = [pair for verb in ("file_kept", *SENT) for pair in told.get(verb, [])]
    said = Counter((data.get("file"), event.person_id) for event, data in events)
    held = Counter((row.blob_id, row.person_id) for row in StoredFile.objects.filter(case=case))
    if said != held:
        yield f"{case.slug}: the files that are there are not those that were given"


def unexplained_reviews(case: Case, told: Told) -> Iterator[str]:
    """Yield where what was sent, given back, decided and merged is other than events say."""
    sent = Counter(
        (event.subject, data.get("version"), data.get("file"), event.person_id)
        for event, data in [pair for verb in SENT for pair in told.get(verb, [])]
    )
    sendings = list(Sending.objects.filter(case=case).select_related("version", "file"))
    rows = Counter((str(row.number), row.version.number, row.file.blob_id, row.person_id) for row in sendings)
    if sent != rows:
        yield f"{case.slug}: what was sent is not what its events say"
    answers = [*told.get("copy_returned", []), *told.get("no_comments", [])]
    given = Counter((event.subject, data.get("copy"), data.get("file"), event.person_id) for event, data in answers)
    returns = Return.objects.filter(sending__case=case).select_related("sending", "file")
    held = Counter(
        (str(row.sending.number), row.name, row.file.blob_id if row.file else None, row.person_id) for row in returns
    )
    if given != held:
        yield f"{case.slug}: the answers of reviewers are not those that were given"
    decided = Counter(
        (data.get("change"), data.get("held"), event.person_id) for event, data in told.get("change_decided", [])
    )
    decisions = Decision.objects.filter(copy__sending__case=case)
    if decided != Counter((row.change, said_hash(canonical(row.held)), row.person_id) for row in decisions):
        yield f"{case.slug}: the decisions on changes are not those that were made"
    replied = Counter((data.get("words"), event.person_id) for event, data in told.get("comment_answered", []))
    replies = Answer.objects.filter(copy__sending__case=case)
    if replied != Counter((said_hash(row.words), row.person_id) for row in replies):
        yield f"{case.slug}: the answers to comments are not those that were given"
    merged = Counter((data.get("result"), data.get("ledger")) for _, data in told.get("copies_merged", []))
    merges = Merged.objects.filter(sending__case=case)
    if merged != Counter((row.result_id, row.ledger_id) for row in merges):
        yield f"{case.slug}: what was merged is not what its events say"


def unexplained_agreements(case: Case, told: Told) -> Iterator[str]:
    """Yield where agreements, and changes that were asked for, are other than events say."""
    agreed = Counter(
        (data.get("inspectorate"), data.get("words"), data.get("version"), event.person_id)
        for event, data in told.get("agreed", [])
    )
    rows = Agreement.objects.filter(case=case).select_related("version")
    if agreed != Counter((row.inspectorate, row.words, row.version.number, row.person_id) for row in rows):
        yield f"{case.slug}: the agreements are not those that were given"
    ended = sum(row.taken_back_at is not None for row in rows)
    asked = told.get("change_asked", [])
    if ended != len(told.get("agreement_taken_back", [])) + sum(bool(data.get("took_back")) for _, data in asked):
        yield f"{case.slug}: the agreements that were taken back are not those that events say"
    wished = Counter((event.subject, data.get("words"), event.person_id) for event, data in asked)
    wishes = Wish.objects.filter(case=case)
    if wished != Counter((row.inspectorate, said_hash(row.words), row.person_id) for row in wishes):
        yield f"{case.slug}: the changes that were asked for are not those that events say"


def unexplained_answers(case: Case, told: Told) -> Iterator[str]:
    """Yield where what the area submitted, and what was decided on it, is other than events say."""
    submitted = [*told.get("answer_submitted", []), *told.get("statement_submitted", [])]
    said = Counter((data.get("receipt"), data.get("respondent")) for _, data in submitted)
    rows = Submission.objects.filter(respondent__sending__case=case)
    if said != Counter((row.receipt, row.respondent_id) for row in rows):
        yield f"{case.slug}: the answers of the area are not those that were submitted"
    decided = Counter(
        (data.get("point"), data.get("verdict"), data.get("words"), event.person_id)
        for event, data in told.get("point_decided", [])
    )
    verdicts = Verdict.objects.filter(point__respondent__sending__case=case)
    held = Counter(
        (row.point_id, row.verdict, said_hash(f"{row.words}\n{row.reason}"), row.person_id) for row in verdicts
    )
    if decided != held:
        yield f"{case.slug}: the verdicts on points are not those that were given"


def unexplained_publications(case: Case, told: Told) -> Iterator[str]:
    """Yield where what was published, and where it was put, is other than events and manifests say."""
    asked = Counter(
        (event.subject, *(data.get(name) for name in ("act", "words", "day", "note")), event.person_id)
        for event, data in told.get("publication_asked", [])
    )
    rows = list(Publication.objects.filter(case=case))
    held = Counter(
        (str(row.number), row.act, row.words, str(row.day), said_hash(row.note), row.person_id) for row in rows
    )
    confirmed = {(event.subject, event.person_id) for event, _ in told.get("publication_confirmed", [])}
    seconds = {(str(row.number), row.second_id) for row in rows if row.second_id}
    if asked != held or confirmed != seconds:
        yield f"{case.slug}: the publications are not those that people asked for and confirmed"
    made = {event.subject: data.get("manifest") for event, data in told.get("publication_made", [])}
    packs = {str(row.number): row for row in rows if row.state == PackState.MADE}
    if set(made) != set(packs):
        yield f"{case.slug}: the packs are not those that were made"
    for number, row in packs.items():
        files = dict(PackFile.objects.filter(publication=row).values_list("path", "blob"))
        if files.get(JSON_NAME) != made.get(number):
            yield f"{case.slug}: the manifest of publication {number} is not the one that was made"
            continue
        listed = json.loads(blobs.get(Blob(sha256=files[JSON_NAME])))["files"]
        said = {file["path"]: file["sha256"] for file in listed}
        if said != {path: digest for path, digest in files.items() if path not in (JSON_NAME, PAGE_NAME)}:
            yield f"{case.slug}: the files of publication {number} are not those of its manifest"
    placed = Counter(
        (event.subject, data.get("inspectorate"), data.get("address"), event.person_id)
        for event, data in told.get("publication_placed", [])
    )
    placings = Placing.objects.filter(publication__case=case).select_related("publication")
    if placed != Counter(
        (str(row.publication.number), row.inspectorate, row.address, row.person_id) for row in placings
    ):
        yield f"{case.slug}: where publications were put is not what was entered"


def unexplained_documents(case: Case, told: Told) -> Iterator[str]:
    """Yield where what documents are made from, and those that were made and sent, are other than events say."""
    changed = Counter(
        (event.subject, data.get("data"), event.person_id) for event, data in told.get("process_changed", [])
    )
    facts = ProcessFact.objects.filter(case=case)
    if changed != Counter((row.part, said_hash(canonical(row.data)), row.person_id) for row in facts):
        yield f"{case.slug}: what documents are made from is not what was entered"
    made = Counter(
        (event.subject, data.get("kind"), data.get("record"), data.get("file"), event.person_id)
        for event, data in told.get("document_made", [])
    )
    rows = ProcessDocument.objects.filter(case=case)
    if made != Counter((str(row.number), row.kind, row.record_id, row.file_id, row.person_id) for row in rows):
        yield f"{case.slug}: the documents are not those that were made"
    noted = Counter((data.get("said"), event.person_id) for event, data in told.get("selection_noted", []))
    why = SelectionNote.objects.filter(case=case)
    if noted != Counter((said_of_note(row), row.person_id) for row in why):
        yield f"{case.slug}: why the area was chosen is not what was noted"
    sent = Counter((event.subject, data.get("on"), event.person_id) for event, data in told.get("document_sent", []))
    notes = DocumentSent.objects.filter(document__case=case).select_related("document")
    if sent != Counter((str(row.document.number), str(row.on), row.person_id) for row in notes):
        yield f"{case.slug}: that documents were sent is not what was noted"


def said_of_note(row: SelectionNote) -> str:
    """Return the hash of why an area was chosen."""
    return said_hash(canonical([row.why, row.source, str(row.day), row.note]))


def unexplained_statements(case: Case, told: Told) -> Iterator[str]:
    """Yield where what was answered to statements, and how far actions have come, is other than events say."""
    answers = [*told.get("statement_acknowledged", []), *told.get("statement_returned", [])]
    said = Counter((data.get("receipt"), data.get("words"), event.person_id) for event, data in answers)
    rows = StatementReply.objects.filter(submission__respondent__sending__case=case).select_related("submission")
    held = Counter((row.submission.receipt, said_hash("\n".join(row.shortcomings)), row.person_id) for row in rows)
    if said != held:
        yield f"{case.slug}: the answers to written statements are not those that were given"
    progress = Counter(
        (data.get("action"), data.get("state"), data.get("note")) for _, data in told.get("progress_told", [])
    )
    notes = Progress.objects.filter(action__respondent__sending__case=case)
    if progress != Counter((row.action_id, row.state, said_hash(row.note)) for row in notes):
        yield f"{case.slug}: how far actions have come is not what was told"
