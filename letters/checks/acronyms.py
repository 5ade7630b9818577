"""Rules over names: acronyms, bodies that have passed, and organisations spelt two ways."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from letters.checks.case import CheckContext
from letters.checks.issue import Violation
from letters.checks.rule import rule
from letters.document.blocks import Box, plain
from letters.document.walk import block_texts
from letters.findings import registers
from letters.findings.registers import inspectorates
from letters.houses.house import Outdated
from letters.houses.words import NBSP

ACRONYM = re.compile(r"(?<![\w’'.@/‑–-])([A-Z][A-Z&]{1,6}[A-Z]|[A-Z]{2})(s)?(?![\w@-]|\.\w|[’'][A-Z]{2})")
BRACKETED = re.compile(r"\(([^()]*)\)")
HISTORY = re.compile(
    r"\b(?:former(?:ly)?|previous(?:ly)?|until|then|predecessors?|before|replaced|prior to|now|became|since|at the time|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?:(?:the|also|now|or|known as|hereafter|called|referred to as) )*[‘“]?[A-Z&]{2,8}s?[’”]?")
"""What is in a bracket that gives an acronym and says nothing else."""
ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
NAMES_BEFORE = frozenset(("project", "operation", "programme", "campaign", "called", "named"))
NOT_PROSE = ("date", "addressees", "sign-off")
KEPT_ITS_NAME = re.compile(
    r"\b(?:kept|keeps|keeping|retain\w*) (?:its|their|the) (?:\w+ )?(?:name|title)|\bstill (?:called|known as|named|goes by)|"
    r"\bcontinu\w+ to (?:be (?:called|known as|named)|use (?:the|its) (?:\w+ )?name)|\bremains? (?:known|called|named)\b"
)
NEARLY = 0.88
SAME_WORDS = 0.6
"""The share of its words that two explanations of one acronym have in common at the least."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an acronym: where in the letter, and whether it is explained there."""

    start: int
    explained: str | None
    abbreviates: bool = False
    """Whether it stands in a bracket after the words that it is short for."""


@rule("V26", needs_letter=True)
def explained_acronyms(case: CheckContext) -> Iterator[Violation]:
    words = prose_of_letter(case)
    known = set(case.house_words.known_acronyms)
    uses: dict[str, list[Use]] = {}
    for found in ACRONYM.finditer(words):
        if found[1] not in known and not is_shouting(words, found) and not is_no_acronym(words, found):
            said, abbreviates = explanation(words, found) or noted(words, found[1]), is_bracketed(words, found)
            uses.setdefault(found[1], []).append(Use(found.start(), said, abbreviates))
    for acronym, places in uses.items():
        yield from acronym_faults(case, acronym, places)


def acronym_faults(case: CheckContext, acronym: str, uses: list[Use]) -> Iterator[Violation]:
    """Yield what is wrong with the uses of one acronym."""
    path = place_of(case, acronym)
    if uses[0].explained is None:
        later = " before it is explained" if any(use.explained for use in uses) else " and never explained"
        yield Violation(
            path, f"{acronym} is used{later}", "Write it in full at first use, with the acronym in brackets.", acronym
        )
    elif len(uses) == 1 and uses[0].abbreviates and acronym not in own_abbreviations(case):
        yield Violation(path, f"{acronym} is explained but not used again", "Remove the acronym.", acronym)
    meanings = [spelt_out(use.explained, acronym) for use in uses if use.explained]
    meanings = [told for words in meanings if words and (told := as_abbreviated(words, acronym))]
    for other in meanings[1:]:
        if not same_meaning(meanings[0], other):
            said = f"“{' '.join(meanings[0])}” and “{' '.join(other)}”"
            yield Violation(path, f"{acronym} is explained as {said}", "Use it with one meaning.", acronym)


def prose_of_letter(case: CheckContext) -> str:
    """Return the words of the letter in order, footnotes last, without addressees and signatures."""
    if case.document is None:
        return ""
    blocks = [block for block in case.document.blocks if not (isinstance(block, Box) and block.role in NOT_PROSE)]
    texts = [plain(runs) for runs in block_texts(blocks)] + [plain(note.runs) for note in case.document.notes]
    return "\n".join(texts).replace(NBSP, " ")


def is_shouting(words: str, found: re.Match[str]) -> bool:
    """Say whether the capitals are a heading or shouted words rather than an acronym."""
    around = words[max(0, found.start() - 30) : found.end() + 30]
    return len(re.findall(r"\b[A-Z]{4,}\b", around)) >= 3


def explanation(words: str, found: re.Match[str]) -> str | None:
    """Return the words that explain an acronym where it stands: those before its bracket, or those in one after it."""
    for bracket in BRACKETED.finditer(words, max(0, found.start() - 80), found.end() + 160):
        if bracket.start() < found.start() < bracket.end():
            if not ALONE.fullmatch(bracket[1]) and not opens_bracket(words, bracket, found):
                return None
            return words[max(0, bracket.start() - 120) : bracket.start()].rsplit("\n", 1)[-1].strip() or None
        after = (
            re.fullmatch(r"[’']?s? ?", words[found.end() : bracket.start()]) if bracket.start() >= found.end() else None
        )
        if after and len(bracket[1].split()) >= 2:
            return bracket[1]
    return None


def opens_bracket(words: str, bracket: re.Match[str], found: re.Match[str]) -> bool:
    """Say whether an acronym is the first word of a bracket that says more, behind the words that it is short for."""
    before = words[max(0, bracket.start() - 120) : bracket.start()]
    is_first = not bracket[1][: found.start() - bracket.start() - 1].strip("‘“ ")
    return is_first and bool(as_abbreviated(spelt_out(before, found[1]), found[1]))


def is_bracketed(words: str, found: re.Match[str]) -> bool:
    """Say whether an acronym stands alone in a bracket."""
    before, after = words[: found.start()].rstrip("‘“"), words[found.end() :].lstrip("’”")
    return before.endswith("(") and after.startswith(")")


def noted(words: str, acronym: str) -> str | None:
    """Return the words by which a footnote explains an acronym, at its beginning."""
    found = re.search(
        rf"(?m)^(?:‘|“)?{re.escape(acronym)}s?(?:’|”)?(?::| is| are| stands? for| means| refers to)[ :]+(.+)$", words
    )
    return found[1] if found else None


def is_no_acronym(words: str, found: re.Match[str]) -> bool:
    """Say whether capitals are a numeral, a common abbreviation, or a word or a name that is written large."""
    said = found[1]
    if said in registers.common_abbreviations() or ROMAN.fullmatch(said):
        return True
    before = words[: found.start()].rstrip("‘“ ").rpartition(" ")[2].lower()
    if before in NAMES_BEFORE or re.match(
        r"[’”]? (?:project|programme|campaign|service|tool|app)\b", words[found.end() :]
    ):
        return not is_bracketed(words, found) and said.lower() in registers.words()
    if said.lower() in registers.words() and is_also_a_word(said, words):
        return not is_bracketed(words, found)
    return len(said) > 4 and said.lower() in registers.words() and not is_bracketed(words, found)


def is_also_a_word(said: str, words: str) -> bool:
    """Say whether the letter writes capitals as a common word too."""
    spoken = words_in(words)
    return any(form in spoken for word in (said.lower(), said.capitalize()) for form in (word, f"{word}s"))


@lru_cache(maxsize=4)
def words_in(words: str) -> frozenset[str]:
    """Return the words of a letter, each once."""
    return frozenset(re.findall(r"\b[A-Za-z]+\b", words))


def same_meaning(one: list[str], other: list[str]) -> bool:
    """Say whether two explanations are the same but for an ending or a word more."""
    first, second = {word[:5] for word in one}, {word[:5] for word in other}
    return len(first & second) / len(first | second) > SAME_WORDS


def as_abbreviated(words: list[str], acronym: str) -> list[str]:
    """Return the last words whose first letters are those of an acronym, in order; none where they are not."""
    for start in range(len(words)):
        letters = iter(acronym.lower())
        initials = [word[0] for word in words[start:]]
        if len(initials) > 1 and initials[0] == acronym[0].lower() and all(letter in letters for letter in initials):
            return words[start:]
    return []


def spelt_out(explanation: str, acronym: str) -> list[str]:
    """Return the last words of an explanation, a few more than the acronym has letters, without the smallest."""
    words = [word for word in re.findall(r"[a-z]+", explanation.lower()) if len(word) > 3]
    return words[-len(acronym) - 1 :]


def own_abbreviations(case: CheckContext) -> set[str]:
    """Return the abbreviations that the letter's standing words introduce."""
    day = case.inspection.dates.fieldwork.end
    names = {register.on(day).abbreviation or "" for register in inspectorates().values()}
    return {"JTAI", *names}


def place_of(case: CheckContext, word: str) -> tuple[str | int, ...]:
    """Return the place of the first text that holds a word."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}s?(?!\w)")
    return next((text.path for text in case.texts if pattern.search(text.words)), ())


@rule("V27")
def bodies_of_the_day(case: CheckContext) -> Iterator[Violation]:
    day = case.inspection.dates.letter
    for outdated in case.house_words.outdated:
        if day > outdated.after:
            yield from outdated_words(case, outdated)


def outdated_words(case: CheckContext, outdated: Outdated) -> Iterator[Violation]:
    """Yield the texts and addressees that use words for a body that has passed."""
    pattern = re.compile("|".join(outdated_pattern(words) for words in outdated.words))
    kept = (sentence for text in case.texts if KEPT_ITS_NAME.search(text.words) for sentence in text.sentences)
    if any(KEPT_ITS_NAME.search(sentence) and pattern.search(sentence) for sentence in kept):
        return
    for text in case.texts:
        for sentence in text.sentences if pattern.search(text.words) else ():
            found = pattern.search(sentence)
            if found and not HISTORY.search(sentence.replace(found[0], "")):
                yield Violation(
                    text.path,
                    f"“{found[0]}” was no longer in use on {case.inspection.dates.letter}",
                    f"Write {outdated.now}.",
                    found[0],
                )
    people = [
        (("addressees", place), f"{who.role} {who.organisation or ''}")
        for place, who in enumerate(case.inspection.addressees)
    ]
    people += [(("signatories", place), " ".join(who.title)) for place, who in enumerate(case.inspection.signatories)]
    for path, words in people:
        if found := pattern.search(words):
            yield Violation(
                path,
                f"“{found[0]}” was no longer in use on {case.inspection.dates.letter}",
                f"Write {outdated.now}.",
                found[0],
            )


def outdated_pattern(words: str) -> str:
    """Return a pattern: acronyms and names as they are written, other words in any case, one or many."""
    flags = "" if words.isupper() or words[:1].isupper() else "(?i:"
    return rf"(?<!\w){flags}{re.escape(words)}{')' if flags else ''}s?(?!\w)"


@rule("V28")
def spelt_one_way(case: CheckContext) -> Iterator[Violation]:
    names = [without_bracket(agency.name) for agency in case.inspection.agencies]
    names.append(without_bracket(case.inspection.partnership.name))
    for place, addressee in enumerate(case.inspection.addressees):
        organisation = addressee.organisation
        if organisation and without_bracket(organisation) not in names and (near := nearly(organisation, names)):
            yield Violation(
                ("addressees", place),
                f"“{organisation}” is almost the same as “{near}”",
                "Use the same spelling throughout.",
                organisation,
            )
    phrases: Counter[str] = Counter()
    for text in case.texts:
        tokens = text.words.split()
        for name in names:
            for phrase in phrases_like(tokens, name):
                phrases[phrase] += 1
                if phrases[phrase] == 1:
                    yield Violation(
                        text.path,
                        f"“{phrase}” is almost the same as “{name}”",
                        "Use the same spelling throughout.",
                        phrase,
                    )


def without_bracket(name: str) -> str:
    """Return a name without an abbreviation in brackets at its end."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


def nearly(words: str, names: list[str]) -> str | None:
    """Return the name that words are nearly, but not, the same as."""
    near = [
        name for name in names if NEARLY < SequenceMatcher(None, words, name).ratio() < 1 and not contained(words, name)
    ]
    return near[0] if near else None


def contained(one: str, other: str) -> bool:
    """Say whether one name is the other with words before or after it: a longer name is not a misspelling."""
    return one in other or other in one


def phrases_like(tokens: list[str], name: str) -> Iterator[str]:
    """Yield capitalised phrases of as many words as a name has, that are nearly it."""
    count = len(name.split())
    if count < 2:
        return
    first = name.split()[0][:2]
    for place, token in enumerate(tokens[: len(tokens) - count + 1]):
        if first not in token or not token.lstrip("‘“('").startswith(first):
            continue
        if any(re.search(r"[.!?;:,)]$", word) for word in tokens[place : place + count - 1]):
            continue
        joined = " ".join(re.sub(r"[’']s?$", "", word) for word in tokens[place : place + count])
        phrase = re.sub(r"(?:[’']s?)?[.,;:)’”']*$", "", joined.lstrip("‘“('"))
        bare = " ".join(re.sub(r"[’']s?$", "", word) for word in name.split())
        if (
            phrase not in (name, bare)
            and phrase[:1].isupper()
            and SequenceMatcher(None, phrase, bare).ratio() > NEARLY
            and len(phrase) > 8
            and same_capitals(phrase, bare)
        ):
            yield phrase


def same_capitals(one: str, other: str) -> bool:
    """Say whether two phrases have as many capitals: a name and a common phrase have not."""
    return sum(map(str.isupper, one)) == sum(map(str.isupper, other))
