"""Rules over the shape of a letter: its lists, their length and grammar, and how they hang together."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from letters.checks.case import CheckContext, count_words, recommendation_words, sentences, synonyms_of
from letters.checks.issue import Gate, Path, Violation
from letters.checks.rule import rule
from letters.document.blocks import plain
from letters.document.markdown import inline
from letters.findings.finding import Finding, Priority, Recommendation, findings_of
from letters.findings.switches import RecommendationMode

LONGEST_RECOMMENDATION, LONGEST_STRENGTH = 35, 50
"""Words; nine of ten published ones are shorter."""
ALIKE, SAME_WORDS = 0.85, 0.8
COMMON = frozenset(
    [
        "about",
        "across",
        "after",
        "agencies",
        "areas",
        "because",
        "before",
        "between",
        "children",
        "their",
        "there",
        "these",
        "those",
        "where",
        "which",
        "while",
        "with",
        "within",
    ]
)
EVERYWHERE = frozenset(
    word[:5]
    for word in [
        "action",
        "agency",
        "area",
        "assessment",
        "child",
        "consistency",
        "development",
        "effectiveness",
        "ensure",
        "family",
        "health",
        "improvement",
        "information",
        "leaders",
        "management",
        "multi",
        "need",
        "oversight",
        "partner",
        "partnership",
        "plan",
        "police",
        "practice",
        "practitioner",
        "professional",
        "quality",
        "response",
        "safeguarding",
        "service",
        "social",
        "strategic",
        "support",
        "timeliness",
        "understanding",
        "young",
    ]
)
"""Stems of words that most findings have and that tell none from another."""
SEVERAL = 3
"""Agencies from which on a recommendation is for the partnership in all but name."""
SOMEBODY = re.compile(r"\b(?:agenc|partner|leader|professional|practitioner|staff|multi-agency|managers|workforce)")
FINITE = re.compile(
    r"\b(?:needs?|should|must|is|are|was|were|has|have|do|does|did|can|cannot|could|will|would|remains?|continues?)\b"
)
PHRASE = re.compile(
    r"^(?:The|A|An) (?:[\w’-]+ ){1,3}(?:of|that|which|with which|in which|between|given|shown)\b(?!.*\b(?:\w+ed|\w+s) (?:well|quickly|children)\b)"
)
NOUN_OPENERS = re.compile(r"^(?:How|Whether|What|Where|When|Why)\b")


@rule("V12")
def actor_in_words(case: CheckContext) -> Iterator[Violation]:
    if case.inspection.template == "joint-2016":
        return
    in_table = case.inspection.layout.recommendations == "table"
    for path, recommendation in case.recommendations:
        said = recommendation_words(recommendation).lower()
        if SOMEBODY.search(said) or (in_table and recommendation.priority is Priority.PRIORITY):
            continue
        targets = [] if recommendation.target == "partnership" else recommendation.target
        for name in targets if len(targets) < SEVERAL else ():
            agency = case.agencies[name]
            if not any(word in said for word in synonyms_of(agency.name, agency.abbreviation, agency.type)):
                yield Violation(
                    path,
                    f"the words do not show that {agency.name} should act",
                    "Name it, or show the list as a table.",
                )


@rule("V14")
def grounded_priorities(case: CheckContext) -> Iterator[Violation]:
    headlines = " ".join(text.words for text in case.in_section("headline_findings", "summary")).lower()
    for path, recommendation in case.recommendations:
        if recommendation.priority is not Priority.PRIORITY or is_single_list(case):
            continue
        telling = telling_words(recommendation_words(recommendation))
        if not recommendation.findings and not rests_on_words(case, telling, 3):
            yield Violation(
                path, "no finding is linked to it", "Link the main findings that support it under `findings:`."
            )
        if telling and not shared(telling, telling_words(headlines), 2):
            yield Violation(path, "the headline findings do not mention it", "Mention it there too.")


def rests_on_words(case: CheckContext, telling: set[str], least: int) -> bool:
    """Say whether a main finding speaks of the same thing; in a letter without main findings nothing can."""
    findings = [telling_words(text.words) for text in case.in_section("main_findings")]
    return not findings or any(shared(telling, words, least) for words in findings)


def is_single_list(case: CheckContext) -> bool:
    """Say whether the letter has a single list of recommendations."""
    return case.inspection.switches.recommendation_mode is RecommendationMode.SINGLE_LIST


def telling_words(text: str) -> set[str]:
    """Return the stems of the longer words of a text, without those that every letter has."""
    return {word[:5] for word in re.findall(r"[a-z]{5,}", text.lower()) if word not in COMMON}


def shared(one: set[str], other: set[str], least: int) -> bool:
    """Say whether two texts share enough words to be about the same thing."""
    return len(one & other) >= min(least, len(one))


@rule("V31")
def short_bullets(case: CheckContext) -> Iterator[Violation]:
    if case.inspection.template == "joint-2016":
        return
    for path, recommendation in case.recommendations:
        text = plain(inline(recommendation.text)) if recommendation.text else ""
        if count_words(text) > LONGEST_RECOMMENDATION:
            yield Violation(
                path, f"a recommendation of {count_words(text)} words is long", "Use 35 words or fewer, or use points."
            )
        if len(sentences(text)) > 1 and not recommendation.points:
            yield Violation(path, "a recommendation has more than one sentence", "Use one sentence.")
    for path, strength in case.strengths:
        words = count_words(plain(inline(strength.text)))
        if words > LONGEST_STRENGTH:
            yield Violation(path, f"a strength of {words} words is long", "Use 50 words or fewer.")


@rule("V32")
def lists_built_alike(case: CheckContext) -> Iterator[Violation]:
    if case.inspection.template == "joint-2016":
        return
    for name, entries in bullet_lists(case).items():
        sentences_of = [path for path, words in entries if is_sentence(words)]
        phrases = [path for path, words in entries if is_phrase(words)]
        fewer = min(sentences_of, phrases, key=len)
        if len(entries) >= 4 and len(fewer) / len(entries) >= 0.2:
            place = fewer[0]
            yield Violation(place, f"the {name} mix full sentences with phrases", "Use one form throughout.")


def bullet_lists(case: CheckContext) -> dict[str, list[tuple[Path, str]]]:
    """Return the lists of the letter with their first sentences."""
    lists: dict[str, list[tuple[Path, str]]] = {"strengths": [(path, item.text) for path, item in case.strengths]}
    for path, item in case.recommendations:
        if item.text and not item.points:
            lists.setdefault(f"recommendations of one kind ({item.priority})", []).append((path, item.text))
    return lists


def is_phrase(words: str) -> bool:
    """Say whether an entry is surely a phrase: a noun with what belongs to it, and nothing that it does."""
    return PHRASE.match(words) is not None and FINITE.search(words.partition(" that ")[0]) is None


def is_sentence(words: str) -> bool:
    """Say whether an entry is a whole sentence: its first clause has a finite verb."""
    if NOUN_OPENERS.match(words):
        return False
    found = FINITE.search(words)
    if found is None:
        return False
    before = words[: found.start()]
    return not re.search(
        r"\b(?:that|which|who|whom|whose|where|when|while|because|so|if|how|what|whether|as)\b|[;:(]", before
    )


@rule("V33", needs_letter=True, shown_from=Gate.AGREEMENT)
def within_budget(case: CheckContext) -> Iterator[Violation]:
    budget = case.house_words.budgets.get(case.inspection.template)
    if budget is None:
        return
    priorities = [item for _, item in case.recommendations if item.priority is Priority.PRIORITY]
    headline = sum(count_words(text.words) for text in case.in_section("headline_findings"))
    counts = (
        (("strengths",), "strengths", len(case.strengths), budget.strengths),
        (
            ("recommendations",),
            "areas for improvement",
            len(case.recommendations) - len(priorities),
            budget.improvements,
        ),
        (("recommendations",), "areas for priority action", len(priorities), budget.priorities),
        (("headline_findings",), "words of headline findings", headline, budget.headline_words),
        ((), "words", len(case.letter.split()), budget.words),
    )
    for path, what, count, limits in counts:
        said_elsewhere = count == 0 and what != "words of headline findings"
        if limits and not said_elsewhere and not limits[0] <= count <= limits[1]:
            yield Violation(
                path,
                f"{count} {what}; {limits[0]} to {limits[1]} are usual",
                "Combine or add some, or override with the reason.",
            )


@rule("V34")
def resting_on_findings(case: CheckContext) -> Iterator[Violation]:
    if not case.inspection.main_findings or is_single_list(case):
        return
    main = {finding.id for finding in findings_of(case.inspection.main_findings)}
    for path, recommendation in case.recommendations:
        linked = bool(main & set(recommendation.findings))
        telling = telling_words(recommendation_words(recommendation)) - EVERYWHERE
        spoken_of = not recommendation.findings and (not telling or rests_on_words(case, telling, 1))
        if not linked and not spoken_of:
            yield Violation(path, "no main finding supports it", "Link one under `findings:`.")


@rule("V35")
def nothing_said_twice(case: CheckContext) -> Iterator[Violation]:
    bullets: list[tuple[Path, Finding | Recommendation, str]] = [
        (path, item, item.text) for path, item in case.strengths
    ]
    bullets += [(path, item, recommendation_words(item)) for path, item in case.recommendations]
    stems = [set(re.findall(r"\w+", words.lower())) for _, _, words in bullets]
    for place, (path, _, words) in enumerate(bullets):
        for (_, other, said), theirs in zip(bullets[:place], stems, strict=False):
            if alike(words, said, stems[place], theirs):
                yield Violation(path, f"it says almost the same as {other.id}", "Keep one of them.", words)
                break


def alike(one: str, other: str, first: set[str], second: set[str]) -> bool:
    """Say whether two bullets are nearly the same words; the sets are the words of each."""
    if not first or len(first & second) / len(first | second) < 0.5:
        return False
    if len(first & second) / len(first | second) >= SAME_WORDS:
        return True
    # The two quick ratios are bounds from above, and spare nearly every comparison.
    likeness = SequenceMatcher(None, one, other)
    return all(ratio() >= ALIKE for ratio in (likeness.real_quick_ratio, likeness.quick_ratio, likeness.ratio))


@rule("V38", error_from=Gate.DRAFT, needs_letter=True)
def nothing_internal(case: CheckContext) -> Iterator[Violation]:
    for finding in case.inspection.all_findings():
        for words in (*finding.evidence, *([finding.note] if finding.note else [])):
            said = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
            if len(words) > 1 and words in case.letter and said.search(case.letter):
                path = next((text.path for text in case.texts if said.search(text.words)), ())
                yield Violation(
                    path, f"“{words}” is internal but appears in the letter", "Remove it from the text.", words
                )
