"""The texts of all rules, by their codes: of letters (V), of reports (O) and of publication (P)."""

from typing import NamedTuple


class RuleText(NamedTuple):
    """What a rule asks for, and why it exists."""

    title: str
    reason: str


RULES = {
    "V1": RuleText(
        "No placeholder and no drafting note is left",
        "“area(s) for improvement”, “by 6 March 2019, 70 working days from pre-publication” and a stray “35.” were all published.",
    ),
    "V2": RuleText(
        "The letter comes after fieldwork, in a year that can be",
        "Published letters lacked years or bore dates before they could have been written.",
    ),
    "V3": RuleText(
        "Fieldwork runs from Monday to Friday of one week",
        "In 63 of 64 letters it does; the other gave a Saturday by mistake.",
    ),
    "V4": RuleText(
        "Notice is as long as the switch says",
        "The area is promised that many working days.",
    ),
    "V5": RuleText(
        "Every participating inspectorate signs, by a named person with a title",
        "A published letter was signed by “Chief Inspector”, without a name.",
    ),
    "V6": RuleText(
        "The legal basis is stated, and is the right one",
        "The footnote on section 20 vanished from every letter after July 2022 and nobody noticed.",
    ),
    "V7": RuleText(
        "No graded judgement is made",
        "Joint inspections make none; a sentence built like one will be read and quoted as one. The word good alone is never flagged (V9).",
    ),
    "V8": RuleText(
        "Grade words stand alone only on purpose",
        "In 64 letters “outstanding” and “inadequate” stand once each, “satisfactory” never.",
    ),
    "V10": RuleText(
        "There is a strength, and a recommendation or a word that there is none",
        "A letter reports key strengths and recommendations; a missing list is a slip until somebody says otherwise.",
    ),
    "V11": RuleText(
        "Every recommendation is for the partnership or an inspected agency",
        "One in five published recommendations names nobody, so nobody answers it.",
    ),
    "V12": RuleText(
        "The wording shows who should act",
        "The target is in the data; a reader only has the words.",
    ),
    "V13": RuleText(
        "In a prioritised letter every recommendation has its priority",
        "A recommendation without one lands among the areas for improvement by default.",
    ),
    "V14": RuleText(
        "A priority action rests on findings and is in the headlines",
        "What is most urgent must not come as a surprise halfway through.",
    ),
    "V15": RuleText(
        "A single list ranks nothing",
        "Words of urgency in a list without priorities bring the ranking back by the side door.",
    ),
    "V16": RuleText(
        "The principal authority is named and receives the letter",
        "Regulation 3 of SI 2015/1792 has the determination published in the report and sent to that body.",
    ),
    "V17": RuleText(
        "The deadline is 70 working days from the right day",
        "Five of 63 published deadlines were wrong: counted in calendar days, on a Saturday, or 83 days away.",
    ),
    "V18": RuleText(
        "When publication moves, the dates are looked at again",
        "A letter held over an election kept its old deadline: 38 working days were left.",
    ),
    "V19": RuleText(
        "Where a statement is required, it is said where to and by when",
        "One published letter gave no address, no deadline and no law.",
    ),
    "V20": RuleText(
        "Recipients’ postal and web addresses are given",
        "SI 2015/1792, regulation 3(6) has them published in the report; none of 64 letters does.",
    ),
    "V21": RuleText(
        "Every inspected agency receives the letter and is in its findings",
        "An agency that was inspected and is never mentioned asks why it was.",
    ),
    "V22": RuleText(
        "No child or family can be known by name, birthday or number",
        "Most letters of 2016 to 2018 named children and did not say that the names were invented.",
    ),
    "V23": RuleText(
        "No member of staff is named in findings",
        "Letters speak of roles; people are named only as addressees, principal authority and signatories.",
    ),
    "V24": RuleText(
        "A case study does not add up to a child who can be known",
        "Each detail is harmless alone; an exact age, an origin, a place and a date together are not.",
    ),
    "V25": RuleText(
        "Case studies show effective practice and an area for improvement",
        "Letters on a theme nearly always carry one of each.",
    ),
    "V26": RuleText(
        "Acronyms are explained at first use, used again, and mean one thing",
        "Two acronyms a letter go unexplained, at worst nine.",
    ),
    "V27": RuleText(
        "Bodies and titles are those of the day",
        "Clinical commissioning groups ended in July 2022; one was addressed in March 2025.",
    ),
    "V28": RuleText(
        "One organisation is spelt one way",
        "“Manchester Heath and Care” was published beside its right name.",
    ),
    "V29": RuleText(
        "Spelling and punctuation are the house’s",
        "Repeated words, spaces before commas and straight quotes were all published; four house styles meet in one letter.",
    ),
    "V30": RuleText(
        "Sentences are short enough to be read once",
        "Sentences of over 35 words are 8% of published ones; readers lose them first.",
    ),
    "V31": RuleText(
        "Recommendations and strengths are short",
        "Nine of ten recommendations since 2022 have 32 words or fewer.",
    ),
    "V32": RuleText(
        "The entries of one list are built alike",
        "Noun phrases and whole sentences in one list make readers stumble.",
    ),
    "V33": RuleText(
        "The letter is about as long as others of its form",
        "Readers and boards know what to expect; a list of 20 is read by nobody.",
    ),
    "V34": RuleText(
        "Every recommendation rests on a main finding",
        "A recommendation without a finding has no evidence that a reader can see.",
    ),
    "V35": RuleText(
        "No two bullets say the same",
        "Drafts by four inspectorates say things twice.",
    ),
    "V37": RuleText(
        "A recommendation says who acts",
        "“Improvements should be made” leaves everyone waiting for someone else.",
    ),
    "V38": RuleText(
        "Evidence references and internal notes reach no document",
        "They can lead to a child’s record.",
    ),
    "V39": RuleText(
        "The lead has agreed to every changed standing paragraph",
        "Standing wording is agreed between the inspectorates; a change to it in one letter is theirs to agree, not one reviewer's.",
    ),
    "V40": RuleText(
        "Nothing private is left for readers",
        "Mailboxes of people, mobile numbers, home addresses, file paths, internal links and editing marks passed unnoticed.",
    ),
    "V41": RuleText(
        "Days and dates in the words are right",
        "A weekday that is not its date’s, a year left out, and fieldwork dated otherwise than it was were published.",
    ),
    "V42": RuleText(
        "Letters are dated and received on working days",
        "A letter dated on a Sunday or a bank holiday is a slip, and the deadline is counted from it.",
    ),
    "V43": RuleText(
        "Words, offices and bodies are spelt rightly",
        "“Heath and Care” and “Divisional Directory” were published.",
    ),
    "V44": RuleText(
        "Brackets are closed, signs of emphasis are gone, and the title names the area",
        "Asterisks left over from emphasis and half a pair of brackets look careless in a letter of record.",
    ),
}
"""The rules of letters; each is a function in this folder."""
REPORTS = {
    "O2": "Everything that a report names is used: counts, tables, charts, lists, terms",
    "O3": "Tags are those of the findings, and what is counted is there to be counted",
    "O4": "A proportion is a count, and says what the inspections say",
    "O6": "An area is named in a practice example only where its letter is published",
    "O7": "A lesson says what it rests on, and rests on more than one area",
}
"""The rules of reports; docs/overview.md says more."""
PUBLICATION = {
    "P1": "It is final",
    "P2": "No rule of the publication gate is broken",
    "P3": "Logos and signatures are real",
    "P4": "Every participating inspectorate has agreed to these very words",
    "P5": "The day is in no pre-election period",
    "P6": "The embargo is over",
    "P7": "No file carries names, marks, paths or anything hidden",
    "P8": "No words that stand for a picture are a path",
    "P9": "Every link leads to a web address",
    "P10": "Every house says who publishes",
    "P11": "Published words are amended and not replaced in silence",
    "P12": "Nothing that was published disappears",
    "P13": "What was withdrawn comes back only by an act of its own",
    "P14": "It is not published before the date that it bears",
}
"""The reasons why something may not be published, as an override names them."""
