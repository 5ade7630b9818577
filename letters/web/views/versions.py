"""Versions: their list, what lies between two, restoring one, fetching one in every format, and the file itself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import InspectionFaults, LettersError
from letters.findings.editing import EditFaults
from letters.findings.inspection import Inspection
from letters.findings.joining import Keys
from letters.findings.parsing import parse
from letters.web.asking import base_of, case_page, saved_or_asked, told, uuid_of
from letters.web.pages import address, page
from letters.web.views import errors
from letters.web.views.findings import once_of
from letters.workspace import lists, unsaved
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import AT_ONCE, TYPES, letter_file, redline_file, wanted
from letters.workspace.blobs import get
from letters.workspace.comparing import changes, changes_between, pieces, spoken
from letters.workspace.history import looked
from letters.workspace.models import Artefact, MadeBy, Unsaved, Version
from letters.workspace.now import now
from letters.workspace.reading import head_of, read_version, text_of
from letters.workspace.roles import Act
from letters.workspace.saving import Change, Clashed, DoneAlready, save_text
from letters.workspace.uploads import LARGEST, NotTaken, is_text, keep, read_file, without_claims

PAGE = 25
GIVEN = "inspection"
"""The purpose of inspection files that are given to a case."""


@case_page(Act.VERSIONS)
def versions(request: HttpRequest, access: Access) -> HttpResponse:
    """List the versions of a case, the newest first."""
    shown = Paginator(lists.versions(access), PAGE).get_page(request.GET.get("page"))
    return page(request, "versions.html", {"access": access, "shown": shown, "formats": list(TYPES)})


@case_page(Act.VERSIONS)
def compare(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what lies between two versions, finding by finding, or fetch it as a redline."""
    older, newer = (lists.version_numbered(access, request.GET.get(name, "")) for name in ("a", "b"))
    if older.number > newer.number:
        older, newer = newer, older
    kind = request.GET.get("as", "")
    if kind == "docx":
        looked(access, newer.number, "redline docx")
        data = redline_file(older, newer, "docx")
        return attachment(data, f"{access.case.slug}-v{older.number}-v{newer.number}.docx", "docx")
    if kind == "pdf":
        made = wanted(access.case, newer, "redline-pdf", older)
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=made.pk))
    looked(access, newer.number, "redline")
    rows = changes(older, newer)
    numbers = sorted(version.number for version in lists.versions(access))
    context = {"access": access, "older": older, "newer": newer, "rows": rows, "numbers": numbers}
    return page(request, "compare.html", context)


@case_page(Act.LEAD, "POST")
def restore(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Make the newest version say what an older one said."""
    older = lists.version_numbered(access, str(number))
    base = base_of(request, access)
    said = read_version(older).inspection.model_copy(deep=True)
    led_to = address("versions", slug=access.case.slug)
    change = Change(MadeBy.RESTORE, f"what version {number} said", once_of(request), led_to)
    return saved_or_asked(request, access, base, said, change)


@case_page(Act.READ)
def download(request: HttpRequest, access: Access, number: int, suffix: str) -> HttpResponse:
    """Fetch the letter of a version in one format; a PDF is made by the worker first."""
    version = lists.version_numbered(access, str(number))
    if suffix not in TYPES or (version.number != access.case.head and not access.may(Act.VERSIONS)):
        raise NoSuchCase(suffix)
    if suffix not in AT_ONCE:
        made = wanted(access.case, version, suffix)
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=made.pk))
    looked(access, version.number, suffix)
    return attachment(letter_file(version, suffix), f"{access.case.slug}-v{version.number}.{suffix}", suffix)


def attachment(data: bytes, name: str, suffix: str) -> HttpResponse:
    """Return a file to be kept and not shown, since a browser would run what is in it."""
    response = HttpResponse(data, content_type=TYPES.get(suffix, "application/octet-stream"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@case_page(Act.READ)
def making(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show how far a file is that the worker makes; the page asks again by itself until it is there."""
    made = lists.artefact(access, pk)
    waited = int((now() - made.wanted_at).total_seconds())
    context = {"access": access, "made": made, "waited": waited, "refresh": made.state == Artefact.WANTED}
    return page(request, "making.html", context)


@case_page(Act.READ, "GET", "HEAD", "POST")
def made_file(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Fetch a file that the worker made; one that failed is asked for again."""
    made = lists.artefact(access, pk)
    if request.method == "POST":
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=lists.again(access, made).pk))
    if made.blob is None:
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=pk))
    looked(access, made.version, made.kind)
    between = f"v{made.older}-v{made.version}" if made.older else f"v{made.version}"
    return attachment(get(made.blob), f"{access.case.slug}-{between}.pdf", "pdf")


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def file(request: HttpRequest, access: Access) -> HttpResponse:
    """Give the inspection file out, and take a new one: first what it would change, then the save."""
    head = head_of(access.case)
    context: dict[str, Any] = {"access": access, "head": head, "fault": "", "faults": (), "text": "", "kept": None}
    if request.method != "POST":
        if request.GET.get("as") == "yaml":
            looked(access, head.number, "file")
            return attachment(text_of(head).encode(), f"{access.case.slug}.yaml", "yaml")
        return page(request, "file.html", context)
    given = request.FILES.get("file")
    if given is not None:
        if (given.size or 0) > LARGEST:
            return errors.too_large(request)
        data = given.read()
        kept = keep(access.person, access.case, GIVEN, given.name or "file", data)
        if not is_text(data):
            fault = "This is no inspection file, which is text. It was kept; choose another one."
            return page(request, "file.html", {**context, "fault": fault, "kept": kept}, 415)
        return look_at(request, access, {**context, "kept": kept}, given.name or "file", data)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        return page(request, "file.html", {**context, "fault": "Choose a file first."}, 422)
    if "save" in request.POST:
        return save_file(request, access, context, text)
    return look_at(request, access, context, "your file", text.encode())


def look_at(request: HttpRequest, access: Access, context: dict[str, Any], name: str, data: bytes) -> HttpResponse:
    """Show what a file that was given would change, or what is wrong with it."""
    try:
        read = read_file(name, data)
    except NotTaken as error:
        return page(request, "file.html", {**context, "fault": str(error)}, 422)
    if read.faults:
        text = data.decode(errors="replace")
        return page(request, "file.html", {**context, "faults": read.faults, "text": text}, 422)
    text, said = without_claims(read.text)
    inspection = parse(text)
    fault = other_id(access, inspection)
    if fault:
        return page(request, "file.html", {**context, "fault": fault, "text": read.text}, 422)
    rows = changes_to(head_of(access.case), inspection)
    return page(
        request, "file_changes.html", {**context, "said": said, "text": text, "rows": rows, "base": context["head"]}
    )


def other_id(access: Access, inspection: Inspection) -> str:
    """Say what is wrong with a file that is of another inspection; nothing where it is of this one."""
    if inspection.id == access.case.slug:
        return ""
    return f"This file is of {inspection.id}, and this case is {access.case.slug}. Check that it is the right file."


def changes_to(head: Version, inspection: Inspection) -> list[Any]:
    """Return what lies between the newest version and an inspection."""
    return changes_between(read_version(head).inspection, inspection)


def save_file(request: HttpRequest, access: Access, context: dict[str, Any], text: str) -> HttpResponse:
    """Save the words of a file that was given as the next version."""
    base = base_of(request, access)
    try:
        kept, _ = without_claims(text)
        inspection = parse(kept)
        fault = other_id(access, inspection)
        if fault:
            return page(request, "file.html", {**context, "fault": fault, "text": text}, 422)
        led_to = address("versions", slug=access.case.slug)
        change = Change(MadeBy.UPLOAD, "from a file", once_of(request), led_to)
        if base.number == access.case.head:
            return save_whole(request, access, base, kept, change)
        return saved_or_asked(request, access, base, inspection, change)
    except InspectionFaults as error:
        return page(request, "file.html", {**context, "faults": error.faults, "text": text}, 422)


def save_whole(request: HttpRequest, access: Access, base: Version, text: str, change: Change) -> HttpResponse:
    """Save the very text of a file, with its comments and order, where nobody saved meanwhile."""
    try:
        told(request, save_text(access, base, text, change))
    except DoneAlready as done:
        return HttpResponseRedirect(done.led_to)
    except LettersError:
        return saved_or_asked(request, access, base, parse(text), change)
    return HttpResponseRedirect(change.led_to)


@case_page(Act.LEAD)
def given_file(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Fetch a file that was given to a case, as it came."""
    kept = lists.file_of_case(access, pk)
    return attachment(get(kept.blob), f"{access.case.slug}-given-{kept.pk}.txt", "")


@case_page(Act.READ, "GET", "HEAD", "POST")
def clash(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show what two people changed at the same time, and save what is chosen; nothing typed is lost."""
    row = unsaved.clash_of(access, uuid_of(key) or uuid_of("0" * 32))  # type: ignore[arg-type]
    if row is None:
        raise NoSuchCase(key)
    fault = ""
    if request.method == "POST" and "drop" in request.POST:
        row.delete()
        messages.info(request, "Your change was given up. The case is as the others left it.")
        return HttpResponseRedirect(row.fields["led_to"])
    if request.method == "POST":
        try:
            answers = chosen(request, access, row)
            told(request, unsaved.resolve(access, row, answers, uuid_of(request.POST.get("once", ""))))
            return HttpResponseRedirect(row.fields["led_to"])
        except Clashed:
            fault = "Somebody saved once more meanwhile. Choose again."
        except DoneAlready as done:
            return HttpResponseRedirect(done.led_to)
        except EditFaults as error:
            fault = str(error)
    rows = [
        {
            "key": number,
            "label": unsaved.label(one),
            "base": spoken(one.base),
            "mine": spoken(one.mine),
            "theirs": spoken(one.theirs),
            "my_words": list(pieces(spoken(one.base), spoken(one.mine))),
            "their_words": list(pieces(spoken(one.base), spoken(one.theirs))),
            "can_write": unsaved.is_words(one),
        }
        for number, one in enumerate(unsaved.clashes(access, row))
    ]
    head = head_of(access.case)
    context = {"access": access, "rows": rows, "fault": fault, "head": head, "note": row.fields["note"]}
    return page(request, "clash.html", context, 409)


def chosen(request: HttpRequest, access: Access, row: Unsaved) -> dict[Keys, Any]:
    """Return the value that was chosen for each clash."""
    return {
        one.keys: unsaved.answer(
            one,
            request.POST.get(f"choice-{number}", unsaved.MINE),
            request.POST.get(f"written-{number}", "").replace("\r\n", "\n").strip("\n"),
        )
        for number, one in enumerate(unsaved.clashes(access, row))
    }
