"""What templates/overview says of a report: its standing text, and the labels of its tables and charts."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
import yaml
from pydantic import ValidationError

from letters import resources
from letters.composition.slots import Slots
from letters.composition.template import TEMPLATES, letter_environment, parsed, plain_environment, render
from letters.document.blocks import Blocks
from letters.errors import TemplateFault
from letters.findings.area import AgencyType
from letters.houses.house import Strict, unfit_fields

NAME = "overview"


class Columns(Strict):
    """What the columns of a report’s tables are called."""

    area: str
    theme: str
    agency: str
    scope: str
    strength: str
    priority: str
    improvement: str
    themes: str
    fieldwork: str
    letter: str
    first_day: str
    last_day: str
    tracked: str
    sampled: str
    total: str
    areas_strength: str
    areas_recommendation: str
    areas_priority: str
    term: str
    meaning: str


class Dashes(Strict):
    """What a dash stands for, in each table that can have one."""

    matrix: str
    priorities: str
    samples: str


class Marks(Strict):
    """What stands in a cell of the matrix of themes and areas."""

    strength: str
    priority: str
    improvement: str


class ReportData(Strict):
    """What template.yaml says of an overview; words with braces are templates of a line."""

    properties_title: str
    subject: str
    draft: str
    table: str
    figure: str
    data: str
    quotation: str
    example: str
    example_source: str
    letter: str
    bar_chart: str
    period_chart: str
    long_bar_chart: str
    """What stands for a chart whose data would be too long to listen to."""
    long_period_chart: str
    from_to: str
    nothing: str
    dashes: Dashes
    key: str
    """What the numbers stand for that head the columns of a matrix."""
    table_below: str
    """Where the data of a chart stand that no other table of the report has."""
    none: str
    """What stands in the one row of a table that has nothing to count."""
    part: str
    """The caption of one part of a chart that is too long for a page."""
    covered: str
    """What stands for a number of children that is not shown."""
    columns: Columns
    marks: Marks
    scopes: dict[str, str]
    agencies: dict[AgencyType, str]


@dataclass(frozen=True)
class ReportForm:
    """The compiled form of a report."""

    data: ReportData
    report: jinja2.Template

    def skeleton(self, context: dict[str, Any], slots: Slots) -> Blocks:
        """Render the report with markers for its values and return it as blocks."""
        return parsed(render(self.report, {**context, "_slots": slots}))


@cache
def report_form() -> ReportForm:
    """Return the form of a report; raises TemplateFault where it cannot be read or compiled."""
    path = TEMPLATES / NAME / "template.yaml"
    try:
        data = ReportData.model_validate(yaml.load(resources.text(f"templates/{NAME}/template.yaml"), yaml.CSafeLoader))
        return ReportForm(data, letter_environment().get_template(f"{NAME}/overview.md"))
    except ValidationError as error:
        raise TemplateFault(f"{path}: {unfit_fields(error)}. Correct the template.") from None
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFault(f"templates/{error.name}:{error.lineno}: {error.message}. Correct the template.") from None


@cache
def compiled_line(text: str) -> jinja2.Template:
    """Return a template of one line."""
    return plain_environment().from_string(text)


def line(text: str, **values: Any) -> str:
    """Return a line of the form with values in it."""
    return render(compiled_line(text), values)
