"""The days of an inspection from notice to statement, each with what it is counted from and on whose authority."""

from dataclasses import dataclass
from datetime import date

from letters.findings.calendar import working_days_away
from letters.findings.inspection import Inspection
from letters.findings.switches import profile
from letters.findings.timetable import statement

AGREED = "as it was set"
GIVEN = "as given in the inspection file"
SWITCH = "the option `notice_days` of the inspection"
LAW = "SI 2015/1792, explanatory note"


@dataclass(frozen=True)
class CountedDay:
    """One day of an inspection."""

    name: str
    day: date | None
    """The day; none where it cannot be counted yet."""
    counted: str
    """What it is counted from."""
    source: str
    """On whose authority; empty for a day that is given."""


def days_of(inspection: Inspection, published_on: date | None = None, due_on: date | None = None) -> list[CountedDay]:
    """Return the days of an inspection in their order; those that are not given are counted.

    `published_on` and `due_on` are the days of publication and of the statement, where they are known otherwise.
    """
    dates, counts = inspection.dates, profile(inspection.profile)["timetable"]
    notice = inspection.switches.notice_days
    end = dates.fieldwork.end
    draft = working_days_away(end, counts["draft"]["days"])
    answers = working_days_away(draft, counts["answers"]["days"] - 1)
    before = working_days_away(answers, counts["pre_publication"]["days"])
    published = working_days_away(end, counts["publication"]["days"])
    due = statement(inspection)
    return [
        counted(
            "Notice",
            dates.notified,
            working_days_away(dates.fieldwork.start, -notice),
            f"{notice} working days before fieldwork begins; the day of notice is the first",
            SWITCH,
        ),
        CountedDay("Fieldwork begins", dates.fieldwork.start, GIVEN, ""),
        CountedDay("Fieldwork ends, with the joint feedback meeting", end, GIVEN, ""),
        CountedDay(
            "Draft letter to the area", draft, after(counts["draft"], "fieldwork ends"), counts["draft"]["source"]
        ),
        CountedDay(
            "Last day for answers on factual accuracy",
            answers,
            f"{counts['answers']['days']} working days, the day of sending being the first",
            counts["answers"]["source"],
        ),
        counted(
            "Pre-publication copy",
            dates.pre_published,
            before,
            after(counts["pre_publication"], "the last day for answers"),
            counts["pre_publication"]["source"],
        ),
        CountedDay("Publication", published_on, AGREED, "")
        if published_on
        else counted(
            "Publication",
            dates.published or inspection.publication.embargo,
            published,
            after(counts["publication"], "fieldwork ends"),
            counts["publication"]["source"],
        ),
        CountedDay("Written statement of action due", due_on, AGREED, "")
        if due_on
        else CountedDay("Written statement of action due", due.day, due.detail, LAW if due.day else ""),
    ]


def counted(name: str, given: date | None, day: date, how: str, source: str) -> CountedDay:
    """Return a day as it is given, or else as it is counted."""
    return CountedDay(name, given, GIVEN, "") if given else CountedDay(name, day, how, source)


def after(count: dict[str, int], what: str) -> str:
    """Say how many working days after something a day is."""
    return f"{count['days']} working days after {what}"
