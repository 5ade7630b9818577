"""The questions that the consultation left open, each a switch, and the named profiles that answer them."""

from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal

import yaml
from pydantic import ConfigDict, Field

from letters import resources
from letters.findings.fields import Part
from letters.resources import folder

PROFILES = folder("profiles")


class RecommendationMode(StrEnum):
    """One list of recommendations, or areas for priority action apart from the others."""

    SINGLE_LIST = "single_list"
    PRIORITISED = "prioritised"


class SectionOrder(StrEnum):
    """What the letter says first: its strengths, or its areas for priority action."""

    STRENGTHS_FIRST = "strengths_first"
    PRIORITY_FIRST = "priority_first"


class LegalRegime(StrEnum):
    """The joint area review regulations in force: SI 2005/1973 or SI 2015/1792."""

    JAR_2005 = "jar_2005"
    JAR_2015 = "jar_2015"


class ActionPlanLead(StrEnum):
    """Who leads the written statement: the local authority always, or the body determined in the letter."""

    LOCAL_AUTHORITY = "local_authority"
    DETERMINED_BODY = "determined_body"


class FactualAccuracyMode(StrEnum):
    """One answer that the chair coordinates, or one from each agency and the chair."""

    SINGLE_COORDINATED = "single_coordinated"
    SEPARATE_EACH_AGENCY = "separate_each_agency"


class FirstNotified(StrEnum):
    """Who is told of the inspection first, and coordinates the answer on factual accuracy."""

    LSCB_CHAIR = "lscb_chair"
    DCS = "dcs"
    SAFEGUARDING_PARTNERS = "safeguarding_partners"


class DeadlineBasis(StrEnum):
    """The day from which the 70 working days of the written statement run."""

    RECEIPT = "receipt"
    PRE_PUBLICATION = "pre_publication"
    PUBLICATION = "publication"


class Switches(Part):
    """An answer to every question; an inspection file gives only what differs from its profile."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(required=[]))

    recommendation_mode: RecommendationMode
    """single_list or prioritised."""
    priority_label: Literal["priority action", "urgent action"]
    """What urgent recommendations are called in headings."""
    improvement_label: Literal[
        "by template",
        "areas for development",
        "areas for improvement",
        "what needs to improve?",
        "recommendations",
    ]
    """What the other recommendations are called in headings."""
    nil_priority_statement: bool
    """Whether a letter without areas for priority action says that there are none."""
    section_order: Literal["by template"] | SectionOrder
    """by template, strengths_first or priority_first."""
    legal_regime: LegalRegime
    """jar_2005 or jar_2015."""
    action_plan_lead: ActionPlanLead
    """local_authority or determined_body."""
    factual_accuracy_mode: FactualAccuracyMode
    """single_coordinated or separate_each_agency."""
    first_notified: FirstNotified
    """lscb_chair, dcs or safeguarding_partners."""
    notice_days: Annotated[int, Field(ge=0, le=60)]
    """Working days between notice and the first day of fieldwork."""
    deadline_basis: DeadlineBasis
    """receipt, pre_publication or publication."""


def profile_names() -> list[str]:
    """Return the names of the profiles there are."""
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


@cache
def profile(name: str) -> dict[str, Any]:
    """Return a profile's data: the template of its joint letters, and its switches."""
    data: dict[str, Any] = yaml.load(resources.text(f"profiles/{name}.yaml"), yaml.CSafeLoader)
    return data


def resolve_switches(name: str, overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the switches of profile `name` with an inspection's own answers laid over them."""
    return {**profile(name)["switches"], **overrides}
