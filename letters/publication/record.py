"""What a library, a search engine and a feed reader are told of a publication: one record, in three forms."""

import json
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote, urljoin

from letters.houses.house import EndMatter, Publisher
from letters.publication.hygiene.pdf import page_count
from letters.publication.publication import Publication

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class File:
    """One finished file as a page offers it."""

    name: str
    label: str
    """What it is, in words."""
    media_type: str
    data: bytes
    title: str

    @property
    def size(self) -> str:
        """Its size in words."""
        return f"{max(1, round(len(self.data) / 1000)):,} kB"


def extent(file: File) -> str:
    """Return the size of a file, and of a PDF how many pages it has."""
    pages = page_count(file.data) if file.media_type == "application/pdf" else 0
    return f"{file.size}, {pages} page{'s' if pages > 1 else ''}" if pages else file.size


def identifier(work: Publication) -> str:
    """Return the identifier of the inspection or report, the same on every inspectorate's site (RFC 8141)."""
    return f"urn:letters:{work.names['type']}:{work.meta.identifier}"


def dublin_core(work: Publication, publisher: Publisher, end: EndMatter, amended: date | None) -> dict[str, str]:
    """Return the record in the terms of Dublin Core (ISO 15836)."""
    terms = {
        "identifier": identifier(work),
        "title": work.meta.title,
        "subject": work.meta.subject,
        "description": " ".join(work.summary),
        "creator": work.meta.author,
        "publisher": publisher.name,
        "date": work.day.isoformat(),
        "modified": amended.isoformat() if amended else "",
        "type": "Text",
        "language": work.meta.language,
        "coverage": work.place,
        "rights": end.licence_address,
        "state": "draft" if work.document.draft else "",
    }
    return {term: value for term, value in terms.items() if value}


def json_ld(
    work: Publication,
    publisher: Publisher,
    end: EndMatter,
    files: list[File],
    sums: dict[str, str],
    amended: date | None,
) -> str:
    """Return the record in the terms of schema.org, safe within a script element."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "identifier": identifier(work),
        "name": work.meta.title,
        "about": work.meta.subject,
        "abstract": " ".join(work.summary),
        "datePublished": work.day.isoformat(),
        "inLanguage": work.meta.language,
        "license": end.licence_address,
        "author": [{"@type": "GovernmentOrganization", "name": name} for name in work.authors],
        "publisher": {"@type": "GovernmentOrganization", "name": publisher.name, "url": publisher.website},
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": address(work, file.name),
                "encodingFormat": file.media_type,
                "contentSize": file.size,
                "sha256": sums[file.name],
            }
            for file in files
        ],
    }
    if work.document.draft:
        found["creativeWorkStatus"] = "Draft"
    if amended:
        found["dateModified"] = amended.isoformat()
    if work.plan.page:
        found["url"] = work.plan.page
    return json.dumps(found, ensure_ascii=False, indent=1).replace("<", "\\u003c")


def address(work: Publication, name: str) -> str:
    """Return the address of a file: in full where it is known at which the page will stand, else beside the page.

    A feed is read far from its page (RFC 4287, 4.2.7.1 allows both), and so is what a search engine keeps.
    """
    return urljoin(work.plan.page, quote(name)) if work.plan.page else name


def atom_entry(
    work: Publication, publisher: Publisher, end: EndMatter, files: list[File], page: str, amended: date | None
) -> str:
    """Return the record as an Atom entry document (RFC 4287, 4.1.2)."""
    stamp, updated = (f"{day.isoformat()}T00:00:00Z" for day in (work.day, amended or work.day))
    links = f'  <link rel="alternate" type="text/html" href="{escape(work.plan.page or page)}"/>\n'
    links += "".join(
        f'  <link rel="enclosure" type="{file.media_type}" href="{escape(address(work, file.name))}"'
        f' length="{len(file.data)}"/>\n'
        for file in files
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<entry xmlns="{ATOM}" xml:lang="{escape(work.meta.language)}">\n'
        f"  <id>{escape(identifier(work))}</id>\n  <title>{escape(work.meta.title)}</title>\n"
        f"  <updated>{updated}</updated>\n  <published>{stamp}</published>\n"
        f"  <author><name>{escape(publisher.name)}</name><uri>{escape(publisher.website)}</uri></author>\n"
        f"{links}  <rights>{escape(end.licence)}</rights>\n"
        f"  <summary>{escape(' '.join(work.summary))}</summary>\n</entry>\n"
    )


def withdrawn_entry(name: str, title: str, publisher: Publisher, on: date, said: str) -> str:
    """Return the Atom entry of a document that was withdrawn; it has the identifier of the one before."""
    stamp = f"{on.isoformat()}T00:00:00Z"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<entry xmlns="{ATOM}">\n  <id>{escape(name)}</id>\n'
        f"  <title>Withdrawn: {escape(title)}</title>\n  <updated>{stamp}</updated>\n"
        f"  <author><name>{escape(publisher.name)}</name><uri>{escape(publisher.website)}</uri></author>\n"
        f"  <summary>{escape(said)}</summary>\n</entry>\n"
    )
