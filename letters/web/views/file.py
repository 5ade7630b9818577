"""The inspection file of a case: given out, and taken back with what it would change."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import InspectionFaults, LettersError
from letters.findings.inspection import Inspection
from letters.findings.parsing import parse
from letters.web.asking import base_of, case_page, corrected_text, once_of, saved_or_asked, told
from letters.web.pages import address, page
from letters.web.views import errors
from letters.web.views.versions import attachment
from letters.workspace import lists
from letters.workspace.access import Access
from letters.workspace.blobs import get
from letters.workspace.comparing import changes_between
from letters.workspace.history import looked
from letters.workspace.models import MadeBy, Version
from letters.workspace.once import DoneAlready
from letters.workspace.reading import head_of, read_version, text_of
from letters.workspace.roles import Act
from letters.workspace.saving import Change, save_text
from letters.workspace.uploads import LARGEST, NotTaken, is_text, keep, read_file, without_claims

GIVEN = "inspection"
"""The purpose of inspection files that are given to a case."""


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
    text, said = without_claims(without_mark(read.text))
    inspection = parse(text)
    try:
        base = marked_base(access, read.text) or context["head"]
    except LettersError as error:
        return page(request, "file.html", {**context, "fault": str(error), "text": read.text}, 422)
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


MARK = re.compile(r"^# letters: version (\d{1,8}) of ([\w-]+)[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
"""A line of a file that was given out: it says which version it was, so that nothing saved since is undone."""


def with_mark(version: Version) -> str:
    """Return the text of a version with a last line that says which it is."""
    text = text_of(version)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith("\n") else end
    return f"{text}{gap}# letters: version {version.number} of {version.case.slug}{end}"


def without_mark(text: str) -> str:
    """Return the text of a file without such lines, wherever they stand."""
    return MARK.sub("", text)


def marked_base(access: Access, text: str) -> Version | None:
    """Return the version that a file was given out as: the oldest it names; raises LettersError for strange ones."""
    found = MARK.findall(text)
    strange = next((slug for _, slug in found if slug != access.case.slug), "")
    if strange:
        raise LettersError(f"This file was downloaded from the case {strange}. Check that it is the right file.")
    number = min((int(number) for number, _ in found), default=None)
    if number is not None and number > head_of(access.case).number:
        raise LettersError(f"This file says that it was version {number}, which this case does not have yet.")
    return lists.version_numbered(access, str(number)) if number is not None else None


def save_file(request: HttpRequest, access: Access, context: dict[str, Any], text: str) -> HttpResponse:
    """Save the words of a file that was given as the next version."""
    base = base_of(request, access)
    try:
        kept, _ = without_claims(without_mark(text))
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
