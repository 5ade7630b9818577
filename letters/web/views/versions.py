"""Versions: their list, what lies between two, restoring one, and downloading one in every format."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.web.asking import Of, base_of, case_page, once_of, saved_or_asked, told
from letters.web.pages import address, page
from letters.workspace import lists
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.artefacts import AT_ONCE, REDLINE, TYPES, letter_file, suffix_of, wanted
from letters.workspace.blobs import get
from letters.workspace.comparing import changes
from letters.workspace.history import looked
from letters.workspace.models import Artefact, MadeBy, Version
from letters.workspace.now import now
from letters.workspace.reading import overview_of, read_version
from letters.workspace.refused import Refused
from letters.workspace.reports import writing as report_writing
from letters.workspace.reports.reading import members_of
from letters.workspace.roles import Act
from letters.workspace.saving import Change

PAGE = 25


@case_page(Act.VERSIONS, of=Of.BOTH)
def versions(request: HttpRequest, access: Access) -> HttpResponse:
    """List the versions of a case, the newest first."""
    shown = Paginator(lists.versions(access), PAGE).get_page(request.GET.get("page"))
    return page(request, "versions.html", {"access": access, "shown": shown, "formats": list(TYPES)})


@case_page(Act.VERSIONS, of=Of.BOTH)
def compare(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what lies between two versions, finding by finding, or fetch it as a redline."""
    older, newer = (lists.version_numbered(access, request.GET.get(name, "")) for name in ("a", "b"))
    if older.number > newer.number:
        older, newer = newer, older
    kind = request.GET.get("as", "")
    if kind in ("docx", "pdf") and not access.case.is_report:
        made = wanted(access.case, newer, f"{REDLINE}{kind}", older)
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=made.pk))
    looked(access, newer.number, "redline")
    rows = changes(older, newer)
    numbers = sorted(version.number for version in lists.versions(access))
    context = {"access": access, "older": older, "newer": newer, "rows": rows, "numbers": numbers}
    return page(request, "compare.html", context)


@case_page(Act.LEAD, "POST", of=Of.BOTH)
def restore(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Make the newest version say what an older one said."""
    older = lists.version_numbered(access, str(number))
    base = base_of(request, access)
    if access.case.is_report:
        return restored_report(request, access, base, older)
    said = read_version(older).inspection.model_copy(deep=True)
    led_to = address("versions", slug=access.case.slug)
    change = Change(MadeBy.RESTORE, f"what version {number} said", once_of(request), led_to)
    return saved_or_asked(request, access, base, said, change)


def restored_report(request: HttpRequest, access: Access, base: Version, older: Version) -> HttpResponse:
    """Make the newest version of a report say what an older one said, with the letters that it rested on."""
    led_to = address("versions", slug=access.case.slug)
    change = Change(MadeBy.RESTORE, f"what version {older.number} said", once_of(request), led_to)
    try:
        saved = report_writing.save(access, base, overview_of(older), change, members_of(older))
    except Refused as error:
        messages.error(request, str(error))
    else:
        told(request, saved)
    return HttpResponseRedirect(led_to)


@case_page(Act.READ, of=Of.BOTH)
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


@case_page(Act.READ, of=Of.BOTH)
def making(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show how far a file is that the worker makes; the page asks again by itself until it is there."""
    made = lists.artefact(access, pk)
    waited = int((now() - made.wanted_at).total_seconds())
    context = {"access": access, "made": made, "waited": waited, "refresh": made.state == Artefact.WANTED}
    return page(request, "making.html", context)


@case_page(Act.READ, "GET", "HEAD", "POST", of=Of.BOTH)
def made_file(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Fetch a file that the worker made; one that failed is asked for again."""
    made = lists.artefact(access, pk)
    if request.method == "POST":
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=lists.again(access, made).pk))
    if made.blob is None:
        return HttpResponseRedirect(address("making", slug=access.case.slug, pk=pk))
    looked(access, made.version, made.kind)
    between = f"v{made.older}-v{made.version}" if made.older else f"v{made.version}"
    suffix = suffix_of(made.kind)
    return attachment(get(made.blob), f"{access.case.slug}-{between}.{suffix}", suffix)
