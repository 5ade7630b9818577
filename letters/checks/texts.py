"""The texts of all rules, by their codes: of letters (V), of reports (O) and of publication (P)."""

from typing import NamedTuple


class RuleText(NamedTuple):
    """What a rule asks for, and why it exists."""

    title: str
    reason: str


RULES = {
    "V1": RuleText(
        "No placeholders or drafting notes remain",
        "“area(s) for improvement”, “by 6 March 2019, 70 working days from pre-publication” and a stray “35.” were all published.",
    ),
    "V2": RuleText(
        "The letter is dated after fieldwork, in a plausible year",
        "Published letters had no year, or a date before they could have been written.",
    ),
    "V3": RuleText(
        "Fieldwork runs from Monday to Friday of one week",
        "In 63 of 64 letters it does; the other gave a Saturday by mistake.",
    ),
    "V4": RuleText(
        "Notice is as long as the notice_days switch requires",
        "The area is promised that number of working days.",
    ),
    "V5": RuleText(
        "A named person with a title signs for every participating inspectorate",
        "A published letter was signed by “Chief Inspector”, without a name.",
    ),
    "V6": RuleText(
        "The legal basis is stated and correct",
        "The footnote on section 20 vanished from every letter after July 2022 and nobody noticed.",
    ),
    "V7": RuleText(
        "The letter makes no graded judgement",
        "Joint inspections make none; people will read and quote a sentence that looks like one. The word good alone is never flagged (V9).",
    ),
    "V8": RuleText(
        "Grade words are used only on purpose",
        "In 64 letters, “outstanding” and “inadequate” appear once each and “satisfactory” never.",
    ),
    "V10": RuleText(
        "There are strengths, and recommendations or a statement that there are none",
        "A letter reports key strengths and recommendations; a missing list is a mistake unless somebody says it is intended.",
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
        "In a prioritised letter every recommendation has a priority",
        "A recommendation without one becomes an area for improvement by default.",
    ),
    "V14": RuleText(
        "A priority action is supported by findings and is in the headline findings",
        "What is most urgent must not come as a surprise halfway through.",
    ),
    "V15": RuleText(
        "A single list does not rank recommendations",
        "Words of urgency in a list without priorities imply a ranking.",
    ),
    "V16": RuleText(
        "The principal authority is named and receives the letter",
        "Regulation 3 of SI 2015/1792 requires the determination to be in the report and sent to that body.",
    ),
    "V17": RuleText(
        "The deadline is 70 working days from the right day",
        "Five of 63 published deadlines were wrong: counted in calendar days, on a Saturday, or 83 days away.",
    ),
    "V18": RuleText(
        "If the publication date moves, the other dates are checked again",
        "A letter delayed by an election kept its old deadline, leaving 38 working days.",
    ),
    "V19": RuleText(
        "If a statement is required, the letter says where to send it and by when",
        "One published letter gave no address, no deadline and no law.",
    ),
    "V20": RuleText(
        "Recipients’ postal and web addresses are given",
        "SI 2015/1792, regulation 3(6) requires the report to give them; none of 64 letters does.",
    ),
    "V21": RuleText(
        "Every inspected agency receives the letter and is in its findings",
        "An inspected agency that is never mentioned will ask why it was inspected.",
    ),
    "V22": RuleText(
        "No child or family can be identified by name, birthday or number",
        "Most letters of 2016 to 2018 named children and did not say that the names were invented.",
    ),
    "V23": RuleText(
        "No member of staff is named in findings",
        "Letters refer to roles; only addressees, the principal authority and signatories are named.",
    ),
    "V24": RuleText(
        "The details of a case study do not together identify a child",
        "Each detail is harmless alone; an exact age, an origin, a place and a date together are not.",
    ),
    "V25": RuleText(
        "Case studies show effective practice and an area for improvement",
        "Letters on a theme nearly always include one of each.",
    ),
    "V26": RuleText(
        "Acronyms are explained at first use, used again, and have one meaning",
        "Letters leave two acronyms unexplained on average, and nine at worst.",
    ),
    "V27": RuleText(
        "Bodies and titles are correct at the letter's date",
        "Clinical commissioning groups ended in July 2022; one was addressed in March 2025.",
    ),
    "V28": RuleText(
        "An organisation's name is spelt the same way throughout",
        "“Manchester Heath and Care” was published beside the correct name.",
    ),
    "V29": RuleText(
        "Spelling and punctuation follow the house style",
        "Repeated words, spaces before commas and straight quotes were all published; four house styles meet in one letter.",
    ),
    "V30": RuleText(
        "Sentences are short enough to understand at first reading",
        "8% of published sentences have over 35 words; readers lose these first.",
    ),
    "V31": RuleText(
        "Recommendations and strengths are short",
        "Nine of ten recommendations since 2022 have 32 words or fewer.",
    ),
    "V32": RuleText(
        "Entries in a list have the same form",
        "A list that mixes phrases and full sentences makes readers stumble.",
    ),
    "V33": RuleText(
        "The letter is about as long as others with its template",
        "Readers and boards know what to expect; nobody reads a list of 20.",
    ),
    "V34": RuleText(
        "A main finding supports every recommendation",
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
        "No document contains evidence references or internal notes",
        "They can lead to a child’s record.",
    ),
    "V39": RuleText(
        "The lead has agreed to every changed standard paragraph",
        "The inspectorates agree standard wording together; one reviewer cannot change it in a letter without them.",
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
    "O2": "The report uses all its counts, tables, charts, lists and terms",
    "O3": "Themes match the findings' tags, and letters have the sections that are counted",
    "O4": "A proportion is written as a count, and matches the inspections",
    "O6": "A practice example names an area only if its letter is published",
    "O7": "A lesson cites findings from more than one area",
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
