"""Withdraw a pack: a notice in the place of everything that it published."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from letters.document.blocks import Block, Document, Heading, Meta, Paragraph, Run
from letters.errors import NotAllowed
from letters.formats.pages.site import SitePage, notice_page
from letters.formats.pdf.write import write, write_large_print
from letters.houses.house import House
from letters.houses.words import day as as_day
from letters.publication.amendments import refuse_earlier
from letters.publication.end_matter import publisher_of
from letters.publication.hygiene.patterns import is_web_address
from letters.publication.manifest import JSON_NAME, digest, rows_of
from letters.publication.pack import BODY, ENTRY, INDEX, RECIPIENTS, RECORD, sealed
from letters.publication.record import File, withdrawn_entry
from letters.publication.renderings import SUFFIXES
from letters.publication.verification import Pack, verified
from letters.verbs.publish import NewPack
from letters.verbs.steps import Step, log_step

INSTEAD = "Use this instead:"
"""What stands before the address of what replaces a withdrawn document."""


def folders_of(pack: Pack) -> dict[str, str]:
    """Return the name of the house of each folder of a pack; raises PackFault where the pack is not whole."""
    return {name: name for name in verified(pack)["inspectorates"]} | {RECIPIENTS: "joint"}


def withdraw(
    pack: Pack, joint: House, houses: Mapping[str, House], on: date, reason: str, replaced_by: str = ""
) -> NewPack:
    """Return a pack that says that another was withdrawn; `houses` are by the folders that they publish in.

    Every page and every PDF keeps its address, with a notice in its place. `replaced_by` is the web address of what
    readers should use now. Raises NotAllowed where the reason or the day is none.
    """
    log_step(Step.PUBLISH, f"withdraw {pack.name}")
    data = verified(pack)
    if not reason.strip():
        raise NotAllowed("--reason is empty. Say why the pack is withdrawn.")
    if replaced_by and not is_web_address(replaced_by):
        raise NotAllowed(f"{replaced_by!r} is no web address. Give one that begins with https:// after --replaced-by.")
    if data["state"] == "draft":
        raise NotAllowed(f"{pack.name} is a draft, which nobody published. Delete its folder instead.")
    if data["state"] == "withdrawn":
        raise NotAllowed(f"{pack.name} was withdrawn on {data['withdrawn']['on']} already. Its notice stays as it is.")
    refuse_earlier(pack, data, on)
    files = {}
    for folder, house in houses.items():
        old = [row["path"].removeprefix(f"{folder}/") for row in data["files"] if row["path"].startswith(f"{folder}/")]
        notice = Notice(data, house, on, reason, replaced_by)
        files.update({f"{folder}/{file.name}": file for file in notice.files(old)})
    said = {"on": on.isoformat(), "reason": reason, "previous manifest": digest(pack.files[JSON_NAME])}
    said |= {"replaced by": replaced_by} if replaced_by else {}
    gone = {**data, "state": "withdrawn", "withdrawn": said, "files": rows_of(files, joint.settings.language)}
    return NewPack(sealed(joint, files, gone))


class Notice:
    """What one house says in the place of a document that was withdrawn."""

    def __init__(self, data: dict[str, Any], house: House, on: date, reason: str, replaced_by: str) -> None:
        self._data, self._house, self._on, self._replaced_by = data, house, on, replaced_by
        self._publisher, end = publisher_of(house, on)
        self._said = end.withdrawn.format(day=as_day(on), reason=reason)
        self._ask = end.questions.format(
            telephone=self._publisher.telephone,
            email=self._publisher.email,
            address=", ".join(self._publisher.address),
        )

    def files(self, old: Iterable[str]) -> Iterator[File]:
        """Yield the notice at the address of every page and PDF that there was, the feed's entry and the record."""
        names = sorted({*old, INDEX})
        page, document = self._page(), self._document()
        for name in names:
            if name.endswith(".html") and name != BODY:
                yield File(name, "Notice", "text/html", page, self._data["title"])
            elif name.endswith(".pdf"):
                made = write_large_print if name.endswith(SUFFIXES["large-print"]) else write
                yield File(name, "Notice", "application/pdf", made(document, self._house), self._data["title"])
        title = self._data["title"]
        entry = withdrawn_entry(self._data["identifier"], title, self._publisher, self._on, self._said)
        yield File(ENTRY, "Feed entry", "application/atom+xml", entry.encode(), title)
        yield File(RECORD, "Dublin Core", "application/json", self._record(), title)

    def _page(self) -> bytes:
        instead = ""
        if self._replaced_by:
            address = escape(self._replaced_by)
            instead = f'<p>{escape(INSTEAD)} <a href="{address}">{address}</a></p>\n'
        body = (
            f"<h1>{escape(self._title)}</h1>\n<p>{escape(self._said)}</p>\n{instead}"
            f"<h2>Questions</h2>\n<p>{escape(self._ask)}</p>\n"
        )
        facts = SitePage(
            self._title, self._publisher.name, self._publisher.website, self._house.settings.language, self._terms()
        )
        return notice_page(self._house, facts, body).encode()

    def _document(self) -> Document:
        """Return the notice as a document of one page."""
        instead = (Run(f"{INSTEAD} "), Run(self._replaced_by, link=self._replaced_by))
        blocks: tuple[Block, ...] = (
            Heading("title", (Run(self._title),), 1),
            Paragraph("withdrawn", (Run(self._said),)),
            *((Paragraph("instead", instead),) if self._replaced_by else ()),
            Paragraph("questions", (Run(self._ask),)),
        )
        subject = f"Notice that {self._data['title']} was withdrawn"
        meta = Meta(
            self._data["identifier"].rpartition(":")[2],
            self._title,
            subject,
            self._publisher.name,
            self._on,
            self._house.settings.language,
            1,
        )
        return Document(meta, (), blocks, ())

    @property
    def _title(self) -> str:
        return f"Withdrawn: {self._data['title']}"

    def _terms(self) -> dict[str, str]:
        """Return the record of what was withdrawn, in the terms of Dublin Core."""
        terms = {
            "identifier": self._data["identifier"],
            "title": self._title,
            "publisher": self._publisher.name,
            "date": self._data["published"],
            "modified": self._on.isoformat(),
            "isReplacedBy": self._replaced_by,
            "language": self._house.settings.language,
        }
        return {term: value for term, value in terms.items() if value}

    def _record(self) -> bytes:
        record = {**self._terms(), "state": "withdrawn", "description": self._said}
        return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
