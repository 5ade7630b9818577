"""The entries of a report in forms: what each kind is called, what its form gives, and the entry that it becomes."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from letters.findings.round_file import (
    Bullets,
    ChartHere,
    FindingList,
    Lesson,
    PracticeExample,
    Quotation,
    Subheading,
    TableHere,
)

KINDS = {
    "text": "Paragraph",
    "bullets": "List",
    "heading": "Heading",
    "quote": "Quotation from a letter",
    "list": "Findings as they stand in the letters",
    "example": "Practice example",
    "table": "Table",
    "chart": "Chart",
}
MODELS: dict[type[BaseModel], str] = {
    Lesson: "text",
    Bullets: "bullets",
    Subheading: "heading",
    Quotation: "quote",
    FindingList: "list",
    PracticeExample: "example",
    TableHere: "table",
    ChartHere: "chart",
}
CHOSEN = {"text": "rests_on", "list": "rests_on", "quote": "quote", "example": "example"}
"""The field of the findings that a kind of entry rests on; one or several."""
TABLES = (
    ("matrix", "Strengths and needs of each area by theme"),
    ("agencies", "Recommendations by type of agency"),
    ("scopes", "Recommendations by part of the inspection"),
    ("priorities", "Areas for priority action and their themes"),
    ("inspections", "The inspections and their letters"),
    ("samples", "Children whose experiences were looked at"),
)
CHARTS = (
    ("agencies", "Recommendations by type of agency"),
    ("scopes", "Recommendations by part of the inspection"),
    ("priorities", "Areas for priority action by area"),
    ("timeline", "The weeks of fieldwork"),
)
MORE = 2
"""Empty boxes of a list for bullets to come."""


def kind_of(entry: BaseModel) -> str:
    """Return what kind of entry it is."""
    return MODELS[type(entry)]


def words_of(entry: BaseModel) -> str:
    """Return an entry in a line, as lists of entries show it."""
    data = entry.model_dump(mode="json")
    if isinstance(entry, Bullets):
        return "; ".join(bullet.text for bullet in entry.bullets)
    if isinstance(entry, Quotation):
        return f"{entry.words or 'The whole finding'} ({entry.quote})"
    if isinstance(entry, FindingList):
        return entry.introduction or "Findings as they stand"
    if isinstance(entry, PracticeExample):
        return f"{entry.title or 'Its own title'} ({entry.example})"
    return str(data.get("text") or data.get("heading") or data.get("caption") or "")


def given_of(entry: BaseModel) -> dict[str, Any]:
    """Return an entry as the boxes of its form."""
    if isinstance(entry, Bullets):
        return {"bullets": [(bullet.text, ", ".join(bullet.rests_on)) for bullet in entry.bullets]}
    if isinstance(entry, FindingList):
        chosen = entry.list.findings
        return {
            "introduction": entry.introduction or "",
            "rests_on": chosen,
            "described": "" if chosen else described(entry),
        }
    data = entry.model_dump(mode="json", exclude_none=True)
    if "quote" in data or "example" in data:
        data["rests_on"] = [data.get("quote") or data.get("example")]
    return data


def described(entry: FindingList) -> str:
    """Say which findings a list takes that names none."""
    data = entry.list.model_dump(mode="json", exclude_defaults=True)
    return "; ".join(
        f"{name}: {', '.join(value) if isinstance(value, list) else value}" for name, value in data.items()
    )


def typed(kind: str, posted: QueryDict) -> dict[str, Any]:
    """Return what somebody typed into the form of an entry, as its boxes show it again."""
    found: dict[str, Any] = {name: posted.get(name, "") for name in FIELDS[kind]}
    found["rests_on"] = posted.getlist("rests_on")
    if kind == "bullets":
        numbers = sorted(int(name[5:]) for name in posted if name.startswith("text-") and name[5:].isdecimal())
        pairs = [(posted.get(f"text-{at}", ""), posted.get(f"rests-{at}", "")) for at in numbers]
        found["bullets"] = [pair for pair in pairs if pair[0].strip()]
    return found


FIELDS = {
    "text": ("text",),
    "bullets": (),
    "heading": ("heading",),
    "quote": ("words",),
    "list": ("introduction", "described"),
    "example": ("title", "named"),
    "table": ("table", "id", "caption"),
    "chart": ("chart", "id", "caption"),
}
"""The boxes of each kind of entry beside its findings."""


def data_of(kind: str, given: Mapping[str, Any], before: BaseModel | None) -> dict[str, Any]:
    """Return what a form gives as an entry of the file; a list that describes its findings keeps doing so."""
    chosen = list(given["rests_on"])
    line = {name: " ".join(str(given.get(name) or "").split()) for name in FIELDS[kind] if name != "text"}
    match kind:
        case "text":
            return {"text": clean(given["text"]), **({"rests_on": chosen} if chosen else {})}
        case "bullets":
            return {"bullets": [bullet(text, rests) for text, rests in given["bullets"]]}
        case "quote":
            return {"quote": chosen[0] if chosen else "", **({"words": line["words"]} if line["words"] else {})}
        case "example":
            title = {"title": line["title"]} if line["title"] else {}
            return {"example": chosen[0] if chosen else "", **title, "named": bool(given.get("named"))}
        case "list":
            intro = {"introduction": clean(given["introduction"])} if given["introduction"].strip() else {}
            if not chosen and isinstance(before, FindingList):
                return {"list": before.list.model_dump(mode="json", exclude_defaults=True), **intro}
            return {"list": chosen, **intro}
    return line


def clean(words: str) -> str:
    """Return the words of a box without what only a form adds."""
    return words.replace("\r\n", "\n").strip()


def bullet(text: str, rests: str) -> dict[str, Any]:
    """Return a bullet with the findings that it rests on, which its box names between commas."""
    names = [name.strip() for name in rests.split(",") if name.strip()]
    return {"text": clean(text), **({"rests_on": names} if names else {})}
