"""What an older letter is about, as data: area, theme, days, who took part, who gets it, who signs, what follows."""

import re
from datetime import date, timedelta
from typing import Any

from letters.findings.fields import stem_of
from letters.houses.words import listed
from letters.importing import facts
from letters.importing.parts import Parts, SectionPart
from letters.importing.people import addressee, addressee_lines, give_addresses, inspectors, is_name, signatories
from letters.importing.source import Doubts, Kind, SourceBlock, normal

NEW_FORM = date(2022, 1, 1)
"""The day from which joint letters have the form of 2022."""
USUAL_WAIT = timedelta(days=34)
"""From the last day of fieldwork to the letter, where only one of them is known."""
NO_DAY = date(2000, 1, 1)


class About:
    """Makes the facts of one letter, field by field."""

    def __init__(self, blocks: list[SourceBlock], parts: Parts, doubts: Doubts) -> None:
        self._blocks, self._parts, self._doubts = blocks, parts, doubts
        self._opening = " ".join(block.text for block in parts.opening)
        self._all = " ".join(block.text for block in blocks)

    def data(self) -> dict[str, Any]:
        title = self._parts.title.text if self._parts.title else ""
        dates = self._dates()
        area = facts.area_in(title, self._opening)
        if not area:
            area = "Unknown area"
            self._doubts.add(("area", "name"), "the letter’s title names no area; write it")
        response = facts.response_in(title, self._opening)
        theme = facts.theme_of(response) or "the theme of the round"
        if not response:
            self._doubts.add(("round", "theme"), "the letter does not say its theme in words that are known; write it")
        participants = self._participants(title)
        data: dict[str, Any] = {
            "id": self._identifier(area, dates["letter"]),
            "kind": "single_agency" if participants == ["ofsted"] else "joint",
            "stage": "draft",
            "area": {"name": area},
            "round": {"theme": theme},
            "partnership": self._partnership(area),
            "dates": dates,
            "inspectorates": participants,
        }
        if response and response != f"the multi-agency response to {theme}":
            data["round"]["response"] = response
        if focus := facts.deep_dive_in(self._opening):
            data["round"]["deep_dive"] = focus
        if data["kind"] == "joint":
            data["template"] = "joint-2022" if dates["letter"] >= NEW_FORM else "joint-2016"
        data["addressees"] = self._addressees()
        data["signatories"] = self._signatories(participants)
        self._day = dates["letter"]
        self._take_team(data)
        data["next_steps"] = self._next_steps()
        return data

    def _take_team(self, data: dict[str, Any]) -> None:
        """Take the sentence that names the inspectors of a single-agency letter for what it is."""
        for block in self._parts.opening:
            if data["kind"] == "single_agency" and (found := facts.TEAM.match(block.text)):
                team = inspectors(found[1])
                if normal(listed(team)) == normal(found[1]):
                    data["inspectors"] = team

    def _identifier(self, area: str, day: date) -> str:
        words = stem_of(area)[:24] or "letter"
        words = words if words[0].isalpha() else f"a-{words}"
        return f"{words}-{day.year}"

    def _dates(self) -> dict[str, Any]:
        day = facts.day_of_letter(self._parts.day.text) if self._parts.day else None
        period = facts.period_in(self._opening) or facts.period_in(self._all)
        if period is None and day and (period := facts.period_without_year(self._opening, day.year)):
            self._doubts.add(("dates", "fieldwork"), "the letter gives the days of fieldwork without a year")
        if day is None:
            day = period[1] + USUAL_WAIT if period else NO_DAY
            self._doubts.add(("dates", "letter"), "the letter bears no date at its beginning; this day is a guess")
        if period is None:
            period = facts.working_week_before(day - USUAL_WAIT)
            self._doubts.add(
                ("dates", "fieldwork"), "the letter does not say when fieldwork was; these days are a guess"
            )
        if facts.more_periods_in(self._opening):
            self._doubts.add(
                ("dates", "fieldwork"), "the opening gives more than one period; check which is the fieldwork"
            )
        if day < period[1]:
            self._doubts.add(("dates", "letter"), "it is before the end of fieldwork; check both")
        return {"fieldwork": {"start": period[0], "end": period[1]}, "letter": day}

    def _participants(self, title: str) -> list[str]:
        signing = " ".join(block.text for block in self._parts.signatures)
        named = facts.inspectorates_in(f"{self._opening} {signing}")
        if "ofsted" not in named:
            named = ["ofsted", *named]
            self._doubts.add(("inspectorates",), "Ofsted is not named in the opening; it is taken for the lead")
        return named

    def _partnership(self, area: str) -> dict[str, Any]:
        greeting = self._parts.salutation.text if self._parts.salutation else ""
        name, abbreviation = facts.partnership_in(block.text for block in self._blocks)
        if not name:
            name = f"{area} Safeguarding Children Partnership"
            self._doubts.add(
                ("partnership", "name"), "the letter does not name the safeguarding partnership; this is a guess"
            )
        elif name.startswith("Local "):
            name = f"{area} {name}"
            self._doubts.add(("partnership", "name"), "the letter calls it by a general name; check what it is called")
        found = {"name": name} | ({"abbreviation": abbreviation} if abbreviation else {})
        if said := re.sub(r"^dear\s+", "", greeting, flags=re.IGNORECASE).rstrip(" ,"):
            found["salutation"] = said
        return found

    def _addressees(self) -> list[dict[str, Any]]:
        lines = [line for block in self._parts.addressees for line in addressee_lines(block)]
        if not lines:
            self._doubts.add(
                ("addressees",), "the letter is addressed to nobody that can be told; write the addressees"
            )
            return [{"name": "Unknown addressee"}]
        people = [addressee(line) for line in lines]
        recipients = self._parts.section("recipients")
        give_addresses(
            people, [block.text for block in recipients.blocks if block.kind is Kind.ENTRY] if recipients else []
        )
        for place, person in enumerate(people):
            if not is_name(person["name"]):
                self._doubts.add(("addressees", place, "name"), "it does not look like a person’s name; check the line")
            elif "role" not in person:
                self._doubts.add(
                    ("addressees", place), "it says no role; check whether this is one person’s whole line"
                )
        return people

    def _signatories(self, participants: list[str]) -> list[dict[str, Any]]:
        people, rest = signatories(self._parts.signatures, participants)
        if not people:
            self._doubts.add(("signatories",), "no signature was found below the closing words; write who signs")
            return [{"inspectorate": participants[0], "title": ["Unknown"]}]
        for place, person in enumerate(people):
            if not person.get("name"):
                self._doubts.add(("signatories", place), "no person’s name was found in this signature")
        for line in rest:
            self._doubts.add(("signatories",), f"“{line}” could not be told to a signatory")
        return people

    def _next_steps(self) -> dict[str, Any]:
        part = self._parts.section("next_steps") or SectionPart("next_steps", None)
        text = " ".join(block.text for block in part.blocks)
        days, emails = facts.deadlines_in(text), facts.emails_in(text)
        if not days:
            what = "no day for a written statement was found under the next steps; give it if there is one"
            self._doubts.add(("next_steps",), what)
            return {"statement_required": False}
        authority = facts.principal_authority_in(text)
        if not authority:
            authority = "the local authority"
            what = "the letter does not say plainly who makes the statement"
            self._doubts.add(("next_steps", "principal_authority"), what)
        found: dict[str, Any] = {"principal_authority": authority, "deadline": days[0]}
        if emails:
            found["email"] = emails[0]
        else:
            self._doubts.add(("next_steps",), "no address for the statement was found")
        if len(days) > 1 or days[0] < self._day:
            self._doubts.add(("next_steps", "deadline"), "the next steps give other days, or it is before the letter")
        if len(emails) > 1:
            self._doubts.add(("next_steps", "email"), f"the next steps also give {', '.join(emails[1:])}")
        return found
