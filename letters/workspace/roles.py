"""Who may do what with a case: the roles, and the acts of each."""

from enum import StrEnum


class Act(StrEnum):
    """Something that a person does with a case; every page and every form is one of them."""

    READ = "read"
    """The case, its letter, its findings and its checks."""
    VERSIONS = "versions"
    """Every version, what lies between two of them, and all formats."""
    WRITE = "write"
    """Findings of one's own inspectorate."""
    REVIEW = "review"
    """What was sent for review: reading it, and answering with a copy, with words written here, or with nothing."""
    AGREE = "agree"
    """Agreeing for one's own inspectorate, or asking for a change first."""
    ACCURACY = "accuracy"
    """What the area answered on factual accuracy, and what was decided on it."""
    DECIDE = "decide"
    """Deciding on points of factual accuracy."""
    LEAD = "lead"
    """Everything else in the file: dates, people, wording, other versions; rules set aside; who sees the case."""
    CONFIRM = "confirm"
    """Confirming as the second person what another asked for: to publish, to correct, to withdraw."""
    PLACE = "place"
    """What was published: taking the files for one's own site, and saying where they are."""
    HISTORY = "history"
    """What happened, as far as the role shows it."""


class Role(StrEnum):
    """The part that a person has in a case."""

    LEAD = "lead"
    WRITER = "writer"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    FA_DECIDER = "fa_decider"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


ACTS: dict[Role, frozenset[Act]] = {
    Role.LEAD: frozenset(Act) - {Act.AGREE},
    Role.WRITER: frozenset({Act.READ, Act.VERSIONS, Act.WRITE, Act.REVIEW, Act.ACCURACY, Act.HISTORY}),
    Role.REVIEWER: frozenset({Act.READ, Act.REVIEW}),
    Role.APPROVER: frozenset({Act.READ, Act.VERSIONS, Act.REVIEW, Act.AGREE, Act.ACCURACY, Act.CONFIRM, Act.HISTORY}),
    Role.FA_DECIDER: frozenset({Act.READ, Act.VERSIONS, Act.ACCURACY, Act.DECIDE}),
    Role.PUBLISHER: frozenset({Act.PLACE}),
    Role.AUDITOR: frozenset({Act.HISTORY}),
}
"""A publisher gets what was published alone, which no draft is; an auditor reads what happened and no words."""

TITLES = {
    Role.LEAD: "Lead (QA manager or lead inspector)",
    Role.WRITER: "Writer",
    Role.REVIEWER: "Reviewer",
    Role.APPROVER: "Approver",
    Role.FA_DECIDER: "Decider on factual accuracy",
    Role.PUBLISHER: "Publisher",
    Role.AUDITOR: "Auditor",
}
SEES_ALL_EVENTS = frozenset({Role.LEAD, Role.AUDITOR})
"""Roles that are shown everything that happened; an approver is shown what her inspectorate did, a writer her own."""
SEES_EVIDENCE = frozenset({Role.LEAD, Role.WRITER, Role.APPROVER, Role.FA_DECIDER})
"""Roles that are shown the evidence and notes of every inspectorate."""
