"""How pages are written: the templates, and what every one of them knows."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from letters.document.blocks import Run, Runs
from letters.errors import Fault
from letters.resources import package_folder
from letters.workspace.access import Access
from letters.workspace.roles import Act

TEMPLATES = package_folder("web/jinja")
PARTS = (
    ("case", "Overview", Act.READ),
    ("letter", "Letter", Act.READ),
    ("findings", "Findings", Act.READ),
    ("details", "Details", Act.LEAD),
    ("checks", "Checks", Act.READ),
    ("reviews", "Reviews", Act.REVIEW),
    ("agreement", "Agreement", Act.VERSIONS),
    ("accuracy", "Accuracy", Act.ACCURACY),
    ("publication", "Publication", Act.VERSIONS),
    ("statement", "Statement", Act.ACCURACY),
    ("documents", "Documents", Act.LEAD),
    ("versions", "Versions", Act.VERSIONS),
    ("file", "File", Act.LEAD),
    ("people", "People", Act.LEAD),
    ("history", "History", Act.HISTORY),
)
"""The pages of a case: the name of the address, what the page is called, and the act that it is."""
REPORT_PARTS = (
    ("report", "Overview", Act.READ),
    ("report_text", "Report", Act.READ),
    ("report_facts", "Details", Act.LEAD),
    ("report_counts", "Counts", Act.LEAD),
    ("report_trace", "Trace", Act.READ),
    ("report_compare", "Earlier round", Act.READ),
    ("agreement", "Agreement", Act.VERSIONS),
    ("publication", "Publication", Act.VERSIONS),
    ("versions", "Versions", Act.VERSIONS),
    ("people", "People", Act.LEAD),
    ("history", "History", Act.HISTORY),
)
"""The pages of a report."""


NAMES = {
    "impact": "impact on children",
    "lead_in": "introductory sentence",
    "target": "agencies that should act",
    "findings": "based on these findings",
    "evidence": "references to evidence",
    "note": "note to the team",
    "type": "kind",
    "after": "position in the letter",
    "wording": "standard wording",
    "switches": "options",
}
"""Fields that people call otherwise than the file does."""


def environment(**options: Any) -> Environment:
    """Return the environment of our templates, as Django asks for it."""
    loader = ChoiceLoader(
        [FileSystemLoader(TEMPLATES), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    found = Environment(**{**options, "loader": loader, "auto_reload": False, "autoescape": True})
    found.globals |= {"url": address, "static": static, "get_messages": get_messages, "new_once": lambda: str(uuid4())}
    found.filters |= {
        "day": as_day,
        "moment": as_moment,
        "runs": as_markup,
        "plural": plural,
        "called": called,
        "lines_of": lines_of,
        "rule_titles": rule_titles,
    }
    return found


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Return a page; where the context has an `access`, the page bears the name of its case and the way around it."""
    access = context.get("access")
    parts = case_parts(access) if isinstance(access, Access) else []
    return render(request, template, {"case_parts": parts, **context}, status=status, using="jinja")


def case_parts(access: Access) -> list[tuple[str, str, str]]:
    """Return the pages of a case that a person may open: name, title and address."""
    parts = REPORT_PARTS if access.case.is_report else PARTS
    allowed = [(name, title) for name, title, act in parts if access.may(act)]
    return [(name, title, address(name, slug=access.case.slug)) for name, title in allowed]


def address(name: str, /, **parts: Any) -> str:
    """Return the address of a page."""
    return reverse(name, kwargs=parts or None)


@cache
def static(name: str) -> str:
    """Return the address of a static file, another one whenever its bytes are others."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise LookupError(f"there is no static file {name}")
    return f"{settings.STATIC_URL}{name}?v={sha256(Path(path).read_bytes()).hexdigest()[:12]}"


def as_day(value: date | None) -> str:
    """Return a day as people write it."""
    if value is None:
        return "not set"
    moment = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{moment.day} {moment:%B %Y}"


def as_moment(value: datetime) -> str:
    """Return a day and a time as people write them."""
    local = timezone.localtime(value)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number of things in words."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def lines_of(faults: Iterable[Fault], text: str) -> list[tuple[int, list[str]]]:
    """Return the lines of a file that have faults, each with what is said of it."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        if 0 < fault.line <= text.count("\n") + 1:
            found.setdefault(fault.line, []).append(f"{fault.message}. {fault.remedy}".strip())
    return list(found.items())


def rule_titles(codes: Iterable[str], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return rules to choose from: the code of each, and its code and title."""
    return [(code, f"{code} {titles.get(code, '')}") for code in codes]


def called(name: str) -> str:
    """Return what people call a field or section, by its name in the file."""
    return NAMES.get(name, name.replace("_", " "))


def as_markup(runs: Runs, numbers: Mapping[str, int] | None = None) -> Markup:
    """Return runs as HTML, with their looks; a footnote is its number, or its name where it has none yet."""
    return Markup("").join(run_markup(run, numbers or {}) for run in runs)


def run_markup(run: Run, numbers: Mapping[str, int]) -> Markup:
    """Return one run as HTML."""
    if run.note:
        return Markup("<sup>{}</sup>").format(numbers.get(run.note, f"[{run.note}]"))
    words = Markup("{}").format(run.text)
    words = Markup("<em>{}</em>").format(words) if run.emphasis else words
    return Markup("<strong>{}</strong>").format(words) if run.strong else words
