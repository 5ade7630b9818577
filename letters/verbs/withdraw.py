"""Withdraw a pack: a notice in the place of everything that it published."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from letters.errors import NotAllowed
from letters.formats.pages.site import SitePage, notice_page
from letters.houses.house import House
from letters.houses.words import day as as_day
from letters.publication.amendments import refuse_earlier
from letters.publication.end_matter import publisher_of
from letters.publication.manifest import JSON_NAME, digest, rows_of
from letters.publication.pack import ENTRY, INDEX, RECIPIENTS, sealed
from letters.publication.record import File, withdrawn_entry
from letters.publication.verification import Pack, verified
from letters.verbs.publish import NewPack
from letters.verbs.steps import Step, log_step


def folders_of(pack: Pack) -> dict[str, str]:
    """Return the name of the house of each folder of a pack; raises PackFault where the pack is not whole."""
    return {name: name for name in verified(pack)["inspectorates"]} | {RECIPIENTS: "joint"}


def withdraw(pack: Pack, joint: House, houses: Mapping[str, House], on: date, reason: str) -> NewPack:
    """Return a pack that says that another was withdrawn; `houses` are by the folders that they publish in."""
    log_step(Step.PUBLISH, f"withdraw {pack.name}")
    data = verified(pack)
    if not reason.strip():
        raise NotAllowed("--reason is empty. Say why the pack is withdrawn.")
    if data["state"] == "withdrawn":
        raise NotAllowed(f"{pack.name} was withdrawn on {data['withdrawn']['on']} already. Its notice stays as it is.")
    refuse_earlier(pack, data, on)
    files = {
        f"{folder}/{file.name}": file
        for folder, house in houses.items()
        for file in withdrawal(data, house, on, reason)
    }
    said = {"on": on.isoformat(), "reason": reason, "previous manifest": digest(pack.files[JSON_NAME])}
    gone = {**data, "state": "withdrawn", "withdrawn": said, "files": rows_of(files, joint.settings.language)}
    return NewPack(sealed(joint, files, gone))


def withdrawal(data: dict[str, Any], house: House, on: date, reason: str) -> list[File]:
    """Return the page and the feed's entry that say that a document was withdrawn."""
    publisher, end = publisher_of(house, on)
    said = end.withdrawn.format(day=as_day(on), reason=reason)
    body = f"<h1>{escape(data['title'])}</h1>\n<p>{escape(said)}</p>\n<p>{escape(data['identifier'])}</p>\n"
    facts = SitePage(data["title"], publisher.name, publisher.website, house.settings.language)
    page = notice_page(house, facts, body)
    entry = withdrawn_entry(data["identifier"], data["title"], publisher, on, said)
    return [
        File(INDEX, "Index", "text/html", page.encode(), data["title"]),
        File(ENTRY, "Feed entry", "application/atom+xml", entry.encode(), data["title"]),
    ]
