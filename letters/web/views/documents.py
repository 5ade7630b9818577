"""The documents around a letter, to be fetched; and the response form of somebody who cannot use her page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from letters.errors import LettersError
from letters.web.asking import case_page
from letters.web.pages import address
from letters.web.views.versions import attachment
from letters.workspace import process_documents
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.roles import Act
from letters.workspace.sending import sending_numbered
from letters.workspace.to_area import accuracy_numbered, respondent_numbered
from letters.workspace.uploads import LARGEST

OF_ACCURACY = ("accuracy-letter", "accuracy-outcome", "accuracy-log")


@case_page(Act.LEAD)
def checklist(request: HttpRequest, access: Access, number: int, suffix: str) -> HttpResponse:
    """Fetch the checklist of a version that went out for review."""
    record = process_documents.checklist_of(sending_numbered(access, number))
    data = process_documents.made(access.case, "qa-checklist", suffix, record)
    return attachment(data, f"{access.case.slug}-checklist-{number}.{suffix}", suffix)


@case_page(Act.VERSIONS)
def agreements(request: HttpRequest, access: Access, suffix: str) -> HttpResponse:
    """Fetch the record of agreement."""
    record = process_documents.agreements_of(access.case)
    data = process_documents.made(access.case, "agreement-record", suffix, record)
    return attachment(data, f"{access.case.slug}-agreement.{suffix}", suffix)


@case_page(Act.ACCURACY)
def accuracy(request: HttpRequest, access: Access, number: int, kind: str, suffix: str) -> HttpResponse:
    """Fetch the covering letter or the outcome of a respondent, or the decision log."""
    sending = accuracy_numbered(access, number)
    if kind not in OF_ACCURACY:
        raise NoSuchCase(kind)
    given = request.GET.get("for", "")
    respondent = respondent_numbered(sending, given) if given else None
    data = process_documents.accuracy_file(sending, kind, suffix, respondent)
    return attachment(data, f"{access.case.slug}-{kind}.{suffix}", suffix)


@case_page(Act.LEAD)
def form(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Fetch the response form, for somebody who cannot use her page."""
    data = process_documents.form_file(accuracy_numbered(access, number))
    return attachment(data, f"{access.case.slug}-response-form.docx", "docx")


@case_page(Act.LEAD, "POST")
def enter_form(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Enter a response form on behalf of somebody, and submit it for her."""
    sending = accuracy_numbered(access, number)
    file, given = request.FILES.get("form"), request.POST.get("respondent", "")
    try:
        if file is None:
            raise LettersError("Choose the form that came back first.")
        if (file.size or 0) > LARGEST:
            raise LettersError("This file is too large. It can have 20 MB.")
        pk = respondent_numbered(sending, given).pk
        row, found = process_documents.enter_form(access, sending, pk, file.name or "form.docx", file.read())
        messages.success(request, f"The form is entered and submitted, with the receipt {row.receipt}.")
        for words in found.unplaced:
            messages.warning(request, f"This could not be placed, so it is no point: {words}")
    except LettersError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(address("answers", slug=access.case.slug, number=number))
