"""The manifest of a pack: what is in it, what it was made from and by, who agreed, and what was set aside."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from letters import resources
from letters.houses.house import House
from letters.publication.gate import SetAside
from letters.publication.publication import Publication
from letters.publication.record import File, identifier

JSON_NAME, PAGE_NAME = "manifest.json", "manifest.html"
LIBRARIES = ("weasyprint", "pydyf", "docxtpl", "jinja2", "markdown-it-py", "matplotlib", "python-pptx", "lxml")


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return sha256(data).hexdigest()


@cache
def versions() -> dict[str, str]:
    """Return the versions of the program and of the libraries that the bytes depend on."""
    found = {"letters": version_of("letters"), **{name: version_of(name) for name in LIBRARIES}}
    return {name: said for name, said in found.items() if said}


def version_of(name: str) -> str:
    """Return the version of a library, or nothing where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def manifest(work: Publication, houses: Mapping[str, House], files: Mapping[str, File]) -> dict[str, Any]:
    """Return the manifest of a pack as data; files are by their paths in it."""
    return {
        "identifier": identifier(work),
        "title": work.meta.title,
        "version": work.meta.version,
        "published": work.day.isoformat(),
        "state": "published",
        "words": work.words,
        "source": {"name": work.name.rpartition("/")[2], "sha256": work.source_hash},
        "inspectorates": list(work.inspectorates),
        "agreed": [
            {"inspectorate": held.inspectorate, "on": held.agreed_on.isoformat(), "words": held.words}
            for held in work.agreements
        ],
        "set aside": [],
        "missing": [],
        "made by": {**versions(), **data_hashes(houses)},
        "files": rows_of(files, work.meta.language),
    }


def with_reasons(data: dict[str, Any], aside: Iterable[SetAside], missing: Iterable[str]) -> dict[str, Any]:
    """Return a manifest with what was set aside, and with what could not be made."""
    rows = [{"rule": one.reason.code, "what": one.reason.message, "reason": one.why, "name": one.name} for one in aside]
    return {**data, "set aside": rows, "missing": sorted(set(missing))}


def data_hashes(houses: Mapping[str, House]) -> dict[str, str]:
    """Return the hashes of templates, fonts and houses."""
    looks = {f"house {name}": house.digest() for name, house in houses.items()}
    return {
        "templates": templates_digest(houses),
        "fonts": resources.digest("styles/fonts"),
        **looks,
    }


def templates_digest(houses: Mapping[str, House]) -> str:
    """Return the hash of the templates, with those of a house's own that take the place of some."""
    own = next((house.templates for house in houses.values() if house.templates), ())
    shipped = resources.digest("templates")
    return digest(json.dumps([shipped, own]).encode()) if own else shipped


def rows_of(files: Mapping[str, File], language: str) -> list[dict[str, Any]]:
    """Return a row for each file of a pack."""
    return [
        {
            "path": path,
            "sha256": digest(file.data),
            "bytes": len(file.data),
            "type": file.media_type,
            "title": file.title,
            "language": language,
        }
        for path, file in sorted(files.items())
    ]


def as_json(data: dict[str, Any]) -> bytes:
    """Return a manifest as JSON."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def proof(data: dict[str, Any]) -> str:
    """Return the hash that the page of a manifest bears: of all of it but the hash of that page."""
    return digest(as_json({name: value for name, value in data.items() if name != "page"}))


def as_body(data: dict[str, Any]) -> str:
    """Return a manifest as the body of a page, with the hash of its JSON: each proves the other."""
    facts = {
        "Identifier": data["identifier"],
        "Published": data["published"],
        "State": data["state"],
        "Version": data["version"],
        "Hash of the words": data["words"],
        "Made from": f"{data['source']['name']}, SHA-256 {data['source']['sha256']}",
        f"SHA-256 of {JSON_NAME} without its entry “page”": proof(data),
    }
    parts = [f"<h1>What is in this pack: {escape(data['title'])}</h1>", described(facts)]
    for note, heading in (("amended", "Amended"), ("withdrawn", "Withdrawn")):
        parts += noted(heading, data[note]) if note in data else []
    agreed = [f"{row['inspectorate']}, on {row['on']}, to the words {row['words']}" for row in data["agreed"]]
    aside = [f"{row['rule']}: {row['what']}. {row['reason']} ({row['name']})" for row in data["set aside"]]
    parts += listed("Who agreed", agreed) + listed("What was overridden", aside)
    parts += listed("What could not be made", data["missing"])
    parts += ["<h2>Files</h2>", files_table(data["files"])]
    parts += ["<h2>How it was made</h2>", described(data["made by"])]
    return "\n".join(parts)


def noted(heading: str, said: Mapping[str, Any]) -> list[str]:
    """Return what a manifest says of an amendment or a withdrawal: its facts, its changes and those before it."""
    facts = {name: value for name, value in said.items() if isinstance(value, str)}
    earlier = [
        f"On {row['on']}: {row['note']} Previous words: {row['previous words']}" for row in said.get("earlier", ())
    ]
    return [
        f"<h2>{heading}</h2>",
        described(facts),
        *changes(said.get("changes", ())),
        *listed("Amended before", earlier),
    ]


def described(facts: Mapping[str, Any]) -> str:
    """Return names and values as a description list."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>\n" for name, value in facts.items())
    return f"<dl>\n{rows}</dl>"


def listed(heading: str, rows: Iterable[str]) -> list[str]:
    """Return a heading with a list below it, or nothing where there is nothing to list."""
    inner = "".join(f"<li>{escape(row)}</li>\n" for row in rows)
    return [f"<h2>{escape(heading)}</h2>", f"<ul>\n{inner}</ul>"] if inner else []


def changes(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the changes of an amendment as a list."""
    return listed("What changed", [f"“{row['before']}” became “{row['after']}”" for row in rows])


def files_table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the files of a pack as a table."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("File", "Bytes", "SHA-256"))
    body = "".join(
        f'<tr><th scope="row">{escape(row["path"])}</th><td>{row["bytes"]}</td><td>{row["sha256"]}</td></tr>\n'
        for row in rows
    )
    inner = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>"
    return f'<div class="wide" role="region" tabindex="0" aria-label="Files"><table>\n{inner}\n</table></div>'
