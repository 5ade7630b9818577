"""Versions: their list, what lies between two, restoring one, fetching one in every format, and the file itself."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import InspectionFaults, LettersError
from letters.findings.inspection import Inspection
from letters.findings.joining import Keys
from letters.findings.parsing import parse
from letters.web.asking import base_of, case_page, corrected_text, once_of, saved_or_asked, told, uuid_of
from letters.web.pages import address, page
from letters.web.views import errors
from letters.workspace import lists, unsaved
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import AT_ONCE, REDLINE, TYPES, letter_file, wanted
from letters.workspace.blobs import get
from letters.workspace.comparing import changes, changes_between, pieces, spoken
from letters.workspace.history import looked
from letters.workspace.models import Artefact, MadeBy, Unsaved, Version
from letters.workspace.now import now
from letters.workspace.reading import head_of, read_version, text_of
from letters.workspace.roles import Act
from letters.workspace.saving import Change, Clashed, DoneAlready, refuse_done, save_text
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
    if kind in ("docx", "pdf"):
        made = wanted(access.case, newer, f"{REDLINE}{kind}", older)
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
    suffix = made.kind.removeprefix(REDLINE)
    return attachment(get(made.blob), f"{access.case.slug}-{between}.{suffix}", suffix)


@case_page(Act.LEAD, "GET", "HEAD", "POST")
def file(request: HttpRequest, access: Access) -> HttpResponse:
    """Give the inspection file out, and take a new one: first what it would change, then the save."""
    head = head_of(access.case)
    context: dict[str, Any] = {"access": access, "head": head, "fault": "", "faults": (), "text": "", "kept": None}
    if request.method != "POST":
        if request.GET.get("as") == "yaml":
            looked(access, head.number, "file")
            return attachment(with_mark(head).encode(), f"{access.case.slug}-v{head.number}.yaml", "yaml")
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
    text = corrected_text(request)
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
    plain_text, marked = without_mark(read.text)
    text, said = without_claims(plain_text)
    inspection = parse(text)
    base = lists.version_numbered(access, marked) if marked else context["head"]
    fault = other_id(access, inspection)
    if fault:
        return page(request, "file.html", {**context, "fault": fault, "text": read.text}, 422)
    rows = changes_between(read_version(base).inspection, inspection)
    meanwhile = [version for version in lists.versions(access) if version.number > base.number]
    found = {"said": said, "text": text, "rows": rows, "base": base, "meanwhile": meanwhile}
    return page(request, "file_changes.html", {**context, **found})


def other_id(access: Access, inspection: Inspection) -> str:
    """Say what is wrong with a file that is of another inspection; nothing where it is of this one."""
    if inspection.id == access.case.slug:
        return ""
    return f"This file is of {inspection.id}, and this case is {access.case.slug}. Check that it is the right file."


MARK = re.compile(r"\n?# letters: version (\d{1,8}) of [\w-]+\s*$")
"""The last line of a file that was given out: it says which version it was, so that nothing saved since is undone."""


def with_mark(version: Version) -> str:
    """Return the text of a version with a last line that says which it is."""
    text = text_of(version)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith("\n") else end
    return f"{text}{gap}# letters: version {version.number} of {version.case.slug}{end}"


def without_mark(text: str) -> tuple[str, str]:
    """Return the text of a file without that line, and the number that it says; none where there is no such line."""
    found = MARK.search(text)
    if found is None:
        return text, ""
    end = "\r\n" if text[: found.start()].endswith("\r") else "\n"
    return f"{text[: found.start()].removesuffix(chr(13))}{end}", found[1]


def save_file(request: HttpRequest, access: Access, context: dict[str, Any], text: str) -> HttpResponse:
    """Save the words of a file that was given as the next version."""
    base = base_of(request, access)
    try:
        kept, _ = without_claims(without_mark(text)[0])
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
        return done_or_missing(request, access, key)
    fault = ""
    if request.method == "POST" and "drop" in request.POST:
        row.delete()
        messages.info(request, "Your change was given up. The case is as the others left it.")
        return HttpResponseRedirect(row.fields["led_to"])
    if request.method == "POST":
        try:
            answers = chosen(request, access, row)
            number = unsaved.resolve(access, row, answers, once_of(request)).number
            messages.success(request, f"Saved as version {number}, with what you chose.")
            return HttpResponseRedirect(row.fields["led_to"])
        except Clashed:
            fault = "Somebody saved once more meanwhile. Choose again."
        except DoneAlready as done:
            return HttpResponseRedirect(done.led_to)
        except LettersError as error:
            fault = str(error)
    rows = [
        {
            "key": number,
            "sign": unsaved.sign(one),
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


def done_or_missing(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Lead on where a choice was saved a moment ago: pressing twice does it once."""
    try:
        refuse_done(access, once_of(request))
    except DoneAlready as done:
        return HttpResponseRedirect(done.led_to)
    raise NoSuchCase(key)


def chosen(request: HttpRequest, access: Access, row: Unsaved) -> dict[Keys, Any]:
    """Return the value that was chosen for each clash; words that were written anew are chosen by that alone.

    Raises LettersError where nothing was chosen.
    """
    found = {}
    for number, one in enumerate(unsaved.clashes(access, row)):
        written = request.POST.get(f"written-{number}", "").replace("\r\n", "\n").strip("\n")
        choice = request.POST.get(f"choice-{number}", "")
        if unsaved.is_words(one) and written and written not in (spoken(one.mine), spoken(one.theirs)):
            choice = unsaved.WRITE
        if request.POST.get(f"sign-{number}", "") != unsaved.sign(one):
            raise LettersError("Somebody saved once more meanwhile. Look again, and choose once more.")
        if not choice:
            raise LettersError("Choose for each place which words to keep.")
        found[one.keys] = unsaved.answer(one, choice, written)
    return found
