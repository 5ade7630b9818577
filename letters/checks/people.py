"""Rules over people: who signs, who receives, and who must never be named."""

import re
from collections.abc import Iterator
from functools import cache

from letters.checks.case import CheckContext, Text, synonyms_of
from letters.checks.issue import Gate, Violation
from letters.checks.rule import rule
from letters.findings import registers
from letters.findings.area import AgencyType
from letters.findings.registers import names_and_words

WITHOUT_A_LEADER = frozenset(
    {
        AgencyType.SAFEGUARDING_PARTNERSHIP,
        AgencyType.COMMUNITY_SAFETY_PARTNERSHIP,
        AgencyType.EDUCATION,
        AgencyType.PRIMARY_CARE,
        AgencyType.PUBLIC_HEALTH,
        AgencyType.VOLUNTARY,
        AgencyType.OTHER,
    }
)
"""Kinds of agency that the letter greets as the partnership, or that are many."""
TITLE_WORDS = re.compile(r"\b(inspector|director|chief|commissioner|head|deputy|assistant)\b", re.IGNORECASE)
KIN = r"(?:child|boy|girl|baby|toddler|infant|teenager|brother|sister|sibling|son|daughter|mother|father|young person|pupil)"
NAME = r"[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?"
CALLED = re.compile(rf"\b{KIN}s?,? (?:called|named|known as) ({NAME})")
NAMED_KIN = re.compile(rf"\b{KIN}, ({NAME})(?=[,.)])")
AGED = re.compile(
    rf"\b({NAME}),? (?:\((?:aged )?\d{{1,2}}\)|aged \d{{1,2}}\b|who (?:is|was) \d{{1,2}}\b|an? \d{{1,2}}-year-old)"
)
OF_KIN = re.compile(
    rf"\b({NAME})[’']s (?:mother|father|mum|dad|stepfather|stepmother|grandmother|brothers?|sisters?|parents)\b"
)
FAMILY = re.compile(r"\b[Tt]he ([A-Z][a-z]+) family\b")
FIRST_NAME = re.compile(rf"(?<![\w’'-])({NAME})(?![\w-])")
BORN = re.compile(r"\b(?:born on|date of birth|d\.?o\.?b\.?:?)\s+(?:\d{1,2}[ /.-]\w+[ /.-]\d{2,4})", re.IGNORECASE)
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
CASE_NUMBER = re.compile(
    r"\b(?:case|reference|crime|incident|record|file)(?: reference)? (?:number|no\.?|ref\.?)\s*:?\s*[A-Z]*[\d/-]{3,}",
    re.IGNORECASE,
)
RANKED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Professor|Cllr|Councillor|PC|DC|DS|DI|DCI|Sgt|Sergeant|Constable|Superintendent)\.? "
    rf"(?!Constable|Sergeant|Inspector|Superintendent)({NAME})(?! (?:Hospital|House|Centre|School|Ward|Unit|Trust|Inquiry|Review|scheme|project))"
)
FULL_NAME = re.compile(rf"(?<![\w’'-])(?<!St )([A-Z][a-z]+) ({NAME})(?![\w-])")
STAFF = re.compile(
    r"\b(social worker|manager|officer|nurse|midwife|doctor|practitioner|head of|director|teacher|headteacher|worker|"
    r"chair|lead|sergeant|constable|inspector|detective|health visitor|consultant|commissioner|chief executive)\b",
    re.IGNORECASE,
)
PLACE_OR_BODY = re.compile(
    r"^(?:House|Hospital|Street|Road|Centre|School|Academy|College|Ward|Unit|Trust|Project|Programme|Team|Service|Park|"
    r"Council|Police|Review|Act|Inquiry|Foundation|Framework|Model|Scheme|Lane|Hall|Court|Clinic|University|City|Town|"
    r"Borough|County|Hub|Partnership|Board|Group|Area|Safeguarding|Children|Local|Youth|NHS|Infirmary|Royal|Suite)"
)
MONTHS = frozenset({"April", "May", "June", "August"})
SAINTLY = re.compile(r"\b(?:St|Saint|Sir|Dame|Lady|Lord|King|Queen|Prince|Princess|Operation|Project)\.? $")


@rule("V5", error_from=Gate.AGREEMENT)
def every_inspectorate_signs(case: CheckContext) -> Iterator[Violation]:
    found = case.inspection
    signing = [signatory.inspectorate for signatory in found.signatories]
    for place, name in enumerate(found.inspectorates):
        if name not in signing:
            yield Violation(("inspectorates", place), f"{name} takes part and does not sign", "Add its signatory.")
    for place, signatory in enumerate(found.signatories):
        path = ("signatories", place)
        if any(signatory.name == other.name for other in found.signatories[:place]):
            yield Violation(
                (*path, "name"), f"{signatory.name} signs for two inspectorates", "Name the person who signs for each."
            )
        if signing.index(signatory.inspectorate) != place:
            yield Violation(path, f"{signatory.inspectorate} signs twice", "Keep one signatory for each inspectorate.")
        if TITLE_WORDS.search(signatory.name) or " " not in signatory.name.strip():
            yield Violation(
                (*path, "name"),
                f"“{signatory.name}” is not a person’s name",
                "Give the name; the title goes under `title:`.",
            )
        if not signatory.title:
            yield Violation(
                (*path, "title"), f"{signatory.name} has no title", "Give the title the person held that day."
            )


@rule("V20", shown_from=Gate.FACTUAL_ACCURACY)
def recipients_addresses(case: CheckContext) -> Iterator[Violation]:
    for place, addressee in enumerate(case.inspection.addressees):
        lacking = [
            words for words, given in (("postal", addressee.postal_address), ("web", addressee.website)) if not given
        ]
        if lacking:
            message = f"{addressee.name} has no {' and no '.join(lacking)} address"
            yield Violation(("addressees", place), message, "Give them, or override this rule with the reason.")


@rule("V21")
def nobody_forgotten(case: CheckContext) -> Iterator[Violation]:
    addressed = {addressee.agency for addressee in case.inspection.addressees}
    organisations = " ".join(f"{a.role} {a.organisation or ''}" for a in case.inspection.addressees).lower()
    tagged = {name for finding in case.inspection.all_findings() for name in finding.agencies}
    targets = {name for _, item in case.recommendations if item.target != "partnership" for name in item.target}
    prose = " ".join(text.words for text in case.texts).lower()
    for place, agency in enumerate(case.inspection.agencies):
        if not agency.inspected:
            continue
        leaderless = (
            agency.type in WITHOUT_A_LEADER or agency.name.lower() in organisations or not is_named(agency.name)
        )
        leaderless |= any(a.organisation and a.organisation in agency.name for a in case.inspection.addressees)
        leaderless |= agency.type is AgencyType.CHILDRENS_SOCIAL_CARE and "children’s services" in organisations
        if agency.id not in addressed and not leaderless:
            yield Violation(
                ("agencies", place),
                f"{agency.name} was inspected and is not addressed",
                "Add its leader to `addressees:`.",
            )
        mentioned = agency.id in tagged | targets or any(
            word in prose for word in synonyms_of(agency.name, agency.abbreviation, agency.type)
        )
        if not mentioned and agency.type is not AgencyType.PCC:
            yield Violation(
                ("agencies", place),
                f"{agency.name} was inspected and no finding mentions it",
                "Add what was found, or `inspected: false`.",
            )


def is_named(name: str) -> bool:
    """Say whether a name is one body's own, and not words for several, such as midwifery services."""
    return sum(word[:1].isupper() for word in name.split()) > len(name.split()) / 2


@cache
def first_names() -> frozenset[str]:
    """Return British first names, without those that are also words, surnames or places."""
    return registers.first_names() - names_and_words()


@rule("V22", error_from=Gate.DRAFT)
def children_unnamed(case: CheckContext) -> Iterator[Violation]:
    noted = {study.id for study in case.inspection.case_studies if study.pseudonym_note}
    for text in case.texts:
        for words in numbers_of_a_child(text.words):
            yield Violation(text.path, f"“{words}” can tell who a child is", "Leave it out.", words)
        if text.finding in noted:
            continue
        for name in sorted(names_of_children(text) - case.places):
            remedy = "Say “one child”, or keep an invented name and say so under `pseudonym_note:`."
            yield Violation(text.path, f"“{name}” looks like a child’s or a parent’s name", remedy, name)


def numbers_of_a_child(words: str) -> Iterator[str]:
    """Yield dates of birth, NHS numbers and case numbers."""
    for pattern in (BORN, CASE_NUMBER):
        yield from (found[0] for found in pattern.finditer(words))
    yield from (found[0] for found in NHS_NUMBER.finditer(words) if is_nhs_number("".join(found.groups())))


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits pass the check of NHS numbers (modulus 11)."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == int(digits[9]) and check != 10


def names_of_children(text: Text) -> set[str]:
    """Return the names in a text that are given to a child or a parent."""
    words = text.words
    found = {match[1] for pattern in (CALLED, NAMED_KIN, AGED) for match in pattern.finditer(words)}
    found = {name for name in found if name in first_names() | names_and_words() or text.section == "case_studies"}
    found |= {match[1] for pattern in (OF_KIN, FAMILY) for match in pattern.finditer(words)}
    for match in FIRST_NAME.finditer(words):
        if match[1] in first_names() and stands_alone(words, match):
            found.add(match[1])
    return found


def stands_alone(words: str, match: re.Match[str]) -> bool:
    """Say whether a first name is not part of a longer name, of a place or a body."""
    before, after = words[: match.start()], words[match.end() :]
    if SAINTLY.search(before) or (
        re.search(r"[A-Z][\w’']*(?:-| )$", before.removesuffix("The ")) and not re.search(r"[.!?:] ?[A-Z]\w* $", before)
    ):
        return False
    return not re.match(r" [A-Z]", after) and not re.match(r"[’']s [A-Z]", after)


@rule("V23", error_from=Gate.DRAFT)
def staff_unnamed(case: CheckContext) -> Iterator[Violation]:
    own = {addressee.name for addressee in case.inspection.addressees}
    own |= {signatory.name for signatory in case.inspection.signatories}
    for text in case.texts:
        if text.section in ("wording", "round"):
            continue
        found = {match[0] for match in RANKED.finditer(text.words)}
        found |= {match[0] for match in FULL_NAME.finditer(text.words) if is_staff(text.words, match)}
        for name in sorted(name for name in found if not any(name in allowed for allowed in own)):
            yield Violation(text.path, f"“{name}” is named", "Say the role instead.", name)


def is_staff(words: str, match: re.Match[str]) -> bool:
    """Say whether a full name stands beside a role."""
    if match[1] not in first_names() | names_and_words() - MONTHS or PLACE_OR_BODY.match(match[2]):
        return False
    before, after = words[max(0, match.start() - 40) : match.start()], words[match.end() : match.end() + 40]
    if re.search(r"\b(?:the|The|at|in) $", before) or re.match(r"(?:[’']s)? [A-Z]", after):
        return False
    return bool(
        re.search(rf"{STAFF.pattern},? $", before, re.IGNORECASE)
        or (re.match(r",? (?:the|a|an|who|our) ", after) and STAFF.search(after))
    )
