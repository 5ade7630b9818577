"""Lines of names, roles and titles -> addressees and signatories."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from letters.importing.source import SourceBlock

OFFICE = re.compile(
    r"\b(?:acting|adviser|agency|assistant|authority|board|chair|chairman|chairperson|chief|city|clinical|college|commissioner|"
    r"commissioning|community|constable|constabulary|council|county|deputy|director|executive|force|foundation|general|group|head|"
    r"health|hospital|icb|independent|inspector|inspectorate|integrated|interim|lead|leader|manager|nhs|national|nurse|of|officer|"
    r"partnership|police|practitioner|president|probation|regional|representative|safeguarding|scrutineer|secretary|senior|"
    r"service|services|strategic|team|trust|university|youth)\b",
    re.IGNORECASE,
)
TITLES = re.compile(r"^(?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Professor|Prof|Councillor|Cllr|Rev|Revd)\.?\s+)+")
NAME_WORD = r"[A-ZÀ-Þ][\w’'`.-]*"
NAME = re.compile(rf"^{NAME_WORD}(?:\s+(?:(?:de|da|van|von|der|den|la|le|al|bin|ap|el)\s+)*{NAME_WORD}){{0,4}}$")
DEGREE = re.compile(r"^(?!Ma?c[A-Z])(?!.*[a-z]{3})[A-Z][A-Za-z]*[A-Z][A-Za-z]*,?$|^\([A-Z]+\)$")
INSPECTORATES = (
    ("hmiprobation", re.compile(r"probation|\bHMIP\b", re.IGNORECASE)),
    ("hmicfrs", re.compile(r"constabulary|\bHMICFRS\b|\bHMIC\b|fire (?:&|and) rescue", re.IGNORECASE)),
    ("cqc", re.compile(r"care quality|\bCQC\b|hospitals|health ?care|primary medical", re.IGNORECASE)),
    ("ofsted", re.compile(r"\bofsted\b|social care|national director|regional director", re.IGNORECASE)),
)
"""Words by which people and letters name each inspectorate."""
LONG_ROLE = re.compile(r" [–-] | for | of (?=Children$|Adults$|Housing$)")
"""What is in an office whose name goes on behind a comma, as in Director of Children, Families and Education."""
AFTER_A_LETTER = re.compile(r"(?:annex|appendix|cc|enc|encl|enclosures?|copy|copied)\b", re.IGNORECASE)
LONGEST_TITLE = 4
"""Words of a title that ends with a full stop."""
QUALIFIED = re.compile(r"^(Interim|Acting|Temporary) (.+)$")
PLAIN_OFFICE = re.compile(r"\b(?:director|chief|head|deputy|assistant|inspector|lead|manager)\b", re.IGNORECASE)


def addressee_lines(block: SourceBlock) -> list[str]:
    """Return the addressees of a paragraph, one line each, however their lines were broken."""
    lines = block.lines or (block.text,)
    set_in = any(line.startswith(" ") for line in lines)
    found: list[str] = []
    for line in lines:
        words = " ".join(line.split())
        goes_on = line.startswith(" ") if set_in else not begins_person(words) or found[-1:] == []
        if found and (goes_on or found[-1].endswith((",", " and", " of", "–", "&"))):
            found[-1] = f"{found[-1]} {words}"
        else:
            found.append(words)
    return found


def begins_person(line: str) -> bool:
    """Say whether a line begins with somebody's name or office, and is not the rest of the line above."""
    first, comma, _ = line.partition(",")
    return bool(comma) and (is_name(first) or first.lower().startswith(("chief", "director", "chair", "head")))


def is_name(words: str) -> bool:
    """Say whether words are a person's name, with or without title and honours."""
    bare = split_honours(TITLES.sub("", words.strip()))[0].rstrip(",")
    if OFFICE.search(bare) or any(pattern.search(bare) for _, pattern in INSPECTORATES):
        return False
    return bool(NAME.match(bare)) and (" " in bare or TITLES.match(words) is not None)


def split_honours(words: str) -> tuple[str, str]:
    """Return a name and the letters after it, such as QPM."""
    parts = words.split()
    end = len(parts)
    while end > 2 and DEGREE.match(parts[end - 1]):
        end -= 1
    return " ".join(parts[:end]), " ".join(parts[end:])


def addressee(line: str) -> dict[str, Any]:
    """Return an addressee as an inspection file has it."""
    parts = [part.strip() for part in line.rstrip(" ,;").split(",")]
    if len(parts) > 1 and not is_name(parts[0]) and is_name(parts[-1]):
        person: dict[str, Any] = {"name": parts[-1], "role": parts[0], "role_first": True}
        return person | ({"organisation": ", ".join(parts[1:-1])} if parts[1:-1] else {})
    name, honours = split_honours(parts[0])
    person = {"name": name} | ({"honours": honours} if honours else {})
    if len(parts) > 1:
        goes_on = LONG_ROLE.search(parts[1]) is not None and len(parts) > 3
        end = len(parts) - 1 if goes_on else 2
        person["role"] = ", ".join(parts[1:end])
        person |= {"organisation": ", ".join(parts[end:])} if parts[end:] else {}
    return person


def give_addresses(people: list[dict[str, Any]], entries: Iterable[str]) -> list[str]:
    """Give each recipient the postal and web address of an entry; return the entries that name none of them."""
    left = []
    for entry in entries:
        place, _, website = entry.rpartition("; ") if "; " in entry else (entry, "", "")
        free = [person for person in people if not person.keys() & {"postal_address", "website"}]
        named = [
            (name, person, change) for person in free for name, change in names_of(person) if place.startswith(name)
        ]
        if not named:
            left.append(entry)
            continue
        name, person, change = max(named, key=lambda held: len(held[0]))
        lines = [line for line in place[len(name) :].strip(" ,").split(", ") if line]
        kept = {**person, **change}
        person.clear()
        person |= {field: words for field, words in kept.items() if words}
        person |= ({"postal_address": lines} if lines else {}) | ({"website": website} if website else {})
    return left


def names_of(person: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what the list of recipients may call an addressee, and how role and organisation are parted then."""
    role, organisation = person.get("role", ""), person.get("organisation", "")
    yield organisation or role or person["name"], {}
    found = QUALIFIED.match(role)
    qualifier, bare = found.groups() if found else ("", role)
    whole = ", ".join(filter(None, (bare, organisation)))
    yield whole or person["name"], {"qualifier": qualifier, "role": whole, "organisation": ""}


def inspectors(words: str) -> list[str]:
    """Return the inspectors that a sentence names, each with what follows the name."""
    found: list[str] = []
    for part in re.split(r", (?:and )?| and ", words):
        if is_name(part) or not found:
            found.append(part)
        else:
            found[-1] = f"{found[-1]}, {part}"
    return found


def signatories(blocks: Sequence[SourceBlock], participants: Sequence[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the signatories below the closing words in the order they are read, and the lines left over."""
    groups: list[list[tuple[int, str]]] = []
    for column in sorted({block.column for block in blocks}):
        beside = [(place, block) for place, block in enumerate(blocks) if block.column == column]
        lines = [(place, line) for place, block in beside for line in lines_of(block) if not is_sentence(line)]
        groups += grouped(lines)
    groups.sort(key=lambda group: group[0][0])
    people, taken = [], set[str]()
    rest = [line for block in blocks for line in lines_of(block) if is_sentence(line)]
    for group in groups:
        person = signatory([line for _, line in group])
        known = [name for name, pattern in INSPECTORATES if pattern.search(" ".join(line for _, line in group))]
        free = [name for name in participants if name not in taken]
        name = next((name for name in known if name in free), "") or (free[0] if free else "")
        if not name or not (person.get("name") or person["title"]):
            rest += [line for _, line in group]
            continue
        taken.add(name)
        people.append({"inspectorate": name} | person)
    return people, rest


def is_sentence(line: str) -> bool:
    """Say whether a line is a sentence, or begins what follows a letter, which no name or title does."""
    return (line.endswith(".") and len(line.split()) > LONGEST_TITLE) or AFTER_A_LETTER.match(line) is not None


def lines_of(block: SourceBlock) -> Iterable[str]:
    """Yield the lines of a paragraph, without the spaces that set them in."""
    return (" ".join(line.split()) for line in block.lines or (block.text,))


def grouped(lines: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Return the lines of each signatory: a new one begins with an inspectorate's name, or with another person's."""
    groups: list[list[tuple[int, str]]] = []
    has_name = has_title = False
    for place, line in lines:
        heads = names_inspectorate(line) and (has_title or not groups)
        another = is_name(line) and has_name
        if not groups or heads or another:
            groups.append([])
            has_name = has_title = False
        groups[-1].append((place, line))
        has_title = has_title or (has_name and not is_name(line))
        has_name = has_name or is_name(line)
        has_title = has_title or (not has_name and bool(PLAIN_OFFICE.search(line)))
    return groups


def names_inspectorate(line: str) -> bool:
    """Say whether a line is an inspectorate's name, and not the title of somebody in it."""
    return any(pattern.search(line) for _, pattern in INSPECTORATES) and not PLAIN_OFFICE.search(line)


def signatory(lines: list[str]) -> dict[str, Any]:
    """Return one signatory: the inspectorate's name above, the person's name, the title's lines."""
    place = next((place for place, line in enumerate(lines) if is_name(line)), None)
    if place is None:
        heads = [line for line in lines if names_inspectorate(line)][:1]
        rest = [line for line in lines if line not in heads]
        return ({"printed_as": heads[0]} if heads else {}) | {"title": rest}
    titles = [line for line in lines[1:place] if PLAIN_OFFICE.search(line)]
    above = " ".join(line for line in lines[:place] if line not in titles)
    name, honours = split_honours(lines[place])
    person: dict[str, Any] = {"printed_as": above} if above else {}
    if name.endswith(","):
        name, honours = lines[place], ""
    return (
        person | {"name": name} | ({"honours": honours} if honours else {}) | {"title": [*titles, *lines[place + 1 :]]}
    )
