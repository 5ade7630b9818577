"""Finds, compiles and proves a template: the letter as it reads, and the labels it chooses from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any, Literal

import jinja2
import jinja2.sandbox
import yaml
from pydantic import ValidationError

from letters import resources
from letters.composition.slots import CLOSE, OPEN, Name, Shown, Slots
from letters.document import markdown
from letters.document.blocks import Blocks
from letters.errors import TemplateFault
from letters.findings.fields import Part
from letters.findings.finding import CaseType, Scope
from letters.findings.switches import SectionOrder
from letters.houses import words
from letters.houses.house import Strict, unfit_fields
from letters.resources import folder

TEMPLATES = folder("templates")
OwnTemplates = tuple[tuple[str, str], ...]
"""The texts of templates by their paths, which come before the shipped ones."""
PLAIN_DATA = (Part, Shown, SimpleNamespace)
"""Types of ours, and types that hold nothing to protect: only an underscore hides something."""
TEMPLATE_NAME = re.compile(r"^[a-z][a-z0-9-]*$")
SLUG = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*$")


class Label(Strict):
    """A heading that agrees with the number of entries below it."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """Return the heading for that many entries."""
        return self.one if count == 1 else self.many


class FormLayout(Strict):
    """How the form sets what an inspection may set otherwise."""

    main_findings: Literal["paragraphs", "numbered", "bullets"]
    strengths: Literal["bullets", "paragraphs"] = "bullets"
    recommendations: Literal["bullets", "paragraphs", "table"]
    signatures: Literal["grid", "stack"]


class FormData(Strict):
    """What template.yaml says of a form."""

    title: str
    properties_title: str
    """The title in the properties of every file; a template of its own."""
    subject: str
    """The subject in the properties of every file; a template of its own."""
    section_order: SectionOrder
    improvement_label: str
    single_list_label: str
    layout: FormLayout
    inspectorate_above_signature: bool
    strengths: Label
    priority: dict[str, Label]
    """The heading for each value of the switch priority_label."""
    improvement: dict[str, Label]
    """The heading for each value of the switch improvement_label."""
    scopes: dict[Scope, str]
    """The heading of each scope area."""
    case_studies: dict[CaseType, str]
    """The title of each type of case study, unless the study has its own."""
    case_studies_after: dict[CaseType, str]
    """The section that each type of case study follows."""
    draft: dict[str, str]
    """The watermark of each stage."""


@dataclass(frozen=True)
class Template:
    """A compiled form."""

    name: str
    data: FormData
    letter: jinja2.Template
    properties_title: jinja2.Template
    subject: jinja2.Template

    def skeleton(self, context: dict[str, Any], slots: Slots) -> Blocks:
        """Render the letter with markers for its values and return it as blocks."""
        return parsed(render(self.letter, {**context, "_slots": slots}))


def template_names(own: OwnTemplates = ()) -> list[str]:
    """Return the names of the forms there are, those of a house too."""
    shipped = {path.parent.name for path in TEMPLATES.glob("*/letter.md")}
    return sorted(shipped | {path.removesuffix("/letter.md") for path, _ in own if path.endswith("/letter.md")})


@lru_cache(maxsize=32)
def template(name: str, own: OwnTemplates = ()) -> Template:
    """Return the form of that name, with a house's own texts in the place of the shipped ones.

    Raises TemplateFault where it cannot be found, read or compiled.
    """
    if not TEMPLATE_NAME.match(name) or name not in template_names(own):
        raise TemplateFault(f"there is no template {name!r}. The templates are {', '.join(template_names(own))}.")
    data = form_data(name, dict(own))
    try:
        letter = letter_environment(own).get_template(f"{name}/letter.md")
        plain = plain_environment()
        return Template(name, data, letter, plain.from_string(data.properties_title), plain.from_string(data.subject))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(f"templates/{error.name}:{error.lineno}: {error.message}. Correct the template.") from None


def form_data(name: str, own: Mapping[str, str]) -> FormData:
    """Return template.yaml of a form, merged with templates/shared/template.yaml; a house's own come first."""
    path = f"templates/{name}/template.yaml"
    try:
        shared, form = (
            yaml.load(own.get(part) or resources.text(f"templates/{part}"), yaml.CSafeLoader)
            for part in ("shared/template.yaml", f"{name}/template.yaml")
        )
        return FormData.model_validate({**shared, **form})
    except OSError:
        raise TemplateFault(f"{path}: there is none. Copy that of joint-2022.") from None
    except (yaml.YAMLError, TypeError) as error:
        raise TemplateFault(f"{path}: this is not a template's data: {str(error)[:200]}. Check it.") from None
    except ValidationError as error:
        raise TemplateFault(
            f"{path}: {unfit_fields(error)}. Compare it with templates/joint-2022/template.yaml."
        ) from None


class LetterSandbox(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """The sandbox of letters; it knows at a glance what our own plain data may show."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if not isinstance(obj, PLAIN_DATA) or attribute.startswith("_"):
            return super().getattr(obj, attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)


@lru_cache(maxsize=32)
def letter_environment(own: OwnTemplates = ()) -> jinja2.Environment:
    """Return the sandbox in which letters are rendered: every value leaves a marker."""
    shipped = MarkerFreeLoader(TEMPLATES)
    environment = LetterSandbox(
        loader=jinja2.ChoiceLoader([jinja2.DictLoader(marker_free(own)), shipped]) if own else shipped,
        undefined=jinja2.StrictUndefined,
        finalize=leave_marker,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(
        day=words.day, period=words.period, listed=words.listed, name=as_name, capital=words.capital
    )
    return environment


@cache
def plain_environment() -> jinja2.Environment:
    """Return the sandbox for one-line templates, whose values enter as they are."""
    return LetterSandbox(undefined=jinja2.StrictUndefined)


@jinja2.pass_context
def leave_marker(context: jinja2.runtime.Context, value: Any) -> Any:
    """Hand a printed value to the letter's slots."""
    if isinstance(value, jinja2.Undefined):
        return value
    return context["_slots"].put(value)


def as_name(value: str) -> Name:
    """Let a word of the program stand in a block's name."""
    if not SLUG.match(value):
        raise TemplateFault(f"{value!r} cannot name a block. Use letters, digits and hyphens.")
    return Name(value.lower().replace("_", "-"))


def marker_free(own: OwnTemplates) -> dict[str, str]:
    """Return a house's own templates by their paths; raises TemplateFault where one holds a marker's own characters."""
    for path, text in own:
        if OPEN in text or CLOSE in text:
            raise TemplateFault(f"templates/{path} holds U+E000 or U+E001, which marks a value. Delete it.")
    return dict(own)


class MarkerFreeLoader(jinja2.FileSystemLoader):
    """Loads templates, and refuses one that holds a marker's own characters."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        source, path, fresh = super().get_source(environment, template)
        if OPEN in source or CLOSE in source:
            raise TemplateFault(
                f"templates/{template} contains U+E000 or U+E001, which letters uses to mark values. Delete it."
            )
        return source, path, fresh


def render(compiled: jinja2.Template, context: dict[str, Any]) -> str:
    """Render a template; raises TemplateFault where it names what does not exist."""
    try:
        return compiled.render(context)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(f"templates/{error.name}:{error.lineno}: {error.message}. Mend the template.") from None
    except jinja2.TemplateError as error:
        raise TemplateFault(f"templates/{compiled.name}: {error.message}. Correct the template.") from None


@lru_cache(maxsize=512)
def parsed(skeleton: str) -> Blocks:
    """Return the blocks of a rendered skeleton; letters of the same shape share one."""
    return markdown.blocks(skeleton)
