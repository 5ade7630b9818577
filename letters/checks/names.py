"""Names of people in prose, told by the words around them: whoever tells, is aged, or has a mother is a person.

Lists say what is no name (places, days, peoples, ordinary words); no list says what is one, since no list has them all.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from letters.findings import registers
from letters.findings.registers import kind_of_capital as kind_of

LETTERS = r"[^\W\d_]"
CAPITAL = re.compile(rf"(?<![\w’'@/.-])(?:{LETTERS}\. ?)?(?:{LETTERS}|[’'-](?={LETTERS}))+")
SENTENCE_START = re.compile(r"(?:^|[.!?:;]|[•◼▪■●◾*\r\n])[\s’”\")\]–—-]*[‘“'\"(\[]?$")
OPENED = re.compile(r"[‘“\"(\[]$|(?:^|\s)'$")
JOINT = re.compile(r"^(?:,? (?:and|or|&|of|for|to|the|in) (?:the )?|, |-)$")
POSSESSIVE = re.compile(r"[’']s?$")

BODY_WORDS = registers.around_names("bodies")
"""A run of capitals with one of these names a body, a place, a law or a programme."""
BEFORE_BODIES = registers.around_names("before_bodies")
DETERMINERS = registers.around_names("determiners")
FAMILY_AFTER = re.compile(
    r"^(?:[’']s?)? (?:family|household|siblings|children|brothers|sisters|twins|parents|home|boys|girls|lads|case|babies)\b"
)
PLACE_BEFORE = registers.around_names("before_places")
MOTION = re.compile(
    r"\b(?:travel\w*|moved?|moving|return\w*|went|goes|going|came|flew|flown|back|trips?|journey|way|taken|relocat\w+|sent|"
    r"drove|driven|trafficked|train|\w*bus|flight|visits?|visited|on|close|next|up|down|links?|deported|fled|ran away) to $",
    re.IGNORECASE,
)
CAMEL = re.compile(r"[a-z][A-Z]|^[A-Z]{2,}[a-z]")
NAME_CAMEL = re.compile(r"^(?:Mc|Mac|O[’']|D[’']|De|Le|La|Fitz|Van|Al)[A-Z]|[’'-][A-Z]")
SOMEONE = re.compile(r"^[^\n]{0,140}?\b(?:he|she|his|her|him|herself|himself|they|their|them)\b")
COINED = re.compile(r"(?:tions?|ments?|ness|ity|isms?|ings?|ers|ists?|ities|ance|ence|ology|ways?|wards?|abuse)$")
ABSTRACT = registers.around_names("seldom_names")
"""Names that are so often words that at the start of a sentence only what a person does tells them."""
VOCATIVE_AFTER = re.compile(
    r"^, (?:you|your|come|please|I\b|I[’']|we|what|where|why|how|are|do\b|don[’']t|can|could|it[’']s|stop|look|sit|tell|love|"
    r"sweetheart|get|go\b|put|let|thank|this is|is it|would|which|who|did|has|will|shall|have|he|she|they|there|my|don['’]t)"
)
VOCATIVE_BEFORE = re.compile(
    r"(?:thank you|thanks|hello|hi|hey|well done|sorry|goodnight|night|bye|dear|love|there),? $", re.IGNORECASE
)
NO_VOCATIVE = registers.around_names("calls")
HEADED = re.compile(r":\s$")
MONTH_BEFORE = registers.around_names("before_months")
KIN = (
    r"(?:child|boy|girl|baby|toddler|infant|teenager|brothers?|sisters?|siblings?|twins?|sons?|daughters?|mother|father|mum|dad|"
    r"parents?|aunt|uncle|cousins?|nephews?|nieces?|grandmother|grandfather|gran|nan|stepfather|stepmother|partner|boyfriend|"
    r"girlfriend|friend|young person|young people|youngster|pupil|student|carer|childminder|neighbour|woman|man|"
    r"half-brothers?|half-sisters?|stepson|stepdaughter|stepbrother|stepsister|newborn|three-year-old|year-old)"
)
KIN_BEFORE = re.compile(
    rf"(?:\b(?:{KIN}|pair|couple|two|one|lad|youth|the other|youngest|eldest|oldest|younger|older|elder)(?:s|es)?|-year-old|"
    r"-month-old|-week-old)(?:,? (?:(?:called|named|known as) )?| \()$|\b(?:called|named|known as) $"
)
TITLE_LINE = re.compile(r"^(?:[’']s [a-z ]{3,20})?(?:, \d{1,2}| [–—-] [^\n]{1,50})?\s*(?:\n|$)")
INSTITUTIONS = re.compile(
    r"^[’']s? (?:\w+ )?(?:councils?|police|schools|partnership|services?|children|hospitals?|leaders|communit\w+|towns?|young|"
    r"families|staff|teams?|response|approach|offer|strategy|work|support|practice|front door|model|plans|arrangements)\b"
)
PROVIDES = re.compile(
    r"^ (?:provide\w*|offer\w*|commission\w*|fund\w*|support\w*|deliver\w*|telephon\w*|coordinat\w*|advis\w*|work\w*|run\w*|"
    r"employ\w*|introduc\w*|launch\w*|develop\w*|publish\w*|train\w*|host\w*|review\w*|consult\w*|lead\w*|led|uses?|used|has (?:\w+ )?"
    r"(?:commissioned|developed|introduced|invested|funded|launched|increased|improved|a|an|one|two|three|some|the)|"
    r"is (?:a|an|the|one|used|run|embedded|well|part|funded)|was (?:used|commissioned|run|introduced|funded|developed))\b"
)
"""What a body does rather than a child."""
CASE_BEFORE = re.compile(
    r"\b(?:case|cases|story|stories|needs|voice|voices|views|experiences?|death|life|lives|care|example|view|records?|"
    r"interests|wishes|welfare|safety|history|father|mother|plan) (?:of|for|like) $",
    re.IGNORECASE,
)
ACTS = (
    r"(?:told|tells|said|says|asked|asks|lives|lived|feels|felt|trusts|trusted|wants|wanted|likes|loves|loved|liked|hates|"
    r"knows|knew|ran|runs|rang|hid|cried|slept|sleeps|turned|learned|learnt|disclosed|described|explained|attends|moved|"
    r"went|goes|came|smiled|laughed|spoke|speaks|wrote|drew|misses|missed|became|remained|remains|returned|began|begins|"
    r"started|stopped|stayed|stays|thought|believed|remembered|wished|wishes|enjoys|enjoyed|hopes|hoped|agreed|refused|"
    r"presented|arrived|disappeared|reported|needed|needs|struggled|struggles|settled|thrived|thrives|witnessed|suffered|"
    r"experienced|received|receives|visited|waited|waits|chose|chooses|helped|helps|sees|saw|sat|sits|plays|played|"
    r"eats|ate|drinks|drank|died|grew|left|broke|breaks|spent|spends|held|holds|fell|wore|stole|threw|bit|fought|hit|drove|found|finds|stood|hurt|got|gets|took|takes|made|makes|gave|gives|kept|keeps|met|meets|had|has|"
    r"is|was|did|does|will|would|could|can|may|might|must|should|cannot|never|now|also|still|often|later|then|soon|"
    r"herself|himself|themselves|first|rarely|always|recently|initially|eventually|quickly|already|finally)"
)
ACTS_AFTER = re.compile(rf"^ {ACTS}\b")
HUMAN = (
    r"(?:told|tells|said|says|asked|lives|lived|feels|felt|trusts|trusted|wants|wanted|likes|loves|loved|hates|ran|rang|hid|"
    r"cried|slept|sleeps|turned (?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\d)|learned|learnt|disclosed|"
    r"attends|smiled|laughed|spoke|speaks|wrote|drew|misses|stayed|remembered|wished|enjoys|enjoyed|hopes|hoped|refused|"
    r"herself|himself|spent|spends|now (?:has|lives|attends|goes|feels|sleeps|lives|knows)|went|goes|sat|sits|plays|eats|ate|died|knew|knows|(?:had been|has been|was being) (?:living|missing|out|blackmailed|groomed|exploited|bullied|assaulted|abused|beaten|"
    r"stabbed|excluded|arrested|adopted|fostered|kept|left|hit|hurt|raped|trafficked|sleeping|staying)\b|"
    r"(?:is|was|had just turned|has turned|had turned|turned|is now|was then|was only|is only|was just|is just|is aged|was aged)"
    r" (?:a |an |aged )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen)\b(?! (?:of|per)\b)|(?:is|was) (?:a|an|the) (?:\w+ ){0,2}(?:boy|girl|child|baby|"
    r"teenager|toddler|\w+-year-old|\w+-month-old|young person|youngest|eldest|oldest)|(?:has|had) (?:lived|told|asked|"
    r"learned|felt|said|run|moved|left home)|was (?:born|found|missing|removed|placed|excluded|arrested|frightened|afraid|"
    r"alone|hungry|asleep|crying|unwell|bruised|groomed|seen alone)|is (?:safer|happier|happy|thriving|now)|and "
    r"(?:his|her|their) (?:mother|father|brothers?|sisters?|siblings?|parents|family|mum|dad|twin|baby|aunt|foster|"
    r"grandmother|social worker))"
)
HUMAN_AFTER = re.compile(rf"^,? {HUMAN}")
AGE = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen)"
)
AGE_AFTER = re.compile(
    rf"^(?:,? (?:\((?:then |now |aged )*{AGE}\b|aged {AGE}\b|who (?:is|was|had|has)\b|now {AGE}\b|then {AGE}\b)"
    rf"|, {AGE}[,)]|,? (?:an? |the )?(?:\w+ ){{0,2}}{AGE}[- ](?:year|month|week|day)s?[- ]old|, (?:a|an|the|his|her|their) (?:[\w-]+ ){{0,3}}"
    rf"(?:{KIN}|one)\b| \({AGE}\b|, (?:who|whose|then|now)\b| \((?:not |a |an |the |aged ))"
)
OWNED = (
    r"(?:\w+ ){0,2}?(?:mother|father|mum|dad|mothers|stepfather|stepmother|grandmother|grandfather|gran|nan|brothers?|sisters?|"
    r"siblings|parents?|aunt|uncle|cousins?|family|carers?|home|school|nursery|teachers?|social worker|health visitor|worker|"
    r"needs|views|voice|wishes|feelings|life|lives|safety|welfare|bedroom|behaviour|attendance|health|experiences?|story|"
    r"plan|risks?|distress|injur(?:y|ies)|bruis\w+|phone|friends?|partner|baby|half-brother|half-sister|childhood|"
    r"development|speech|weight|diet|teeth|asthma|diabetes|birthday|arrival|absence|case|records?|file|name|situation|"
    r"circumstances|disclosure|account|allegations?|death|birth|pregnancy|day|days|own|world|trust|fears?|worries|"
    r"confidence|progress|education|placement|foster|older|younger|twin|little|big|elder|new|best|first|last|words|"
    r"mentor|key|youth|midwife|support|lived|identity|culture|faith|sleep|mood|drawings?|question|interview|move|return|"
    r"college|class|primary|secondary|tutor|headteacher|head|doctor|GP|consultant|advocate|solicitor|children|wife|husband)"
)
OWNED_AFTER = re.compile(rf"^[’'](?:s)? {OWNED}\b")
INTIMATE_AFTER = re.compile(
    r"^[’']s (?:\w+ )?(?:mother|father|mum|dad|brothers?|sisters?|siblings|parents|aunt|uncle|injur(?:y|ies)|bruis\w+|drawings?|"
    r"bedroom|birthday|diet|weight|attendance|speech|stabbing|behaviour|teeth|asthma|social worker|teacher|school|nursery)\b"
)
CALLED_BY = frozenset(
    ("Mr", "Mrs", "Ms", "Miss", "Dr", "Baby", "Uncle", "Aunt", "Auntie", "Aunty", "Nana", "Nan", "Cousin")
)
PARTICLE_AFTER = re.compile(r"^ (?:al|el|ul|bin|bint|ibn|van|de|von)[- ](?:der )?[A-Z]")
TITLED = re.compile(rf"\b(?:{'|'.join(sorted(CALLED_BY))})\.? $")
SMALL_ADJECTIVES = registers.around_names("small_adjectives")
FUNCTION_WORDS = registers.around_names("function_words")
NOBODY = registers.around_names("subjects")
"""Words that begin a sentence as its subject and name nobody."""
INVENTED = re.compile(
    r"\b(?:not (?:(?:his|her|their|the (?:child|young person|family)[’']s|the children[’']s|a) )?real names?|"
    r"(?:is|are) (?:a )?pseudonyms?|pseudonyms? (?:has|have|is|are) (?:been )?used|"
    r"names? (?:\w+ ){0,6}?(?:has|have|had) been (?:changed|altered|invented)|names? (?:\w+ ){0,4}?(?:is|are|was|were) "
    r"(?:not real|invented|fictitious|changed|fictional|made up)|(?:invented|fictitious|changed|fictional) names?|"
    r"(?:changed|invented|altered) (?:(?:the|their|his|her|all|some)(?: \w+[’']?s?[’']?)? )?(?:real )?names?)\b",
    re.IGNORECASE,
)


class Run(NamedTuple):
    """Capitalised words that follow each other: where they begin and end, and whether they begin a sentence."""

    words: tuple[str, ...]
    start: int
    end: int
    begins: bool
    """Whether a sentence begins with them, so that their first capital says nothing."""

    @property
    def text(self) -> str:
        """The words as they are written."""
        return " ".join(self.words)


def names_are_invented(text: str) -> bool:
    """Say whether a text tells its reader that the names in it are not the real ones."""
    return INVENTED.search(text) is not None


def names_in_box(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the names of people in a case study; `known` are words of places and bodies that the file names."""
    return list(dict.fromkeys(Reader(text, known).names(in_box=True)))


def names_in_findings(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return the full names of people in a finding, and first names that it gives to a child or a relative."""
    return list(dict.fromkeys(Reader(text, known).names(in_box=False)))


class Reader:
    """Reads one text for names: first what its own words prove, then the same names wherever they stand."""

    def __init__(self, text: str, known: Iterable[str]) -> None:
        self._text = text.replace("’", "’")
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
        words = self._own_words(run)
        if not words or self._is_body(run, words):
            return ""
        if len(words) in (2, 3) and self._is_full_name(run, words):
            return " ".join(words)
        if len(words) == 1 and (self._is_proved(run, words[0], findings=True) or self._is_listed_alone(run, words[0])):
            return words[0]
        return ""

    def _is_listed_alone(self, run: Run, word: str) -> bool:
        """Say whether a word is a first name and nothing else that the language knows."""
        is_name = word in registers.first_names() - registers.names_and_words() and not kind_of(word)
        is_alone = not re.match(r"^[’']s [A-Z]", self._after(run)) and last_word(self._before(run)) not in DETERMINERS
        return is_name and is_alone and last_word(self._before(run)) not in BEFORE_BODIES

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
        kind, previous = kind_of(word), last_word(self._text[: self._word_start(run, word)])
        is_opening = run.begins and self._is_first(run, word)
        if kind not in ("", "places", "months") or (is_opening and is_never_a_name(word)):
            return False
        if TITLED.search(self._text[: self._word_start(run, word)]):
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
            is_first_name(word) or HUMAN_AFTER.match(after) or (SOMEONE.search(after) and not run_of_a_thing(after))
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
        return self._text[: run.start]

    def _after(self, run: Run) -> str:
        """Return what follows a run; the sign of a possessive belongs to it."""
        ending = POSSESSIVE.search(run.words[-1])
        return (ending[0] if ending else "") + self._text[run.end :]


def runs_of(text: str) -> Iterator[Run]:
    """Yield the capitalised words of a text, those that follow each other together."""
    held: list[re.Match[str]] = []
    for match in CAPITAL.finditer(text):
        if not match[0][:1].isupper():
            continue
        if held and text[held[-1].end() : match.start()] != " ":
            yield run_of(text, held)
            held = []
        held.append(match)
    if held:
        yield run_of(text, held)


def run_of(text: str, words: list[re.Match[str]]) -> Run:
    """Return words as a run."""
    start = words[0].start()
    begins = SENTENCE_START.search(text[:start]) is not None or OPENED.search(text[:start]) is not None
    return Run(tuple(word[0] for word in words), start, words[-1].end(), begins)


def bare(word: str) -> str:
    """Return a word without the sign of a possessive."""
    return POSSESSIVE.sub("", word)


def last_word(text: str) -> str:
    """Return the last word before a place, in lower case; nothing where a sign stands between."""
    found = re.search(r"([\w-]+) [‘“\"']?$", text)
    return found[1].lower() if found else ""


def run_of_a_thing(after: str) -> bool:
    """Say whether what follows a word speaks of it as of a thing."""
    return re.match(r"^[^.;]{0,60}\bits\b", after) is not None


def is_never_a_name(word: str) -> bool:
    """Say whether a word is one that begins sentences and is called to nobody: an article, a conjunction, an adverb."""
    small = word.lower()
    return small in FUNCTION_WORDS or (small.endswith("ly") and is_ordinary(word) and not is_first_name(word))


def is_sign(word: str) -> bool:
    """Say whether a word is an abbreviation, a brand or a single letter by its capitals."""
    if len(word.replace(".", "").strip()) < 2 or re.match(r"^I[’']|^[A-Z]-[a-z]", word):
        return True
    return (word.isupper() and "-" not in word) or (CAMEL.search(word) is not None and not NAME_CAMEL.search(word))


@cache
def is_ordinary(word: str) -> bool:
    """Say whether a word is one of the language, which is written small within a sentence."""
    small = word.lower()
    parts = small.replace("’", "'").split("-")
    return all(part in registers.words() or part.removesuffix("s") in registers.words() for part in parts)


def is_first_name(word: str) -> bool:
    """Say whether a word, or the first part of a double name, is a first name that lists have."""
    first = word.split("-")[0]
    return first in registers.first_names() or first in registers.names_and_words()
