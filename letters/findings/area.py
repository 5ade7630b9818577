"""The inspected area, its agencies and partnership, and the round it was inspected in."""

from datetime import date
from enum import StrEnum

from pydantic import model_validator

from letters.findings.text import Identifier, Line, Part, Prose


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


class Fieldwork(Part):
    """The days of fieldwork, first and last."""

    start: date
    """The first day."""
    end: date
    """The last day."""

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> "Fieldwork":
        if self.end < self.start:
            raise ValueError("fieldwork ends before it starts; give the days in their order")
        return self


class Dates(Part):
    """The dates of an inspection and its letter."""

    notified: date | None = None
    """The day the area was told."""
    fieldwork: Fieldwork
    """The days of fieldwork."""
    letter: date
    """The date that the letter bears."""
    pre_published: date | None = None
    """The day the final letter went to the area ahead of publication."""
    received: date | None = None
    """The day the principal authority received the letter."""
    published: date | None = None
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
    email: Line | None = None
    """Where the statement is sent."""
    deadline: date | None = None
    """The last day; left out, 70 working days from the day the switch deadline_basis names."""
