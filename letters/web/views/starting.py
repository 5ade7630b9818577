"""New cases: from a file, an older letter or five questions."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import InspectionFaults, LettersError
from letters.findings.editing import EditFaults
from letters.web.asking import corrected_text, once_of, person_of, signed_in, taken
from letters.web.pages import address, page
from letters.web.views import errors
from letters.workspace.blobs import get
from letters.workspace.lists import file_of_person
from letters.workspace.models import MadeBy, Person, StoredFile
from letters.workspace.now import today
from letters.workspace.once import DoneAlready
from letters.workspace.saving import Change
from letters.workspace.starting import Answers, TakenId, from_questions, known_inspectorates, start
from letters.workspace.uploads import LARGEST, NotTaken, keep, media_type, read_file

STARTS = "start"
"""The purpose of files that cases are started from."""


@signed_in()
def new(request: HttpRequest) -> HttpResponse:
    """Offer the three ways to start a case."""
    return page(request, "new.html", {"fault": ""})


@signed_in("POST")
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a file that a case is to be started from, and lead to what was found in it."""
    given = request.FILES.get("file")
    if given is None:
        return page(request, "new.html", {"fault": "Choose a file first."}, 422)
    if (given.size or 0) > LARGEST:
        return errors.too_large(request)
    kept = keep(person_of(request), None, STARTS, given.name or "file", given.read())
    return HttpResponseRedirect(address("upload", pk=kept.pk))


@signed_in("GET", "HEAD", "POST")
def uploaded(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found in an uploaded file, and start a case with it or with what was put right in place."""
    person = person_of(request)
    kept = file_of_person(person, STARTS, pk)
    if request.method == "POST":
        return start_with(request, person, kept, corrected_text(request))
    try:
        read = read_file(kept.name, get(kept.blob))
    except NotTaken as fault:
        return page(request, "uploaded.html", {"kept": kept, "refused": str(fault), "text": "", "faults": ()}, 415)
    is_letter = media_type(get(kept.blob)) != "text/plain"
    text = read.text or ("" if is_letter else get(kept.blob).decode(errors="replace"))
    if is_letter and read.faults:
        return page(
            request, "uploaded.html", {"kept": kept, "refused": read.faults[0].message, "text": "", "faults": ()}, 422
        )
    context = {"kept": kept, "refused": "", "text": text, "faults": read.faults, "unsure": read.unsure}
    return page(request, "uploaded.html", context, 422 if read.faults else 200)


def start_with(request: HttpRequest, person: Person, kept: StoredFile, text: str) -> HttpResponse:
    """Start a case with the text of an inspection file that was uploaded, as it may have been put right."""
    is_letter = kept.blob.media_type != "text/plain"
    made_by = MadeBy.OLDER_LETTER if is_letter else MadeBy.UPLOAD
    context = {"kept": kept, "refused": "", "text": text, "unsure": (), "faults": ()}
    try:
        note = "from an older letter" if is_letter else "from a file"
        return started(request, person, text, made_by, note, kept)
    except InspectionFaults as error:
        return page(request, "uploaded.html", {**context, "faults": error.faults}, 422)
    except TakenId as error:
        return page(request, "uploaded.html", {**context, "taken": error}, 422)


def started(
    request: HttpRequest, person: Person, text: str, made_by: MadeBy, note: str, given: StoredFile | None = None
) -> HttpResponse:
    """Start a case, and lead to it."""
    once = once_of(request)
    try:
        access, said = start(person, text, Change(made_by, note, once, address("home")), given)
    except DoneAlready:
        return HttpResponseRedirect(address("cases"))
    taken(request)
    for words in said:
        messages.info(request, words)
    messages.success(request, f"The case {access.case.slug} was started, and you lead it.")
    return HttpResponseRedirect(address("case", slug=access.case.slug))


@signed_in("GET", "HEAD", "POST")
def questions(request: HttpRequest) -> HttpResponse:
    """Ask five questions, and start a case with the answers."""
    known = known_inspectorates()
    own = person_of(request).organisation.register_id
    names = ("area", "theme", "first_day", "last_day", "lead")
    given = {name: request.POST.get(name, "").strip() for name in names}
    chosen = request.POST.getlist("inspectorates") if request.method == "POST" else list(known)
    given["lead"] = given["lead"] or ("ofsted" if request.method != "POST" else "")
    context = {"given": given, "chosen": chosen, "known": known, "faults": {}, "own": own, "once": uuid4()}
    if request.method != "POST":
        return page(request, "questions.html", context)
    faults = faults_of(given, chosen)
    if not faults:
        first, last = (date.fromisoformat(given[name]) for name in ("first_day", "last_day"))
        try:
            text = from_questions(Answers(given["area"], given["theme"], first, last, chosen, given["lead"]))
            return started(request, person_of(request), text, MadeBy.QUESTIONS, "from five questions")
        except EditFaults as error:
            faults = {"area": str(error)}
        except TakenId as error:
            faults = {"area": f"{error} Or change its area or year here."}
        except LettersError as error:
            faults = {"area": str(error)}
    return page(request, "questions.html", {**context, "faults": faults}, 422)


def faults_of(given: dict[str, str], chosen: list[str]) -> dict[str, str]:
    """Return what is wrong with the answers to the five questions, by the question."""
    faults = {}
    if not given["area"]:
        faults["area"] = "Write the name of the area."
    if not given["theme"]:
        faults["theme"] = "Write the theme of the deep dive."
    days = {}
    for name, said in (("first_day", "first"), ("last_day", "last")):
        try:
            days[name] = date.fromisoformat(given[name])
        except ValueError:
            faults[name] = f"Give the {said} day of fieldwork."
    if len(days) == 2 and days["last_day"] < days["first_day"]:
        faults["last_day"] = "Fieldwork ends before it begins. Check the two days."
    if any(abs(day.year - today().year) > 30 for day in days.values()):
        faults.setdefault("first_day", "The year cannot be right.")
    if not chosen:
        faults["inspectorates"] = "Choose at least one inspectorate."
    elif given["lead"] not in chosen:
        faults["lead"] = "Choose the lead from the inspectorates that take part."
    return faults
