"""A work -> its pack: a folder for each inspectorate and for the recipients, each with every format and its record."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import islice
from typing import Any

from letters.document.blocks import Document
from letters.formats.pages.body import body_page
from letters.formats.pages.site import SitePage, draft_mark, notice_page
from letters.houses.house import House
from letters.houses.words import day as as_day
from letters.publication.amendments import WORDS_NAME, words_file
from letters.publication.end_matter import (
    Amendment,
    amendment_notes,
    children_document,
    published_document,
    publisher_of,
)
from letters.publication.hygiene.patterns import is_web_address
from letters.publication.manifest import JSON_NAME, PAGE_NAME, as_body, as_json, digest
from letters.publication.publication import LetterOfRound, Publication
from letters.publication.record import File, atom_entry, dublin_core, json_ld
from letters.publication.renderings import (
    KINDS,
    SUFFIXES,
    EachOrder,
    Order,
    Rendered,
    downloads,
    joined,
    orders,
    page,
    rendered,
)
from letters.publication.uploads import data_files, upload_list, zips

LOG = logging.getLogger("letters")
RECIPIENTS = "recipients"
"""The folder for those who must publish what they receive (SI 2015/1792, regulation 3(5))."""
CHILDREN = "-children"
CHILDREN_KINDS = ("html", "pdf", "txt")
"""The formats of the summary for children."""
INDEX, ENTRY, RECORD, BODY = "index.html", "entry.atom", "metadata.json", "body.html"
LETTERS = "letters.html"
TOLD = ("alternative", "accessibility", "questions")
"""What the index tells readers of the publisher: other formats, accessibility, and whom to ask."""


@dataclass(frozen=True)
class Made:
    """The files of a pack by their paths, and what could not be made."""

    files: dict[str, File]
    missing: tuple[str, ...]


def make(
    work: Publication,
    houses: Mapping[str, House],
    kinds: tuple[str, ...],
    amendments: Sequence[Amendment],
    each: EachOrder = map,
) -> Made:
    """Return every file of a pack but its manifest; `houses` are by the folders that they publish in.

    `amendments` are those that the publication has had, the oldest first; `each` says how its formats are rendered.
    """
    folders = {name: Folder(work, house, kinds, amendments) for name, house in houses.items()}
    parts = iter(each(rendered, [order for folder in folders.values() for order in folder.orders()]))
    files: dict[str, File] = {}
    missing: list[str] = []
    for number, (name, folder) in enumerate(folders.items(), start=1):
        LOG.info("the files of %s, %d of %d", name, number, len(folders))
        files.update({f"{name}/{file.name}": file for file in folder.files(parts)})
        missing += folder.missing
    return Made(files, tuple(dict.fromkeys(missing)))


class Folder:
    """Makes what one house publishes."""

    def __init__(
        self, work: Publication, house: House, kinds: tuple[str, ...], amendments: Sequence[Amendment]
    ) -> None:
        self._work, self._house, self._kinds, self._amendments = work, house, kinds, amendments
        self._publisher, self._end = publisher_of(house, work.day)
        self._amended = amendments[-1].on if amendments else None
        self._stem = file_stem(work, house)
        self._document = published_document(work, house, amendments)
        self._children = children_document(work, house)
        self.missing: list[str] = []

    def orders(self) -> Iterator[Order]:
        """Yield what has to be rendered: the document, and the summary for children."""
        yield from self._own_orders()
        yield from self._childrens_orders()

    def _own_orders(self) -> Iterator[Order]:
        return orders(self._document, self._house, self._stem, self._kinds)

    def _childrens_orders(self) -> Iterator[Order]:
        wanted = tuple(kind for kind in CHILDREN_KINDS if kind in self._kinds)
        if self._children:
            yield from orders(self._children, self._house, f"{self._stem}{CHILDREN}", wanted)

    def files(self, parts: Iterator[Rendered]) -> Iterator[File]:
        """Yield the files of the folder: the document, the summary for children, the index, the entry, the record.

        `parts` are those of the folder's orders that come next.
        """
        document, children = self._document, self._children
        made = joined(islice(parts, len(list(self._own_orders()))))
        own = list(self._formats(document, self._stem, made))
        made = joined(islice(parts, len(list(self._childrens_orders()))))
        extra = list(self._formats(children, f"{self._stem}{CHILDREN}", made)) if children else []
        data = list(data_files(self._work.document, self._stem)) if "html" in self._kinds else []
        listed = [*own, *extra, *data, *self._letters()]
        index, entry, record = self._index(listed), self._entry(own), self._record()
        yield from (found := [*listed, *self._body(document), index, entry, record])
        yield upload_list(self._work, found)

    def _body(self, document: Document) -> Iterator[File]:
        """Yield the document's body for content systems that take one."""
        if "html" in self._kinds:
            label = "Body of the page, for a content system"
            yield File(BODY, label, "text/html", body_page(document, self._house).encode(), document.meta.title)

    def _formats(self, document: Document, stem: str, made: Rendered) -> Iterator[File]:
        """Yield one document in every format that is wanted, the page first."""
        self.missing += made.missing
        if "html" in self._kinds:
            facts = self._facts(document, list(made.files))
            yield page(document, self._house, f"{stem}{SUFFIXES['html']}", facts)
        yield from made.files

    def _facts(self, document: Document, files: list[File]) -> SitePage:
        sums = {file.name: digest(file.data) for file in files}
        return SitePage(
            title=document.meta.title,
            publisher=self._publisher.name,
            website=self._publisher.website,
            language=document.meta.language,
            terms=dublin_core(self._work, self._publisher, self._end, self._amended),
            json_ld=json_ld(self._work, self._publisher, self._end, files, sums, self._amended),
            downloads=downloads(tuple(files)),
            description=document.meta.subject,
            authors=self._work.authors,
            published=as_day(self._work.day),
            updated=as_day(self._amended) if self._amended else "",
            summary=() if self._work.is_report else self._work.summary,
            index=INDEX,
            has_banner=self._house.name != "joint",
        )

    def _letters(self) -> Iterator[File]:
        """Yield the page that lists the letters of a round, by area; one whose address is known is a link."""
        if not self._work.letters or "html" not in self._kinds:
            return
        title = f"Letters of the inspections: {self._work.meta.title}"
        rows = "".join(f"<li>{letter_row(letter)}</li>\n" for letter in sorted(self._work.letters))
        body = f"{draft_mark(self._work.document)}<h1>{escape(title)}</h1>\n<ul>\n{rows}</ul>\n"
        data = notice_page(self._house, self._page(title), body).encode()
        yield File(LETTERS, "Letters of the inspections", "text/html", data, title)

    def _page(self, title: str) -> SitePage:
        """Return what a page beside the document needs."""
        return SitePage(
            title=title,
            publisher=self._publisher.name,
            website=self._publisher.website,
            language=self._work.meta.language,
            terms=dublin_core(self._work, self._publisher, self._end, self._amended),
            description=self._work.meta.subject,
            has_banner=self._house.name != "joint",
        )

    def _index(self, files: list[File]) -> File:
        """Return the page that leads to every format."""
        summary = "".join(f"<p>{escape(words)}</p>\n" for words in self._work.summary)
        amended = ""
        if self._amendments:
            notes = "".join(f"<p>{escape(note)}</p>" for note in amendment_notes(self._house, self._amendments))
            amended = f'<div class="amended">{notes}</div>\n'
        rows = "".join(
            f'<li><a href="{escape(file.name)}">{escape(label_of(file))}</a> ({file.size})</li>\n' for file in files
        )
        facts = {"Area": self._work.place, "Published": as_day(self._work.day)}
        about = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>\n" for name, value in facts.items())
        reached = {
            "telephone": self._publisher.telephone,
            "email": self._publisher.email,
            "address": ", ".join(self._publisher.address),
        }
        said = {name: escape(getattr(self._end, name).format(**reached)) for name in TOLD}
        statement = ""
        if self._publisher.accessibility:
            address = escape(self._publisher.accessibility)
            statement = f'\n<p><a href="{address}">Accessibility statement of {escape(self._publisher.name)}</a></p>'
        body = (
            f"{draft_mark(self._work.document)}<h1>{escape(self._work.meta.title)}</h1>\n{amended}{summary}<dl>\n{about}</dl>\n"
            f"<h2>Read it</h2>\n<ul>\n{rows}</ul>\n<h2>Other formats</h2>\n<p>{said['alternative']}</p>\n"
            f'<h2 id="accessibility">Accessibility</h2>\n<p>{said["accessibility"]}</p>{statement}\n'
            f'<h2 id="contact">Contact</h2>\n<p>{said["questions"]}</p>\n'
            f"<h2>Licence</h2>\n<p>{escape(self._end.licence)} "
            f'<a href="{escape(self._end.licence_address)}">Read the licence</a>.</p>\n'
        )
        site = self._page(self._work.meta.title)
        return File(INDEX, "Index", "text/html", notice_page(self._house, site, body).encode(), site.title)

    def _entry(self, files: list[File]) -> File:
        others = [file for file in files if file.media_type != "text/html"]
        text = atom_entry(self._work, self._publisher, self._end, others, INDEX, self._amended)
        return File(ENTRY, "Feed entry", "application/atom+xml", text.encode(), self._work.meta.title)

    def _record(self) -> File:
        terms = dublin_core(self._work, self._publisher, self._end, self._amended)
        data = json.dumps(terms, ensure_ascii=False, indent=1) + "\n"
        return File(RECORD, "Dublin Core", "application/json", data.encode(), self._work.meta.title)


def whole(made: Made, work: Publication) -> dict[str, File]:
    """Return every file of a pack but its manifest: the folders, the words, and a zip of each folder."""
    return {**made.files, WORDS_NAME: words_file(work), **zips(made.files)}


def letter_row(letter: LetterOfRound) -> str:
    """Return one letter of a round as words of a list."""
    area = escape(letter.area)
    named = f'<a href="{escape(letter.page)}">{area}</a>' if is_web_address(letter.page) else area
    return f"{named}, letter of {as_day(letter.day)}"


def label_of(file: File) -> str:
    """Return what a file is called in a list; a summary for children says so."""
    return f"Summary for children and young people: {file.label}" if CHILDREN in file.name else file.label


def file_stem(work: Publication, house: House) -> str:
    """Return what the files of a work are called, by the house's pattern: lower case, letters, digits and hyphens."""
    settings = house.settings
    pattern = settings.report_file_name if work.is_report else settings.file_name
    names = {name: slug(value) for name, value in work.names.items()}
    filled = pattern.format(**{"urn": "", "area": "", **names})
    return "_".join(part for part in filled.split("_") if part)


def slug(words: str) -> str:
    """Return words as a part of a file's name."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words.lower())
    return "-".join(kept.split())


def checked_kinds(only: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats that are wanted, in the order of a pack; all of them where none is named."""
    return tuple(kind for kind in KINDS if not only or kind in only)


def sealed(house: House, files: Mapping[str, File], data: dict[str, Any]) -> dict[str, bytes]:
    """Return the bytes of a pack by their paths, with the manifest as JSON and as a page that prove each other."""
    publisher, _ = publisher_of(house, date.fromisoformat(data["published"]))
    facts = SitePage(f"Manifest: {data['title']}", publisher.name, publisher.website, house.settings.language)
    shown = notice_page(house, facts, as_body(data)).encode()
    whole = {path: file.data for path, file in files.items()}
    return {**whole, JSON_NAME: as_json({**data, "page": digest(shown)}), PAGE_NAME: shown}
