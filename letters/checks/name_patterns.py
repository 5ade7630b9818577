"""What stands around the names of people, as patterns: whoever tells, is aged, or has a mother is a person."""

import re

from letters.findings import registers

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
    r"learned|felt|said|run|moved|left home)|was (?:born|found|missing|removed|moved to|placed|excluded|arrested|frightened|afraid|"
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
TOWARDS = re.compile(
    r"\b(?:to|such as|like|with|for|about|by|told|asked|see|saw|seen|met|heard|of|or|and|when|that|because|after) $"
)
"""What stands before somebody's name in a finding."""
LARGE = re.compile(r"\b[A-Z]{5,}\b")
