"""The documents around a letter, made of what the workspace knows, and the response form out and in."""

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from letters.document.blocks import Document
from letters.errors import LettersError
from letters.findings.registers import inspectorates
from letters.process.form import FilledForm, FormPoint
from letters.process.record import Accuracy, AgreementGiven, AreaPoint, Checklist, ProcessRecord, RuleSetAside
from letters.verbs.compose import rendered
from letters.verbs.process import FormFacts, Row, document, fixed_words, response_form
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.agreeing import standings
from letters.workspace.answering import Said, put_point, standing_submission, submit
from letters.workspace.artefacts import AT_ONCE
from letters.workspace.models import Agreement, Case, Mode, Point, Respondent, Sending, StoredFile, Submission
from letters.workspace.now import today
from letters.workspace.numbered import paragraphs
from letters.workspace.reading import head_of, joint, read_version, standing_overrides
from letters.workspace.sending import QUESTIONS
from letters.workspace.uploads import WORD as WORD_TYPE
from letters.workspace.uploads import NotTaken, in_own_process, keep, media_type
from letters.workspace.verdicts import VERDICTS, Weighed, left_out_of, outcome, weighed

FORM = "form"
"""The purpose of response forms that come back."""
LEFT_OUT = "Not taken into the answer of the area by its coordinator"
"""What became of a point that the inspectorates did not decide on."""


def made(case: Case, kind: str, suffix: str, record_of_it: ProcessRecord) -> bytes:
    """Return a document around a letter in a format; raises NoSuchCase for a format that is not made at once."""
    if suffix not in AT_ONCE:
        raise NoSuchCase(suffix)
    found = document(kind, read_version(head_of(case)).shown, record_of_it, joint(), today())
    return rendered(found, [f".{suffix}"], joint())[f".{suffix}"]


def checklist_of(sending: Sending) -> ProcessRecord:
    """Return the record of what was confirmed before a version went out for review."""
    aside = [
        RuleSetAside(rule=rule, where=where, reason=reason, name=names)
        for rule, where, reason, names in standing_overrides(sending.case)
    ]
    held = Checklist(
        version=sending.version.number,
        questions=[*QUESTIONS.values()],
        name=sending.person.name,
        day=timezone.localdate(sending.at),
        set_aside=aside,
    )
    return ProcessRecord(checklist=held)


def agreements_of(case: Case) -> ProcessRecord:
    """Return the record of every agreement that was given, those that fell or were taken back too."""
    standing = {held.agreement.pk for held in standings(case) if held.stands and held.agreement}
    day = read_version(head_of(case)).inspection.dates.letter
    known = inspectorates()
    rows = Agreement.objects.filter(case=case).select_related("person", "version").order_by("pk")
    given = [
        AgreementGiven(
            inspectorate=known[row.inspectorate].on(day).name,
            name=row.person.name,
            day=timezone.localdate(row.at),
            version=row.version.number,
            words=row.words,
            stands=row.pk in standing,
        )
        for row in rows
    ]
    return ProcessRecord(agreements=given)


def accuracy_of(sending: Sending, respondent: Respondent | None, rows: Sequence[Weighed]) -> ProcessRecord:
    """Return the record of factual accuracy: for one respondent, or for all in a decision log."""
    who = respondent or sending.respondents.first()
    if who is None:
        raise NoSuchCase(sending.number)
    points = [
        AreaPoint(
            paragraph=row.point.paragraph,
            body=row.point.respondent.body,
            kind=row.point.get_kind_display(),
            now=row.point.now,
            proposed=row.point.proposed,
            said=row.point.said,
            verdict=VERDICTS[row.verdict.verdict] if row.verdict else "",
            words=row.verdict.words if row.verdict else "",
            reason=row.verdict.reason if row.verdict else "",
            name=row.verdict.person.name if row.verdict else "",
        )
        for row in rows
    ]
    if respondent is not None:
        points += [left_out_point(point) for point in left_out_of(respondent)]
        points.sort(key=lambda point: point.paragraph)
    held = Accuracy(
        body=who.body,
        name=who.name,
        sent=timezone.localdate(sending.at),
        last_day=sending.last_day,
        is_single=sending.mode == Mode.SINGLE,
        points=points,
    )
    return ProcessRecord(accuracy=held)


def left_out_point(point: Point) -> AreaPoint:
    """Return a point that a coordinator did not take into the answer of the area."""
    return AreaPoint(
        paragraph=point.paragraph,
        body=point.respondent.body,
        kind=point.get_kind_display(),
        now=point.now,
        proposed=point.proposed,
        said=point.said,
        verdict=LEFT_OUT,
        reason=point.left_out,
    )


def accuracy_file(sending: Sending, kind: str, suffix: str, respondent: Respondent | None) -> bytes:
    """Return the covering letter or outcome of a respondent, or the decision log of all."""
    if kind == "accuracy-outcome":
        if respondent is None or sending.settled_at is None:
            raise NoSuchCase(kind)
        rows = outcome(respondent)
    else:
        rows = weighed(sending) if kind == "accuracy-log" else []
    if kind == "accuracy-letter" and respondent is None:
        raise NoSuchCase(kind)
    return made(sending.case, kind, suffix, accuracy_of(sending, respondent, rows))


def form_of(sending: Sending) -> tuple[Document, tuple[Row, ...]]:
    """Return the response form of a draft, and its rows."""
    rows = tuple(Row(held.number, held.words) for held in paragraphs(sending.version) if held.number)
    facts = FormFacts(rows, timezone.localdate(sending.at), sending.last_day)
    return response_form(read_version(sending.version).shown, facts, joint()), rows


def form_file(sending: Sending) -> bytes:
    """Return the response form of a draft as a Word file."""
    return rendered(form_of(sending)[0], [".docx"], joint())[".docx"]


def read_form(sending: Sending, name: str, data: bytes) -> FilledForm:
    """Return what a form that came back says, read by a process of its own; raises NotTaken where it is none."""
    if media_type(data) != WORD_TYPE:
        raise NotTaken("This is not a Word file. It was kept; save the form as .docx, and give that.")
    form, rows = form_of(sending)
    held = {
        "name": name,
        "data": b64encode(data).decode(),
        "rows": [list(row) for row in rows],
        "fixed": fixed_words(form),
    }
    answer: dict[str, Any] = in_own_process(FORM, json.dumps(held).encode())
    if answer.get("faults"):
        raise NotTaken(str(answer["faults"][0]))
    points = tuple(FormPoint(*point) for point in answer["points"])
    return FilledForm(points, bool(answer["nothing"]), tuple(answer["unplaced"]))


def take_form(respondent: Respondent, name: str, data: bytes) -> tuple[int, FilledForm]:
    """Keep a form that came back, and take its points over; return how many are new, and what the form says."""
    sending = respondent.sending
    keep(None, sending.case, FORM, name, data)
    filled = read_form(sending, name, data)
    before = Point.objects.filter(respondent=respondent).count()
    for point in filled.points:
        said = point.said or "See the words that the form proposes."
        put_point(respondent, Said(point.paragraph, point.kind, point.proposed, said))
    return Point.objects.filter(respondent=respondent).count() - before, filled


def refuse_to_enter(respondent: Respondent) -> None:
    """Raise LettersError for somebody who answered, who began to on her page, or who is not asked any more."""
    if respondent.revoked_at is not None:
        raise LettersError("Her invitation has ended. Invite her again, then enter the form.")
    answer = standing_submission(respondent)
    if answer:
        raise LettersError(f"She submitted her answer already, with the receipt {answer.receipt}. Open it again first.")
    if respondent.points.exists():
        raise LettersError(
            "She has begun to answer on her page, and her points there would be submitted too. "
            "Ask her to submit them herself, or to take them out."
        )


def kept_forms(sending: Sending) -> list[StoredFile]:
    """Return the response forms that came back since a draft was sent, as they came."""
    return list(StoredFile.objects.filter(case=sending.case, purpose=FORM, at__gte=sending.at).order_by("pk"))


def enter_form(access: Access, sending: Sending, pk: int, name: str, data: bytes) -> tuple[Submission, FilledForm]:
    """Enter a form for somebody who cannot use her page, and submit it on her behalf.

    Raises LettersError where the form cannot be read, or says nothing.
    """
    respondent = sending.respondents.filter(pk=pk).first()
    if respondent is None:
        raise LettersError("There is nobody of that name to answer.")
    refuse_to_enter(respondent)
    _, filled = take_form(respondent, name, data)
    row = submit(respondent, nothing=filled.nothing and not filled.points, by=access.person)
    return row, filled
