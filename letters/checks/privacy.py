"""Rules over privacy: no child, relative or member of staff can be known, and nothing private is left for readers."""

import re
from collections.abc import Iterator

from letters.checks.capitals import is_first_name, is_ordinary
from letters.checks.case import CheckContext, Text
from letters.checks.issue import Gate, Path, Violation
from letters.checks.names import names_are_invented, names_in_box, names_in_findings
from letters.checks.rule import rule
from letters.findings import registers
from letters.findings.registers import names_and_words

NAME = r"[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?"
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
EXACT_AGE = re.compile(
    r"\baged \d{1,2}\b|\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)-year-old\b|\bat (?:the age of )?\d{1,2}\b",
    re.IGNORECASE,
)
ORIGIN = re.compile(
    r"\b(?:Afghan|Albanian|Bangladeshi|Bulgarian|Chinese|Congolese|Czech|Eritrean|Ethiopian|Ghanaian|Gypsy|Hungarian|Indian|Iranian|Iraqi|Irish|Italian|"
    r"Jamaican|Kurdish|Latvian|Lithuanian|Nigerian|Pakistani|Polish|Portuguese|Roma|Romanian|Russian|Slovak|Somali|Spanish|Sri Lankan|Sudanese|Syrian|"
    r"Traveller|Turkish|Ukrainian|Vietnamese|Welsh|Yemeni|Zimbabwean)\b"
)
NAMED_PLACE = re.compile(
    r"\b(?:[A-Z][\w’'-]+ )+(?:School|Academy|College|Hospital|Infirmary|Street|Road|Estate|Park|Church|Mosque|Centre|Primary)\b|\b(?:in|at|from) (?:the )?(?:village|town) of [A-Z]"
)
EXACT_DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
RARE_EVENT = re.compile(
    r"\b(?:murder\w*|manslaughter|suicide|killed|stabbed|shot|kidnap\w*|abducted|house fire|arson|drown\w*|trafficked|amputat\w*|triplets?|twins?|acid)\b",
    re.IGNORECASE,
)
TELLING = {
    "an exact age": EXACT_AGE,
    "a nationality or ethnicity": ORIGIN,
    "a named place": NAMED_PLACE,
    "an exact date": EXACT_DATE,
    "a rare event": RARE_EVENT,
}


NOT_IN_THE_PROSE = ("wording", "round", "footnotes")
"""Sections whose texts are the letter's standing words: they name bodies and laws, and people only by office."""
MAILBOX = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
OFFICES = registers.around_names("offices")
"""Parts of a mailbox that is an office's and not a person's."""
NUMBERS = re.compile(
    r"(?<![\w/.-])(?:\+44[ -]?(?:\(0\))?|\(?0)(?:[ -]?\d\)?){9,10}(?![\w-])|\b(?:ext(?:ension)?\.?|direct (?:dial|line)|mobile)"
    r":? ?(?:is |on )?\+?\d[\d ]{2,14}",
    re.IGNORECASE,
)
FOR_ALL = re.compile(r"^\(?0(?:800|808|300|303|330|333|345|844|845|870)|^0800 ?1111")
"""How the numbers of services begin, which are printed to be rung by anyone."""
POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b")
STREET = re.compile(
    r"(?<!The )(?<!the )\b(?:[Ff]lat \d+\w?,? )?(?!(?:19|20)\d\d )\d{1,4}[A-Za-z]?,? (?:[A-Z][\w’']+ ){1,3}(?:Street|Road|Avenue|Close|Lane|Drive|Crescent|Way|Place|"
    r"Court|Gardens|Terrace|Grove|Walk|Row|Square|Mews|Rise|View|Green|Hill|St|Rd|Ave)\b(?! [A-Z])"
)
FILE_PATH = re.compile(
    r"(?<![\w:/])[A-Za-z]:[\\/]\w[^\s<>\"]*|\\\\[\w.$-]+\\[^\s<>\"]+|file:/{1,3}[^\s)>\"]+|(?<![\w./])/(?:home|Users|mnt|var|tmp)/[^\s)>/\"]+/[^\s)>\"]+"
)
INSIDE_HOSTS = re.compile(
    r"(?:^|\.)(?:sharepoint\.com|safelinks\.protection\.outlook\.com|teams\.microsoft\.com|teams\.live\.com|onedrive\.live\.com|"
    r"1drv\.ms|docs\.google\.com|drive\.google\.com|dropbox\.com|wetransfer\.com|we\.tl|egress\.com|huddle\.(?:com|net)|"
    r"yammer\.com|slack\.com|zoom\.us|webex\.com|outlook\.(?:com|office\.com|office365\.com)|gotomeeting\.com|app\.box\.com|"
    r"localhost)$|(?:^|\.)(?:intranet|extranet)\.|\.(?:local|internal|corp|lan|intra|localhost)$|^(?:portal|vpn|owa|sp)\.",
    re.IGNORECASE,
)
PRIVATE_ADDRESS = re.compile(
    r"^(?:10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^\[?(?:::1|f[cde][0-9a-f]{2}:)",
    re.IGNORECASE,
)
LINK = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"’”\]]+", re.IGNORECASE)
WITHIN_DOT = re.compile(r"\w\.\w")
BARE_HOST = re.compile(
    r"(?<![\w@/.-])(?:intranet|sharepoint|teams|portal)\.[\w.-]+\w(?:/\S*)?|(?<![\w@/.-])[\w-]+\.(?:sharepoint\.com|local|internal|corp|lan)\b(?:/\S*)?"
    r"|(?<![\w./])(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}(?![\w.])"
)
SECRET = re.compile(
    r"[?&#;](?:(?:sig|signature|\w*_?token|api_?key|auth|authkey|sas|pass|password|pwd|secret|x-amz-\w+|jwt|session\w*|sid|"
    r"guestaccesstoken|access\w*)=[^&\s]+|(?:key|code|invite|share|e|h|hash|se|sv|sp)=[^&\s]{16,})",
    re.IGNORECASE,
)
TRACKED = re.compile(
    r"[?&](?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_hs\w+|trk\w*|igshid|yclid|ref_src|cid)=", re.IGNORECASE
)
MARKS = re.compile(
    r"<!--.*?(?:-->|$)|--!?>|\{(?:\+\+|--|~~|>>|==).*?(?:\+\+|--|~~|<<|==)\}|</?(?:ins|del|mark|comment|s|u)\b[^>]*>|\bTO ?DO\b:?|\bFIXME\b|"
    r"\[(?:comment|note|ed|editor|query)\b[^\]]*\]|%%.*?%%|</?w:\w+[^>]*>|~~[^~\n]+~~",
    re.DOTALL,
)
LETTERED = re.compile(r"\b(?:Child|Children|Young [Pp]erson|Baby|Sibling|Family|Boy|Girl|Pupil|Student) (?:[A-Z]|\d)\b")
AGE_IN_WORDS = re.compile(
    rf"{EXACT_AGE.pattern}|\b(?:is|was) (?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)\b|, \d{{1,2}},",
    re.IGNORECASE,
)
SOME_PLACE = re.compile(r"\b(?:in|at|from|near|lives in|live in) ((?:[A-Z][\w’'-]+ ?)+)")


@rule("V22", error_from=Gate.DRAFT)
def children_unnamed(case: CheckContext) -> Iterator[Violation]:
    noted = {study.id for study in case.inspection.case_studies if study.pseudonym_note}
    invented = [names_are_invented(text.words) for text in case.texts]
    all_noted = any(said for text, said in zip(case.texts, invented, strict=True) if text.section != "case_studies")
    for text, said in zip(case.texts, invented, strict=True):
        for words in numbers_of_a_child(text.words):
            yield Violation(text.path, f"“{words}” could identify a child", "Remove it.", words)
        if all_noted or text.finding in noted or said:
            continue
        for name in names_of_people(case, text):
            remedy = (
                "Say “one child”, or keep an invented name and say so under `pseudonym_note:`."
                if text.section == "case_studies"
                else "Say the role, or “one child”. If the case is public, override this rule and say so."
            )
            yield Violation(text.path, f"“{name}” looks like the name of a child or a relative", remedy, name)


def names_of_people(case: CheckContext, text: Text) -> list[str]:
    """Return the names in a text that may be a child's, a parent's or anybody's whom the letter does not name itself."""
    if text.section in NOT_IN_THE_PROSE:
        return []
    known = case.names_of_bodies
    found = names_in_box(text.words, known) if text.section == "case_studies" else names_in_findings(text.words, known)
    staff = staff_in(case, text)
    return [name for name in found if not any(name in other for other in (*case.people, *staff))]


DIGIT = re.compile(r"\d")


def numbers_of_a_child(words: str) -> Iterator[str]:
    """Yield dates of birth, NHS numbers and case numbers."""
    if not DIGIT.search(words):
        return
    for pattern in (BORN, CASE_NUMBER):
        yield from (found[0] for found in pattern.finditer(words))
    yield from (found[0] for found in NHS_NUMBER.finditer(words) if is_nhs_number("".join(found.groups())))


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits pass the check of NHS numbers (modulus 11)."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == int(digits[9]) and check != 10


@rule("V23", error_from=Gate.DRAFT)
def staff_unnamed(case: CheckContext) -> Iterator[Violation]:
    for text in case.texts:
        for name in staff_in(case, text):
            yield Violation(text.path, f"“{name}” is named", "Use the role instead.", name)


def staff_in(case: CheckContext, text: Text) -> list[str]:
    """Return the names of members of staff in a text: after a rank, or beside a role."""
    if text.section in ("wording", "round"):
        return []
    found = {match[0] for match in RANKED.finditer(text.words)}
    found |= {match[0] for match in FULL_NAME.finditer(text.words) if is_staff(text.words, match)}
    return sorted(name for name in found if not any(name in allowed for allowed in case.people))


def is_staff(words: str, match: re.Match[str]) -> bool:
    """Say whether a full name stands beside a role."""
    is_name = match[1] in registers.first_names() or (match[1] in names_and_words() and match[1] not in MONTHS)
    if not is_name or PLACE_OR_BODY.match(match[2]):
        return False
    before, after = words[max(0, match.start() - 40) : match.start()], words[match.end() : match.end() + 40]
    if re.search(r"\b(?:the|The|at|in) $", before) or re.match(r"(?:[’']s)? [A-Z]", after):
        return False
    return bool(
        re.search(rf"{STAFF.pattern},? $", before, re.IGNORECASE)
        or (re.match(r",? (?:the|a|an|who|our) ", after) and STAFF.search(after))
    )


@rule("V24")
def unknowable_children(case: CheckContext) -> Iterator[Violation]:
    for text in case.in_section("case_studies"):
        told = [name for name, pattern in TELLING.items() if pattern.search(text.words)]
        if len(told) >= 3:
            yield Violation(
                text.path,
                f"together, {', '.join(told[:-1])} and {told[-1]} could identify a child",
                "Remove some of these details.",
            )


@rule("V40", error_from=Gate.AGREEMENT)
def nothing_private(case: CheckContext) -> Iterator[Violation]:
    for path, value in case.values:
        if isinstance(value, str) and path[0] not in ("overrides", "agreements"):
            yield from private_things(path, value)
    for text in case.texts:
        if text.section in NOT_IN_THE_PROSE:
            continue
        yield from private_addresses(text)
        yield from lettered_children(case, text)


def private_things(path: Path, value: str) -> Iterator[Violation]:
    """Find what no reader should see in any field: mailboxes of people, paths, links of the inside, marks of editing."""
    for found in MAILBOX.finditer(value) if "@" in value else ():
        if is_personal(found[1]):
            yield Violation(path, f"“{found[0]}” is a person’s mailbox", "Give the mailbox of an office.", found[0])
    for found in FILE_PATH.finditer(value) if "/" in value or "\\" in value else ():
        yield Violation(path, f"“{found[0]}” is a path on somebody’s computer", "Remove it.", found[0])
    for found in MARKS.finditer(value):
        words = " ".join(found[0].split())
        yield Violation(path, f"“{words}” is a mark of editing", "Take it out, with what it says.", found[0])
    links = list(LINK.finditer(value)) if "://" in value else []
    for found in links:
        message = wrong_link(found[0].rstrip(".,;)"))
        if message:
            yield Violation(path, f"“{found[0]}” {message}", "Give an address that is public, or none.", found[0])
    for found in BARE_HOST.finditer(value) if WITHIN_DOT.search(value) else ():
        if not any(link.start() <= found.start() < link.end() for link in links):
            yield Violation(path, f"“{found[0]}” is an address of the inside", "Remove it.", found[0])


def is_personal(mailbox: str) -> bool:
    """Say whether the part before the @ is a person's: a first name, or an initial or first name with a surname."""
    parts = [part for part in re.split(r"[._+-]|\d+", mailbox.lower()) if part]
    if not parts or parts[-1] in OFFICES or (parts[0] in OFFICES and not is_first_name(parts[0].capitalize())):
        return False
    is_name = is_first_name(parts[0].capitalize())
    if len(parts) == 1:
        return is_name and not is_ordinary(parts[0])
    return is_name or len(parts[0]) == 1 or not all(map(is_ordinary, parts))


def wrong_link(link: str) -> str:
    """Return why a link is not for the public, or nothing."""
    scheme, _, rest = link.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    if scheme.lower() not in ("http", "https", "mailto"):
        return "is no address on the web"
    if "@" in authority:
        return "holds a name or password"
    if PRIVATE_ADDRESS.search(host) or INSIDE_HOSTS.search(host) or "." not in host:
        return "leads to the inside of an organisation"
    if SECRET.search(link):
        return "holds a token or signature"
    return "follows its readers" if TRACKED.search(link) else ""


def private_addresses(text: Text) -> Iterator[Violation]:
    """Find telephone numbers and home addresses in prose."""
    for found in NUMBERS.finditer(text.words):
        if not FOR_ALL.match(found[0].strip()):
            message = f"“{found[0].strip()}” is a telephone number"
            yield Violation(text.path, message, "Take it out, or give the number of a service.", found[0].strip())
    for pattern, what in ((STREET, "a street address"), (POSTCODE, "a postcode")):
        for found in pattern.finditer(text.words):
            yield Violation(text.path, f"“{found[0]}” is {what}", "Take it out: it can be a home.", found[0])


def lettered_children(case: CheckContext, text: Text) -> Iterator[Violation]:
    """Find a child with a letter for a name whose age and place are told."""
    child = LETTERED.search(text.words)
    place = next((found[1] for found in SOME_PLACE.finditer(text.words) if is_place(case, found[1])), "")
    if child and place and AGE_IN_WORDS.search(text.words):
        message = f"“{child[0]}” is told with age and place ({place.strip()}), which can tell who it is"
        yield Violation(text.path, message, "Leave the age or the place out.", child[0])


def is_place(case: CheckContext, words: str) -> bool:
    """Say whether capitals after "in" or "from" name a place smaller than the area, and no month or class."""
    first = words.split()[0].rstrip("’s")
    kind = registers.kind_of_capital(first)
    return first in case.places or (kind in ("", "places") and not is_ordinary(first))
