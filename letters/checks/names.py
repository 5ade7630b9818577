"""Names of people in prose, told by the words around them: whoever tells, is aged, or has a mother is a person.

Lists say what is no name (places, days, peoples, ordinary words); no list says what is one, since no list has them all.
"""

import re
from collections.abc import Iterable, Iterator

from letters.checks.capitals import (
    Run,
    bare,
    is_first_name,
    is_never_a_name,
    is_ordinary,
    is_sign,
    last_word,
    runs_of,
    speaks_of_a_thing,
    words_before,
)
from letters.checks.name_patterns import (
    ABSTRACT,
    ACTS_AFTER,
    AGE,
    AGE_AFTER,
    BEFORE_BODIES,
    BODY_WORDS,
    CALLED_BY,
    CASE_BEFORE,
    COINED,
    DETERMINERS,
    FAMILY_AFTER,
    FUNCTION_WORDS,
    HEADED,
    HUMAN_AFTER,
    INSTITUTIONS,
    INTIMATE_AFTER,
    INVENTED,
    JOINT,
    KIN_BEFORE,
    LARGE,
    MONTH_BEFORE,
    MOTION,
    NO_VOCATIVE,
    NOBODY,
    OPENED,
    OWNED_AFTER,
    PARTICLE_AFTER,
    PLACE_BEFORE,
    POSSESSIVE,
    PROVIDES,
    SMALL_ADJECTIVES,
    SOMEONE,
    TITLE_LINE,
    TITLED,
    TOWARDS,
    VOCATIVE_AFTER,
    VOCATIVE_BEFORE,
)
from letters.findings import registers
from letters.findings.registers import kind_of_capital as kind_of


def names_are_invented(text: str) -> bool:
    """Say whether a text tells its reader that the names in it are not the real ones."""
    return INVENTED.search(text) is not None


def names_in_box(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the names of people in a case study; `known` are words of places and bodies that the file names."""
    return list(dict.fromkeys(Reader(text, known).names(in_box=True)))


def names_in_findings(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the full names of people in a finding, and first names that it gives to a child or a relative."""
    return list(dict.fromkeys(Reader(text, known).names(in_box=False)))


def name_written_small(found: re.Match[str]) -> str:
    """Return a word in capitals as a name, where it is a first name and nothing else."""
    name = found[0].capitalize()
    return name if is_only_a_name(name) else found[0]


def is_only_a_name(word: str) -> bool:
    """Say whether a word is a first name, and no other word of the language."""
    return word in registers.first_names() and word not in registers.names_and_words()


class Reader:
    """Reads one text for names: first what its own words prove, then the same names wherever they stand."""

    def __init__(self, text: str, known: Iterable[str]) -> None:
        self._text = LARGE.sub(name_written_small, text)
        self._known = {word for name in known for word in name.split()}
        self._runs = list(runs_of(self._text))

    def names(self, *, in_box: bool) -> Iterator[str]:
        """Yield every name, in the order of the text; a box is read more strictly than a finding."""
        find = self._name_in_box if in_box else self._name_in_finding
        found = {place: name for place, run in enumerate(self._runs) if (name := find(run))}
        if in_box:
            found |= dict(self._beside(found))
        proved = {word for name in found.values() for word in name.split()}
        for place, run in enumerate(self._runs):
            if place in found:
                yield found[place]
            elif in_box and len(run.words) == 1 and bare(run.words[0]) in proved and not self._is_part_of_a_title(run):
                yield bare(run.words[0])

    def _beside(self, found: dict[int, str]) -> Iterator[tuple[int, str]]:
        """Yield single words that are joined to a name by "and" or a comma: they are names as well."""
        for place, run in enumerate(self._runs):
            word = bare(run.words[0])
            is_free = (
                place not in found and len(run.words) == 1 and kind_of(word) in ("", "places") and not is_sign(word)
            )
            if not is_free or word in self._known or run.begins:
                continue
            for other in (place - 1, place + 1):
                if other in found and self._are_listed(*sorted((run, self._runs[other]), key=lambda one: one.start)):
                    yield place, word
                    break

    def _are_listed(self, first: Run, second: Run) -> bool:
        return (
            re.match(r"^(?:,? and (?:her |his |their )?(?:\w+ )?|, )$", self._text[first.end : second.start])
            is not None
        )

    def _name_in_finding(self, run: Run) -> str:
        if self._is_an_opening(run):
            return ""
        words = self._own_words(run)
        if not words or self._is_body(run, words):
            return ""
        if len(words) in (2, 3) and self._is_full_name(run, words):
            return " ".join(words)
        if len(words) == 1 and (self._is_proved(run, words[0], findings=True) or self._is_listed_alone(run, words[0])):
            return words[0]
        return ""

    def _is_an_opening(self, run: Run) -> bool:
        """Say whether a run is one ordinary word that a sentence begins with, and nobody is called so."""
        word = bare(run.words[0])
        return run.begins and len(run.words) == 1 and is_ordinary(word) and not is_first_name(word)

    def _is_listed_alone(self, run: Run, word: str) -> bool:
        """Say whether a word is a first name and nothing else that the language knows."""
        is_name = is_only_a_name(word) and not kind_of(word)
        is_name |= self._is_named_in_mid_sentence(run, word)
        is_alone = not re.match(r"^[’']s [A-Z]", self._after(run)) and last_word(self._before(run)) not in DETERMINERS
        return is_name and is_alone and last_word(self._before(run)) not in BEFORE_BODIES

    def _is_named_in_mid_sentence(self, run: Run, word: str) -> bool:
        """Say whether a name that is a word too has its capital in mid-sentence, where something is told or done."""
        if kind_of(word) or run.begins or not is_first_name(word):
            return False
        return TOWARDS.search(self._before(run)) is not None and not re.match(r"^[’']s? [A-Z]|^[’”]", self._after(run))

    def _is_full_name(self, run: Run, words: list[str]) -> bool:
        """Say whether two or three words are a first name and a surname."""
        before, after = self._before(run), self._after(run)
        if last_word(before) in DETERMINERS and not FAMILY_AFTER.match(after):
            return False
        if any(kind_of(word) not in ("", "months") for word in words[1:]) or kind_of(words[0]) not in (
            "",
            "months",
            "places",
        ):
            return False
        if is_first_name(words[0]):
            return not all(map(is_ordinary, words)) or self._shows_a_person(run)
        if kind_of(words[0]):
            return False
        if is_ordinary(words[0]):
            return (
                run.begins and not is_ordinary(words[-1]) and words[-1] not in self._known and self._shows_a_person(run)
            )
        return last_word(before) not in PLACE_BEFORE and (not any(map(is_ordinary, words)) or self._shows_a_person(run))

    def _shows_a_person(self, run: Run) -> bool:
        before, after = self._before(run), self._after(run)
        return bool(
            HUMAN_AFTER.match(after)
            or AGE_AFTER.match(after)
            or OWNED_AFTER.match(after)
            or KIN_BEFORE.search(before)
            or CASE_BEFORE.search(before)
            or ACTS_AFTER.match(after)
            or re.search(
                r"\b(?:of|by|for|about|with|to|see|saw|after|that|when|told|asked|involving|concerning|whom) $", before
            )
        )

    def _name_in_box(self, run: Run) -> str:
        words = self._own_words(run)
        if not words or self._is_body(run, words):
            return ""
        if len(words) == 1:
            return words[0] if self._is_proved(run, words[0]) or self._is_left_over(run, words[0]) else ""
        if self._is_full_name(run, words) or (
            not all(map(is_ordinary, words)) and self._is_left_over(run, " ".join(words))
        ):
            return " ".join(words)
        return ""

    def _own_words(self, run: Run) -> list[str]:
        """Return the words of a run that can be a name: without an ordinary word that begins a sentence, and titles."""
        words = [bare(word) for word in run.words]
        while len(words) > 1 and self._leads(run, words, len(run.words) - len(words)):
            words = words[1:]
        if any(is_sign(word) for word in words) and not (len(words) == 1 and "-" in words[0] and words[0].isupper()):
            return []
        return words

    def _leads(self, run: Run, words: list[str], dropped: int) -> bool:
        """Say whether the first word stands before a name and is no part of it."""
        first = words[0]
        if first in CALLED_BY:
            return True
        if not run.begins or dropped or not is_ordinary(first) or is_first_name(first):
            return False
        rest = words[1:]
        is_name_of_two = (
            len(rest) == 1 and not is_ordinary(rest[0]) and not kind_of(rest[0]) and rest[0] not in self._known
        )
        may_name = (
            first.lower() not in NOBODY
            and first.lower() not in FUNCTION_WORDS
            and not first.endswith(("ly", "ing", "ed", "s"))
        )
        return not (is_name_of_two and may_name and ACTS_AFTER.match(self._after(run)))

    def _is_body(self, run: Run, words: list[str]) -> bool:
        """Say whether a run is the name of a body, a place, a law or a programme, or part of one."""
        lowered = [word.lower() for word in words]
        first = bare(run.words[0]).lower()
        if is_first_name(words[0]) and len(words) > 1 and self._is_surely_a_person(run):
            return False
        if len(run.words) > 1 and POSSESSIVE.search(run.words[0]) and run.words[0] != bare(run.words[0]):
            return True
        if any(word in BODY_WORDS for word in lowered[1:]) or (len(words) > 1 and lowered[0] in BEFORE_BODIES):
            return True
        if len(run.words) > 1 and first in BEFORE_BODIES and not (run.begins and first in SMALL_ADJECTIVES):
            return True
        if words[0] in self._known:
            return not (len(words) == 1 and self._is_a_child(run))
        if re.match(r" (?:\d|[A-Z](?![\w’'.]))", self._after(run)):
            return True
        if last_word(self._before(run)) in BEFORE_BODIES - SMALL_ADJECTIVES:
            return True
        return self._is_part_of_a_title(run)

    def _is_part_of_a_title(self, run: Run) -> bool:
        """Say whether a run and those that it is joined to are ordinary words with capitals, as titles are written."""
        own = self._own_words(run)
        if own and len(own) == 1 < len(run.words) and is_first_name(own[0]):
            return False
        if len(run.words) > 1 and bare(run.words[0]) in CALLED_BY:
            return False
        if is_first_name(bare(run.words[0])) and len(run.words) > 1 and self._is_surely_a_person(run):
            return False
        place = self._runs.index(run)
        phrase = [run]
        for step in (-1, 1):
            at = place
            while 0 <= at + step < len(self._runs) and self._are_joined(
                *sorted((self._runs[at], self._runs[at + step]), key=lambda r: r.start)
            ):
                at += step
                phrase.append(self._runs[at])
        words = [bare(word) for part in phrase for word in part.words]
        if len(words) < 2:
            return False
        if any(word.lower() in BODY_WORDS for word in words if len(run.words) > 1 or len(phrase) > 1) and all(
            is_ordinary(word) for word in map(bare, run.words)
        ):
            return True
        return all(is_ordinary(word) or word.isupper() for word in words) and not all(map(is_first_name, words))

    def _are_joined(self, first: Run, second: Run) -> bool:
        is_lone_start = first.begins and len(first.words) == 1 and not re.search(r"[’'\"“‘]$", self._before(first))
        return not is_lone_start and JOINT.match(self._text[first.end : second.start]) is not None

    def _is_a_child(self, run: Run) -> bool:
        """Say whether a word that is a place's too can only be a child's name here."""
        before, after = self._before(run), self._after(run)
        return bool(
            re.match(
                rf"^ (?:is|was) (?:aged )?{AGE}\b|^ (?:is|was) an? (?:\w+ ){{0,2}}(?:boy|girl|baby|\w+-year-old)", after
            )
            or re.match(r"^[’']s? (?:mother|father|mum|dad|brothers?|sisters?|siblings|parents|aunt|uncle)\b", after)
            or (
                KIN_BEFORE.search(before)
                and not re.search(r"(?:child|children|people|parents|woman|man|carer)s?,? $", before)
            )
        )

    def _is_surely_a_person(self, run: Run) -> bool:
        before, after = self._before(run), self._after(run)
        return bool(
            HUMAN_AFTER.match(after)
            or (AGE_AFTER.match(after) and not re.match(r"^, (?:the|a|an|where|which|then|now) ", after))
            or re.match(
                r"^[’']s? (?:\w+ ){0,1}?(?:mother|father|mum|dad|brothers?|sisters?|siblings|parents|aunt|uncle|"
                r"stepfather|stepmother|grandmother|grandfather|gran|nan|teacher|social worker|behaviour|bedroom|stabbing|"
                r"injur(?:y|ies)|bruis\w+|drawings?|birthday)\b",
                after,
            )
            or KIN_BEFORE.search(before)
            or PARTICLE_AFTER.match(after)
            or self._is_called_out(run)
            or (HEADED.search(before) and re.match(r"^\s*(?:\n|$)", after))
            or (re.search(r"(?:^|\n)$", before) and TITLE_LINE.match(after))
        )

    def _is_called_out(self, run: Run) -> bool:
        """Say whether somebody is spoken to."""
        before, after = self._before(run), self._after(run)
        if bare(run.words[0]).lower() in NO_VOCATIVE:
            return False
        return bool((run.begins and VOCATIVE_AFTER.match(after)) or VOCATIVE_BEFORE.search(before))

    def _is_proved(self, run: Run, word: str, *, findings: bool = False) -> bool:
        """Say whether the words around a single word show that it is a person's name."""
        kind, previous = kind_of(word), last_word(words_before(self._text, self._word_start(run, word)))
        is_opening = run.begins and self._is_first(run, word)
        if kind not in ("", "places", "months") or (is_opening and is_never_a_name(word)):
            return False
        if TITLED.search(words_before(self._text, self._word_start(run, word))):
            return word.lower() not in BODY_WORDS
        if previous in DETERMINERS:
            return bool(FAMILY_AFTER.match(self._after(run))) and not kind and word.lower() not in BODY_WORDS
        if kind:
            not_one = MONTH_BEFORE if kind == "months" else PLACE_BEFORE
            return self._is_surely_a_person(run) and previous not in not_one
        if self._is_surely_a_person(run):
            return self._can_be_called(run, word)
        return not findings and self._lives_like_a_person(run, word)

    def _lives_like_a_person(self, run: Run, word: str) -> bool:
        """Say whether a word owns, suffers or does what a child or a relative does, and no body."""
        before, after = self._before(run), self._after(run)
        is_at_a_place = last_word(before) in PLACE_BEFORE
        if OWNED_AFTER.match(after) or AGE_AFTER.match(after) or CASE_BEFORE.search(before):
            return self._can_be_called(run, word) and (not is_at_a_place or is_first_name(word))
        if is_first_name(word) and not is_ordinary(word) and run.begins:
            return True
        if not is_ordinary(word) and re.match(r"^[’']s [a-z]", after):
            return not (INSTITUTIONS.match(after) or COINED.search(word) or is_at_a_place)
        if PROVIDES.match(after) and not is_first_name(word):
            return False
        acts = ACTS_AFTER.match(after) or re.match(r"^ [a-z]+ed\b|^, (?:who|whose|born|now|then)\b", after)
        is_someone = (
            is_first_name(word) or HUMAN_AFTER.match(after) or (SOMEONE.search(after) and not speaks_of_a_thing(after))
        )
        return bool(acts and is_someone) and self._can_be_called(run, word, plainly=True)

    def _can_be_called(self, run: Run, word: str, *, plainly: bool = False) -> bool:
        """Say whether a word can be a name at its place: an ordinary word at the start of a sentence seldom is."""
        if word.lower() in NOBODY and not is_first_name(word):
            return False
        if not (run.begins and self._is_first(run, word)):
            plain_noun = is_ordinary(word) and not is_first_name(word)
            return not plain_noun or not plainly or bool(HUMAN_AFTER.match(self._after(run)))
        if word.lower() in NOBODY or word.lower() in FUNCTION_WORDS:
            return False
        if word.lower() in BODY_WORDS and not is_first_name(word):
            return False
        if not is_ordinary(word):
            return is_first_name(word) or not COINED.search(word)
        if is_first_name(word):
            return not (plainly and word.lower() in ABSTRACT)
        if self._is_called_out(run):
            return True
        return (
            not plainly
            and not word.endswith(("s", "ly", "ing", "ed"))
            and bool(HUMAN_AFTER.match(self._after(run)) or INTIMATE_AFTER.match(self._after(run)))
        )

    def _is_left_over(self, run: Run, word: str) -> bool:
        """Say whether a capital in mid-sentence has no other reason than that it begins a person's name."""
        if run.begins and self._is_first(run, word.split()[0]):
            return False
        previous, after = last_word(self._before(run)), self._after(run)
        first = word.split()[0]
        if previous in DETERMINERS or previous in BEFORE_BODIES or any(map(kind_of, word.split())):
            return False
        is_for_a_thing = previous in PLACE_BEFORE or previous in ("on", "until", "since", "likes", "bring")
        if (is_for_a_thing or MOTION.search(self._before(run))) and not is_first_name(first):
            return False
        if previous == "as" and is_ordinary(first):
            return False
        if is_ordinary(first) and not is_first_name(first):
            return False
        return not (OPENED.search(self._before(run)) and re.match(r"^[’”\")\]]", after))

    def _is_first(self, run: Run, word: str) -> bool:
        return bare(run.words[0]) == word

    def _word_start(self, run: Run, word: str) -> int:
        return self._text.index(word, run.start)

    def _before(self, run: Run) -> str:
        return words_before(self._text, run.start)

    def _after(self, run: Run) -> str:
        """Return what follows a run; the sign of a possessive belongs to it."""
        ending = POSSESSIVE.search(run.words[-1])
        return (ending[0] if ending else "") + self._text[run.end :]
