"""The inspected area, its agencies and partnership, and the round it was inspected in."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, model_validator

from letters.findings.fields import Identifier, Line, Part, Prose


class AgencyType(StrEnum):
    """What kind of body an agency is."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    LOCAL_AUTHORITY = "local_authority"
    EDUCATION = "education"
    HEALTH_COMMISSIONER = "health_commissioner"
    HEALTH_PROVIDER = "health_provider"
    PRIMARY_CARE = "primary_care"
    POLICE = "police"
    PCC = "police_and_crime_commissioner"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    SAFEGUARDING_PARTNERSHIP = "safeguarding_partnership"
    CAFCASS = "cafcass"
    PUBLIC_HEALTH = "public_health"
    COMMUNITY_SAFETY_PARTNERSHIP = "community_safety_partnership"
    VOLUNTARY = "voluntary"
    OTHER = "other"


AUTHORITIES = (AgencyType.LOCAL_AUTHORITY, AgencyType.CHILDRENS_SOCIAL_CARE)
"""The kinds of agency that are the local authority."""


class Area(Part):
    """The local area, with the names it goes by."""

    name: Line
    """The name in the letter's title and text."""
    legal: Line | None = None
    """The full legal name, such as 'Royal Borough of Ansford'."""
    short: Line | None = None
    """The name in running text where the full one would be heavy."""
    urn: Line | None = None
    """Ofsted's unique reference number of the local authority."""
    region: Line | None = None
    """The region of England."""

    @model_validator(mode="after")
    def names_itself(self) -> "Area":
        self.legal = self.legal or self.name
        self.short = self.short or self.name
        return self


class Partnership(Part):
    """The local safeguarding partnership or board."""

    name: Line
    """Its full name."""
    abbreviation: Line | None = None
    """Its abbreviation."""
    salutation: Line | None = None
    """How the letter greets it; left out, the template's own form."""


class Agency(Part):
    """One agency of the area."""

    id: Identifier
    """A name to refer to the agency by."""
    type: AgencyType
    """What kind of body it is."""
    name: Line
    """Its full name."""
    abbreviation: Line | None = None
    """Its abbreviation."""
    inspected: bool = True
    """Whether this inspection looked at it."""


class Round(Part):
    """The round of inspections with one theme; its standing text belongs to every letter of the round."""

    name: Line | None = None
    """The name of the round."""
    theme: Line
    """The theme of the deep dive, such as 'serious youth violence'."""
    response: Line | None = None
    """What the inspection looked at, as the sentence says it; left out, 'the multi-agency response to THEME'."""
    deep_dive: Line | None = None
    """The deep-dive focus, as the sentence says it: 'the response to children who ...'."""
    cohort: Line | None = None
    """The children it covers, such as 'children aged 10 and over'."""
    context: Prose | None = None
    """Standing words for every letter of the round, printed under Context before the letter's own."""

    @model_validator(mode="after")
    def says_its_sentence(self) -> "Round":
        self.response = self.response or f"the multi-agency response to {self.theme}"
        self.deep_dive = self.deep_dive or f"the response to {self.theme}"
        return self


def plausible(day: date) -> date:
    """Return a day, or raise ValueError where no inspection can have had it."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year {day.year} cannot be right; check it")
    return day


def written_as_date(value: object) -> object:
    """Return a date as it is written; a bare number is none."""
    if isinstance(value, int | float):
        raise ValueError(f"{value!r} is not a date; write it as 2024-05-20")
    return value


FIRST_YEAR, LAST_YEAR = 1900, 2300
Day = Annotated[date, BeforeValidator(written_as_date), AfterValidator(plausible)]
"""A day that an inspection can have."""


class Fieldwork(Part):
    """The days of fieldwork, first and last."""

    start: Day
    """The first day."""
    end: Day
    """The last day."""

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Fieldwork":
        if self.end < self.start:
            raise ValueError("fieldwork ends before it starts; give the days in their order")
        return self


class Dates(Part):
    """The dates of an inspection and its letter."""

    notified: Day | None = None
    """The day the area was told."""
    fieldwork: Fieldwork
    """The days of fieldwork."""
    letter: Day
    """The date that the letter bears."""
    pre_published: Day | None = None
    """The day the final letter went to the area ahead of publication."""
    received: Day | None = None
    """The day the principal authority received the letter."""
    published: Day | None = None
    """The day of publication."""


class NextSteps(Part):
    """What follows: the written statement of action, who leads it and by when (SI 2015/1792, regulation 3)."""

    statement_required: bool = True
    """Whether a written statement of proposed action is to be made."""
    principal_authority: Line | None = None
    """An agency or addressee by its id, or a body in words."""
    sender: Line | None = None
    """Who sends the statement, where it is not the principal authority."""
    contributors: list[Line] = []
    """Who contributes, agencies by their id or bodies in words; left out, everyone the letter is addressed to."""
    email: Annotated[Line, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    """Where the statement is sent."""
    deadline: Day | None = None
    """The last day; left out, 70 working days from the day the switch deadline_basis names."""
