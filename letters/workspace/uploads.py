"""What comes in from outside: kept as it came, then read in a process of its own, and not believed beyond its words."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from letters.errors import Fault, LettersError
from letters.findings.inspection import Inspection, Stage
from letters.findings.parsing import parse
from letters.findings.rewriting import rewrite
from letters.workspace import blobs
from letters.workspace.events import record
from letters.workspace.models import Case, Person, StoredFile
from letters.workspace.now import now
from letters.workspace.scanning import Unscanned, threat_in

LARGEST = 20 * 1024 * 1024
LONGEST_TEXT = 2 * 1024 * 1024
"""Bytes of an inspection file: that of the longest letter has a twentieth of it."""
MOST_IN_AN_HOUR = 100
"""Files that one person can give in an hour."""
SECONDS = 60
MEMORY_MB = 1_500
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNS = ((b"PK\x03\x04", WORD), (b"%PDF-", "application/pdf"))
"""How files of the kinds that can be read begin; the rest is text, or nothing that can be read."""


class NotTaken(LettersError):
    """A file that is kept, and cannot be what it was given as."""


class NotKept(LettersError):
    """A file that is not kept at all; whoever gave it has it still."""


@dataclass(frozen=True)
class Read:
    """What a file that came in says: the text of an inspection file, or its faults."""

    text: str
    faults: tuple[Fault, ...]
    unsure: tuple[tuple[int, str], ...] = ()
    """For an older letter, what a person should look at, by its line."""


def keep(person: Person | None, case: Case | None, purpose: str, name: str, data: bytes) -> StoredFile:
    """Keep a file as it came, before anything in it is read.

    Without a person, it is from somebody in the area of the case. Raises NotKept where too many files were given, or
    where a virus scanner finds something or does not answer.
    """
    refuse_too_many(person, case)
    refuse_threat(data)
    blob = blobs.put(data, media_type(data))
    with transaction.atomic():
        kept = StoredFile.objects.create(
            blob=blob, case=case, person=person, purpose=purpose, name=shown_name(name), at=now()
        )
        record(case, person, "file_kept", purpose, {"file": blob.sha256, "size": len(data)})
    return kept


def refuse_too_many(person: Person | None, case: Case | None) -> None:
    """Raise NotKept where somebody, or an area, gave more files in an hour than people do."""
    rows = StoredFile.objects.filter(person=person, at__gt=now() - timedelta(hours=1))
    rows = rows.filter(case=case) if person is None else rows
    if rows.count() >= MOST_IN_AN_HOUR:
        raise NotKept(f"You gave {MOST_IN_AN_HOUR} files within an hour. Wait some minutes, and give this one again.")


def refuse_threat(data: bytes) -> None:
    """Raise NotKept where a virus scanner finds something in a file, or does not answer."""
    try:
        threat = threat_in(data)
    except Unscanned as fault:
        raise NotKept(str(fault)) from None
    if threat:
        raise NotKept(f"The virus scanner found {threat} in this file. Tell whoever looks after your computer.")


def shown_name(name: str) -> str:
    """Return what a file is called, without folders and what cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:200] or "file"


def media_type(data: bytes) -> str:
    """Return what kind of file it is, by its first bytes."""
    return next((kind for sign, kind in SIGNS if data.startswith(sign)), "text/plain")


def is_text(data: bytes) -> bool:
    """Say whether bytes are text that an inspection file can be."""
    try:
        return media_type(data) == "text/plain" and "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def read_file(name: str, data: bytes) -> Read:
    """Return what an inspection file or an older letter says; raises NotTaken where no process could read it."""
    kind = media_type(data)
    if kind == "text/plain" and len(data) > LONGEST_TEXT:
        raise NotTaken(f"{name} is far longer than an inspection file. It was kept; check that it is the right one.")
    if kind == "text/plain" and not is_text(data):
        raise NotTaken(f"{name} is neither text in UTF-8 nor a Word or PDF file. It was kept; upload another one.")
    suffix = {"text/plain": ".yaml", WORD: ".docx", "application/pdf": ".pdf"}[kind]
    answer = in_own_process(suffix, data)
    faults = tuple(Fault(*fault) for fault in answer.get("faults", ()))
    return Read(answer.get("text", ""), faults, tuple((line, words) for line, words in answer.get("unsure", ())))


def in_own_process(suffix: str, data: bytes) -> dict[str, Any]:
    """Read a file in a process that has a minute and a limit of memory: small files can take both without end."""
    command = [sys.executable, "-m", "letters.workspace.reader", suffix]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, preexec_fn=limit, env=environment(), check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        message = "It was kept, but reading it took too long or too much memory, or failed."
        raise NotTaken(f"{message} Save it anew in the program that made it, and upload that.") from None
    return answer


def environment() -> dict[str, str]:
    """Return the environment of a process that reads: nothing that is secret."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV", "PYTHONPATH") if name in os.environ}


def limit() -> None:
    """Limit the memory and the processor time of the process that reads."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * 1024 * 1024, MEMORY_MB * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def without_claims(text: str) -> tuple[str, list[str]]:
    """Return an inspection file without what a file cannot vouch for, and what that was, in words.

    Agreements and rules set aside are acts of people who are signed in; stage and version follow from the case.
    """
    inspection = parse(text)
    said = list(claims(inspection))
    if not said:
        return text, []
    plain = {"agreements": [], "overrides": [], "stage": Stage.DRAFT, "version": 1}
    return rewrite(text, inspection.model_copy(update=plain)), said


def claims(inspection: Inspection) -> list[str]:
    """Return what a file says that only people can say, in words."""
    said = []
    for agreement in inspection.agreements:
        said.append(f"Your file said that {agreement.inspectorate} had agreed. Agreements are given here.")
    for override in inspection.overrides:
        said.append(f"Your file set the rule {override.rule} aside. Rules are set aside here, on the page Checks.")
    if inspection.stage is not Stage.DRAFT:
        said.append(f"Your file said that its stage is {inspection.stage.value}. The stage follows from the case.")
    if inspection.version != 1:
        said.append(f"Your file said that it is version {inspection.version}. Versions are counted here.")
    return said
