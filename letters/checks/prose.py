"""Rules over single sentences: drafting notes, grades, and words that are too many or say too much."""

import re
from collections.abc import Iterator

from letters.checks.case import CheckContext, Text, Written, count_words
from letters.checks.issue import Correction, Gate, Violation
from letters.checks.rule import rule
from letters.document import markdown
from letters.findings.starting import starter_sentences

LONG, VERY_LONG = 35, 45
"""Words in a sentence: 8% of published sentences are longer than the first."""

RESIDUE = (
    (re.compile(r"\b\w+\((?:s|es|ies)\)"), "covers one and many at once", "Choose one form."),
    (re.compile(r"\[[^\]\n]*\](?!\()"), "is left in square brackets", "Decide what to write, and remove the brackets."),
    (
        re.compile(r"(?<![A-Za-z])X{2,}(?![A-Za-z])|\bxx+\b"),
        "is a placeholder for something else",
        "Write the real text.",
    ),
    (re.compile(r"\b(?:TBC|TBA|TBD|tbc)\b"), "is still undecided", "Decide what to write."),
    (
        re.compile(r"\bENTER\b(?: [A-Z]+)*|\b(?:LA NAME|Area Name|AREA NAME|INSERT|Insert (?:name|date|area))\b"),
        "is a placeholder",
        "Write what belongs there.",
    ),
    (
        re.compile(r"\bfrom pre-publication\b|\bworking days from\b", re.IGNORECASE),
        "is a drafting note",
        "Remove it.",
    ),
    (
        re.compile(r"^\d{1,3}\.\s(?=[A-Z])"),
        "is a stray paragraph number",
        "Remove it. letters adds the numbers.",
    ),
    (
        re.compile(r"\(\w{1,20} (?:to|will) (?:confirm|check|add|provide|send|supply|advise)\b[^)]*\)"),
        "is a drafting note",
        "Settle it, and take it out.",
    ),
    (re.compile(r"(?<![\w/@.-])[a-z]{4,}\d{1,2}(?=[\s.,;]|$)"), "ends with a stray number", "Write a footnote."),
    (re.compile(r"^\d{1,3}\.?$"), "is a number and nothing else", "Write the paragraph, or take it out."),
    (
        re.compile(r"(?<![\w.’-])[A-Za-z’-]*[a-z]{3}[.,;)’”]\d{1,2}(?=\s|$)"),
        "ends with a stray number",
        "Take it away, or write a footnote.",
    ),
    (
        re.compile("[\ufffc\ufffd]"),
        "marks a picture or a character that was lost",
        "Remove it, and write what is missing.",
    ),
    (re.compile(r"\?\?+|<<|>>|\bCHECK\b(?= |:)|\bN\.?B\.?:"), "is a drafting note", "Remove it."),
)

GRADES = r"(?:outstanding|good|requires? improvement|requiring improvement|inadequate|satisfactory)"
GRADED = (
    rf"\b(?:judge[ds]?|rate[ds]?|graded?|scored) (?:(?!well|when|that|how|whether)\w+(?:-\w+)? ){{0,8}}?(?:to be |as |as being )[‘“]?{GRADES}\b",
    rf"\b(?:judged|rated|graded|scored) (?:(?!well|when|that|how|whether|by|in|a|the)\w+ ){{0,2}}?[‘“]?{GRADES}\b",
    r"\brequires? improvement to be (?:good|outstanding)\b",
    rf"\b(?:overall effectiveness|effectiveness|judgement|grade|grading|rating)s? (?:is|are|was|were|of|for \w+ (?:is|was)|remains?|:) ?[‘“]?{GRADES}\b",
    r"\b(?:good or better|good or outstanding|less than good|not yet good|short of good)\b",
    r"\b(?:leadership|practice|provision|partnership|working|services?|arrangements?|response|work|agency|board|council|force|trust)s? "
    r"(?:is|are|was|were|remains?|continues? to be) (?:now |still |overall |judged )?(?:outstanding|inadequate)\b(?= ?[.;,]| overall| for\b| because\b)",
    rf"\b(?:we|inspectors|ofsted|inspectorates) (?:have |has )?(?:judged?|rated?|graded?|found) (?:[\w-]+ ){{1,8}}?(?:to be |as ){GRADES}\b",
)
GRADE_CONSTRUCTION = re.compile("|".join(f"(?:{pattern})" for pattern in GRADED), re.IGNORECASE)
BARE_GRADE = re.compile(
    r"\boutstanding(?! (?:warrants?|actions?|issues?|matters?|work|tasks?|bail|debts?|charges?|cases?|referrals?|checks?|"
    r"enquir|recommendations?|assessments?|visits?|arrest|reports?|appointments?|offences?|decisions?|requests?|incidents?|"
    r"notifications?|investigations?|vacanc|items?|points?))\b(?<!remains outstanding)(?<!remain outstanding)(?<!is outstanding)(?<!are outstanding)"
    r"|\binadequate(?!ly)\b|\bsatisfactory\b|[‘“](?:requires? improvement|good)[’”]",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"(?<!more )(?<!much )(?<!further work )(?<!work )\b(?:should|must|needs? to|ought to|is to|are to) be (?:\w+ly )?(?:\w+ed|made|given|taken|put|done|set|held|kept|shown|sought|seen|built|brought)\b",
    re.IGNORECASE,
)
ACTOR = re.compile(
    r"\bby (?!\w+ing\b|\d|then\b|now\b|means|way\b|the (?:end|time|start|autumn|spring|summer|winter|next)|default|mistake|law\b|"
    r"chance|hand|phone|email|January|February|March|April|May|June|July|August|September|October|November|December)\w+"
)
NOT_WORTH = re.compile(
    r"\bconsideration should be given\b|\bimprovements? (?:should|must|needs? to) be made\b", re.IGNORECASE
)

STARTER_NAMES = re.compile(r"\bExample(?:ton|shire)\b|(?:@|//|//www\.)example\.(?:com|net|org)\b")
"""Names that stand for others: RFC 2606, section 3, keeps the addresses free for that."""
NOT_PRINTED = ("id", "withdrawn", "agreements", "overrides")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
WRITTEN_LIST = re.compile(
    r"(?:^|\n)[ \t]*(?:[-*•–◼▪]|\d{1,2}[.)]|\([a-z]\)) +\S[^\n]*\n+[ \t]*(?:[-*•–◼▪]|\d{1,2}[.)]|\([a-z]\)) +\S"
)


@rule("V1", error_from=Gate.AGREEMENT)
def nothing_left_open(case: Written) -> Iterator[Violation]:
    if isinstance(case, CheckContext):
        yield from names_of_the_starter(case)
    for text in case.texts:
        yield from pasted_signs(text)
        if " ".join(text.words.split()) in starter_sentences():
            yield Violation(
                text.path, f"“{text.words}” is the starter file’s own sentence", "Write your own.", text.words
            )
        for pattern, message, remedy in RESIDUE:
            for found in pattern.finditer(text.words):
                if found[0].startswith("[") and is_quoted(text.words[: found.start()]):
                    continue
                yield Violation(text.path, f"“{found[0].strip()}” {message}", remedy, found[0].strip())


def names_of_the_starter(case: CheckContext) -> Iterator[Violation]:
    """Find the invented place and the addresses of the starter file, each once."""
    seen: set[str] = set()
    for path, value in case.values:
        if isinstance(value, str) and path[0] not in NOT_PRINTED and (found := STARTER_NAMES.search(value)):
            if found[0] not in seen:
                message = f"“{found[0]}” stands for a real name in the starter file"
                yield Violation(path, message, "Write the real one, wherever it stands.", found[0])
            seen.add(found[0])


def pasted_signs(text: Text) -> Iterator[Violation]:
    """Find bullets that only a font of Word shows, and lists that would be run on."""
    for found in PRIVATE_USE.finditer(text.raw):
        cleaned = re.sub(r" {2,}", " ", PRIVATE_USE.sub("", text.raw)).strip()
        message = f"U+{ord(found[0]):04X} is a bullet or sign that only a font of Word shows"
        yield Violation(
            text.path, message, "Remove it.", found[0], Correction(text.path, text.raw, cleaned, *found.span(), "")
        )
    is_boxed = text.section == "case_studies" and text.path[-1] == "text"
    listed = WRITTEN_LIST.search(without_entries(text.raw) if is_boxed else text.raw)
    if listed:
        words = " ".join(listed[0].split())
        yield Violation(text.path, f"“{words}” is written as a list and will be run on", "Write it as `points:`.", "")


def without_entries(text: str) -> str:
    """Return the text of a case study without the lists that are printed as lists."""
    return "\n\n".join(part for part in markdown.boxed_parts(text) if not part.startswith(markdown.BULLET))


def is_quoted(before: str) -> bool:
    """Say whether the words before a place leave a quotation open: brackets in one are the editor's."""
    opened = max(before.rfind("‘"), before.rfind("“"))
    return opened >= 0 and not re.search(r"[’”](?!\w)", before[opened:])


@rule("V7", error_from=Gate.DRAFT)
def ungraded(case: Written) -> Iterator[Violation]:
    for text in case.texts:
        for found in GRADE_CONSTRUCTION.finditer(text.words):
            yield Violation(
                text.path,
                f"“{found[0]}” is a graded judgement",
                "Describe what was seen and what it means for children.",
                found[0],
            )


@rule("V8")
def grade_words(case: Written) -> Iterator[Violation]:
    for text in case.texts:
        bare = list(BARE_GRADE.finditer(text.words))
        graded = [found.span() for found in GRADE_CONSTRUCTION.finditer(text.words)] if bare else []
        for found in bare:
            if not any(start <= found.start() < end for start, end in graded):
                yield Violation(
                    text.path,
                    f"“{found[0]}” is a word of the grading scale",
                    "Use another word, such as weak or strong.",
                    found[0],
                )


@rule("V30")
def readable_sentences(case: Written) -> Iterator[Violation]:
    for text in case.texts:
        for sentence in text.sentences:
            count = count_words(sentence)
            if count > LONG:
                much = "far too long" if count > VERY_LONG else "long"
                yield Violation(text.path, f"a sentence of {count} words is {much}", "Split it in two.", sentence)


@rule("V37")
def someone_acts(case: CheckContext) -> Iterator[Violation]:
    for text in case.in_section("recommendations"):
        for sentence in text.sentences:
            found = NOT_WORTH.search(sentence) or PASSIVE.search(sentence)
            if found and not ACTOR.search(sentence) and not acts_before(sentence[: found.start()]):
                yield Violation(
                    text.path, f"“{found[0]}” does not say by whom", "Name the body that should act.", found[0]
                )


def acts_before(start: str) -> bool:
    """Say whether somebody acts in the words before a passive: it is then only a part of what they do."""
    return bool(
        re.search(
            r"\b(?:so that|ensur\w+|mak\w+ sure|should|must|needs? to|how|when|where|which|that|who)\b",
            start,
            re.IGNORECASE,
        )
    )
