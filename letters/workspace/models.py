"""The tables of the workspace. Rows are added and never changed, unless a model says otherwise."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from letters.workspace.roles import TITLES, Role

HASH = 64
"""Hexadecimal digits of a SHA-256."""


class Body(models.TextChoices):
    """What kind of organisation it is."""

    INSPECTORATE = "inspectorate", "Inspectorate"
    AGENCY = "agency", "Agency"
    PARTNERSHIP = "partnership", "Safeguarding partnership"


class Organisation(models.Model):
    """An inspectorate, an agency or a partnership that people belong to."""

    kind = models.CharField(max_length=20, choices=Body)
    register_id = models.CharField(max_length=40, unique=True)
    """An inspectorate's id in registers/inspectorates.yaml."""
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Finds people by their e-mail address, in any case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with an address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in. May change; never deleted, since events name her."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    """Keeps accounts, and sees nothing of any case by that."""
    added_at = models.DateTimeField()

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name that pages show."""
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Say that nobody has a permission of Django's: `access.py` decides alone."""
        return False

    def has_module_perms(self, label: str) -> bool:
        """Say that nobody has one for a whole application either."""
        return False


class Blob(models.Model):
    """A file by the hash of its bytes; it is on disk before a row names it."""

    sha256 = models.CharField(max_length=HASH, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.sha256[:12]


class Stage(models.TextChoices):
    """How far a case has come, by what was done with it."""

    DRAFTING = "drafting", "Drafting"
    REVIEW = "review", "In review"
    AGREEMENT = "agreement", "In agreement"
    AGREED = "agreed", "Agreed"
    ACCURACY = "accuracy", "With the area"
    DECIDING = "deciding", "Deciding on facts"
    FINAL = "final", "Final words agreed"
    PUBLICATION = "publication", "Being published"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    STATEMENT = "statement", "Statement of action due"
    CLOSED = "closed", "Statement acknowledged"
    ERASED = "erased", "Erased"


REPORT = "overview"
"""The kind of a case that is the overview report of a round."""


class Case(models.Model):
    """One inspection from the first line to the published letter; or the report of a round, to its publication."""

    slug = models.CharField(max_length=32, unique=True)
    """The id of the inspection."""
    title = models.CharField(max_length=400)
    """The area, as lists show it; worked out from the newest version."""
    theme = models.CharField(max_length=400)
    kind = models.CharField(max_length=30)
    round_name = models.CharField(max_length=200, blank=True)
    letter_day = models.DateField(null=True)
    """The date that the letter bears."""
    head = models.PositiveIntegerField(default=0)
    """The number of the newest version. These six change with it, and the case's row is locked meanwhile."""
    errors = models.PositiveIntegerField(null=True)
    """How many errors hold the letter back from agreement, once a worker has counted them."""
    stage = models.CharField(max_length=20, default=Stage.DRAFTING, choices=Stage)
    """How far it has come: worked out anew after everything that is done with it."""
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug

    @property
    def is_report(self) -> bool:
        """Whether it is the overview report of a round, and no inspection."""
        return self.kind == REPORT


class Part(models.Model):
    """The part of a person in a case: without one, the case does not exist for her. Ends, and is never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20, choices=[(role.value, title) for role, title in TITLES.items()])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One running part of a kind for each person and case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "person", "role"], condition=models.Q(until=None), name="one_running_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"

    @property
    def title(self) -> str:
        """The role in words."""
        return TITLES[Role(self.role)]


class Erased(models.Model):
    """That a case gave a file up, since drafts are kept so long and no longer; the row of the file stays."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="erased")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erased")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.blob} erased"


class StoredFile(models.Model):
    """A file that somebody gave, as it came."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="files")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    """Who gave it; none where it came from somebody in the area."""
    purpose = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    """Its name as uploaded: shown, and never used as a path."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class MadeBy(models.TextChoices):
    """How a version came to be."""

    UPLOAD = "upload", "upload"
    QUESTIONS = "questions", "five questions"
    OLDER_LETTER = "older_letter", "an older letter"
    FORM = "form", "form"
    CORRECTION = "correction", "safe correction"
    REPLACEMENT = "replacement", "words replaced everywhere"
    RESTORE = "restore", "restored"
    MERGE = "merge", "reviewed copies merged"
    ACCURACY = "accuracy", "points of factual accuracy"
    ROUND = "round", "a round of inspections"
    LETTERS = "letters", "newer letters"


class Version(models.Model):
    """One text of an inspection file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.ForeignKey(Blob, on_delete=models.PROTECT)
    words = models.CharField(max_length=20, blank=True)
    """The hash of the letter's words as final; empty where the letter cannot be composed."""
    engine = models.CharField(max_length=40)
    made_by = models.CharField(max_length=20, choices=MadeBy)
    note = models.CharField(max_length=300)
    """What was done, in words that hold nothing of the draft."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        """Numbers count from one without gaps."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="one_version_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.case} v{self.number}"

    @property
    def how(self) -> str:
        """How it came to be, in words."""
        return MadeBy(self.made_by).label


class VersionMember(models.Model):
    """A letter that a version of a report rests on: one version of an inspection of its round."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="members")
    file = models.CharField(max_length=120)
    """What the round file calls it; without its suffix it is how findings of it are referred to."""
    letter = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A letter has one name in a report, and a name is that of one letter."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "file"], name="one_letter_of_a_name")
        ]
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.file} in {self.version}"


class SetAside(models.Model):
    """A rule that somebody set aside for a case. Only the second person and the end of it are filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="set_aside")
    rule = models.CharField(max_length=4)
    where = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """Who confirmed it, where the rule asks for two people."""
    second_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.rule} {self.where}"


class Event(models.Model):
    """Something that happened; it bears the hash of the one before, so that none can be changed or lost unseen."""

    chain = models.CharField(max_length=40)
    """The slug of its case, or `:workspace` for what belongs to none."""
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    data = models.TextField()
    """Canonical JSON without words of any draft."""
    prev = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH)

    class Meta:
        """Numbers count from one without gaps."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_event_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["chain", "seq"]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.verb}"


class Artefact(models.Model):
    """A file that is made from a version: a cache, which may change and be thrown away."""

    WANTED, MADE, FAILED = "wanted", "made", "failed"

    key = models.CharField(max_length=HASH, unique=True)
    """The hash of everything that it is made from."""
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    house = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    older = models.PositiveIntegerField(null=True)
    """For a redline, the version that it leads from."""
    state = models.CharField(max_length=10, default=WANTED)
    reason = models.TextField(blank=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True)
    wanted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.case} v{self.version}"


class Look(models.Model):
    """That somebody read or fetched a draft."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    respondent = models.ForeignKey("Respondent", on_delete=models.PROTECT, null=True, related_name="looks")
    """Somebody in the area, who is no person of the workspace."""
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person or self.respondent} {self.what}"


class Unsaved(models.Model):
    """What somebody typed and could not be saved yet. Deleted once it is saved or given up."""

    key = models.UUIDField(unique=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    path = models.CharField(max_length=400)
    """The page that it was typed in."""
    fields = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path


class Once(models.Model):
    """A form that was done already, and where it led: pressing twice does it once."""

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    led_to = models.CharField(max_length=400)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Purpose(models.TextChoices):
    """What a version is sent for."""

    REVIEW = "review", "review"
    ACCURACY = "accuracy", "factual accuracy"
    STATEMENT = "statement", "a written statement of action"


class Mode(models.TextChoices):
    """Who answers on factual accuracy."""

    SINGLE = "single", "one answer: the coordinator asks the agencies and answers for all"
    SEPARATE = "separate", "separate answers: each agency answers alone, and none sees another’s"


class Sending(models.Model):
    """A version that was sent to reviewers or to the area. Its last day, its end and what became of it may change."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sendings")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose)
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    """For factual accuracy, who answers."""
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sendings")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    """The very Word file that everybody gets."""
    last_day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_unmerged = models.BooleanField(default=False)
    """Whether copies came that no merge has taken in yet."""
    closed_at = models.DateTimeField(null=True)
    """When its lead stopped waiting for answers; one that comes later is kept all the same."""
    settled_at = models.DateTimeField(null=True)
    """For factual accuracy, when every point had its verdict and what was accepted was in a version."""

    class Meta:
        """Numbers count from one within a case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="one_sending_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.case} review {self.number}"


class Asked(models.Model):
    """Who was asked to review what was sent: a person, or an inspectorate."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Return(models.Model):
    """An answer of a reviewer to what was sent: a copy, a copy that could not be taken, or that she has no comments."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who gave it."""
    name = models.CharField(max_length=60)
    """What it is called among the copies of its sending, such as cqc or cqc-2: ours, and not that of the file."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    """The copy as it came; none where there are no comments."""
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    is_written_here = models.BooleanField(default=False)
    """Whether it was made from what somebody wrote in the browser."""
    found = models.JSONField(default=dict)
    """What is in it: how many changes, comments and changes with tracking off, and what stands elsewhere."""
    fault = models.TextField(blank=True)
    """Why it could not be taken."""
    at = models.DateTimeField()

    class Meta:
        """A name for each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sending", "name"], name="one_copy_of_a_name")
        ]
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """What a reviewer writes in the browser on a finding: words for its fields, and a remark. The newest counts."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="proposals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=40)
    fields = models.JSONField()
    """The fields that should say something else than was sent, as the finding has them."""
    remark = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.finding


class Decision(models.Model):
    """What was decided on a change in a copy; the newest for a change counts."""

    OPEN = "open"

    copy = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="decisions")
    change = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10)
    """accept, reject, part; or open, where a decision was taken back."""
    reason = models.TextField(blank=True)
    held = models.JSONField()
    """The decision as files of decisions have it, bound to the copy and to the words."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.change} {self.verdict}"


class Answer(models.Model):
    """What a lead answers to a comment in a copy; the newest counts."""

    copy = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="answers")
    comment = models.PositiveIntegerField()
    """The comment, by its place among those of the copy."""
    words = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.copy} {self.comment}"


class Merged(models.Model):
    """The copies of a sending merged: the version that it made, and the files that prove it."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="merges")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    """The inspection file that the copies and decisions make of what was sent."""
    combined = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    ledger = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    decisions = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    copies = models.JSONField()
    """The names of the copies that were merged."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.sending} merged"


class ByHand(models.Model):
    """Something of a copy that a person has to make. Who did so, and in which version, is filled in later."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="by_hand")
    copy = models.ForeignKey(Return, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    """The finding, or other part of the inspection, in whose form it is made; empty where it is none's."""
    what = models.TextField()
    done_in = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)
    """Why nothing has to change, where it was ticked off without a newer version."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sending} {self.place}"


class Agreement(models.Model):
    """That an inspectorate agrees to the words of a version. That it is taken back is filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    inspectorate = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=20)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.inspectorate} {self.words}"


class Wish(models.Model):
    """A change that an approver asks for before she agrees. What became of it is filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wishes")
    inspectorate = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.inspectorate} {self.finding}"


class Respondent(models.Model):
    """Somebody in the area who is invited to answer what was sent: one address, one answer. May be revoked."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="respondents")
    key = models.CharField(max_length=32, unique=True)
    """128 random bits in hexadecimal: they are in the address, and open nothing without a code sent by mail."""
    email = models.EmailField()
    name = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    """What she answers for, as pages show it."""
    is_coordinator = models.BooleanField(default=False)
    invited_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="invited")
    """The coordinator who invited her; none where the lead did."""
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were invited."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.body


class Code(models.Model):
    """A code that was sent by mail to sign in with once. Deleted when it was used or is too old."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=HASH)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"code for {self.respondent_id}"


class PointKind(models.TextChoices):
    """What a point says of a paragraph."""

    WRONG = "wrong", "A fact, name or title is wrong"
    INACCURATE = "inaccurate", "Information is inaccurate"
    MISSING = "missing", "Information is missing"


class StandingPoints(models.Manager["Point"]):
    """The points that were not taken out again."""

    def get_queryset(self) -> models.QuerySet["Point"]:
        """Return them."""
        return super().get_queryset().filter(dropped_at=None)


class Point(models.Model):
    """A point of factual accuracy. May change until it is submitted; what the coordinator does with it is filled in."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="points")
    place = models.CharField(max_length=80)
    """The paragraph, by the id of its block."""
    paragraph = models.PositiveIntegerField()
    """The paragraph, by the number that the draft shows."""
    kind = models.CharField(max_length=20, choices=PointKind)
    now = models.TextField()
    """The words of the paragraph as they were sent."""
    proposed = models.TextField(blank=True)
    """The words that the paragraph should have; empty where no words are proposed."""
    said = models.TextField()
    """What is not accurate, and how that is known."""
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    submitted_in = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, related_name="points")
    left_out = models.TextField(blank=True)
    """Why the coordinator did not take it into her answer, where she did not."""
    dropped_at = models.DateTimeField(null=True)
    """When it was taken out again, where it had been decided on."""

    objects = StandingPoints()

    class Meta:
        """In the order of the letter."""

        ordering: ClassVar[list[str]] = ["paragraph", "pk"]

    def __str__(self) -> str:
        return f"paragraph {self.paragraph}"


class Submission(models.Model):
    """An answer that was submitted. Whether a late one is taken, and that it is reopened, is filled in later."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="submissions")
    receipt = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    is_taken = models.BooleanField(default=True)
    """Whether it counts: a late one does once the lead takes it."""
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.receipt


class Verdict(models.Model):
    """What was decided on a point; the newest counts."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=10)
    """accept, part or reject."""
    words = models.TextField(blank=True)
    """The words that the paragraph gets; empty where none change."""
    reason = models.TextField()
    about = models.CharField(max_length=HASH)
    """The hash of what the point said: the verdict is on that, and on no other wording of it."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.point} {self.verdict}"


class Mail(models.Model):
    """A mail to be sent by the worker. What it says is emptied once it is sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.subject


class PublicationAct(models.TextChoices):
    """What is done with the public record."""

    PUBLISH = "publish", "Publish"
    AMEND = "amend", "Publish a correction"
    WITHDRAW = "withdraw", "Withdraw"
    REINSTATE = "reinstate", "Bring back"


class PackState(models.TextChoices):
    """How far a pack has come."""

    ASKED = "asked", "Waits for a second person"
    WANTED = "wanted", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"
    CALLED_OFF = "called_off", "Called off"


class Publication(models.Model):
    """One act on the public record, and its pack. The second person and what became of it are filled in later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=PublicationAct)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=20)
    day = models.DateField()
    """The day of publication, correction or withdrawal, as the public is told it."""
    note = models.TextField(blank=True)
    """What was corrected, or why it is withdrawn or brought back, as the public is told it."""
    replaced_by = models.CharField(max_length=400, blank=True)
    """The address that readers of a withdrawn letter should use."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=PackState, default=PackState.ASKED)
    progress = models.CharField(max_length=200, blank=True)
    """What the worker is making now."""
    reason = models.TextField(blank=True)
    """Why it could not be made."""
    made_at = models.DateTimeField(null=True)

    class Meta:
        """Numbers count from one within a case; one act is under way at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="one_publication_of_a_number"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=["asked", "wanted", "failed"]),
                name="one_publication_under_way",
            ),
        ]
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.case} publication {self.number}"

    @property
    def what(self) -> str:
        """What is done, in words."""
        return PublicationAct(self.act).label


class PackFile(models.Model):
    """One file of a pack, by its path in it."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)

    class Meta:
        """A path is one file."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["publication", "path"], name="one_file_of_a_path")
        ]
        ordering: ClassVar[list[str]] = ["path"]

    def __str__(self) -> str:
        return self.path


class Reached(models.TextChoices):
    """What was found at an address."""

    UNCHECKED = "unchecked", "not checked"
    SAME = "same", "the same file"
    OTHER = "other", "another file"
    UNREACHABLE = "unreachable", "could not be reached"


class Placing(models.Model):
    """Where an inspectorate put a publication on its site. What was found at the address is filled in."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="placings")
    inspectorate = models.CharField(max_length=40)
    address = models.CharField(max_length=400)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reached = models.CharField(max_length=20, choices=Reached, default=Reached.UNCHECKED)
    found = models.CharField(max_length=300, blank=True)
    """Which file it is, or why it could not be reached."""
    checked_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were entered; the newest of an inspectorate counts."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.inspectorate} {self.address}"


class ProcessFact(models.Model):
    """One part of what documents around a letter are made from, such as the contacts; the newest of a part counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="process_facts")
    part = models.CharField(max_length=20)
    data = models.JSONField()
    """The fields of the record that the part holds, as a process file has them."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were saved."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.part}"


class ProcessDocument(models.Model):
    """A document around a letter as it was made, with everything that it was made from."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    whom = models.CharField(max_length=40, blank=True)
    """For whom it is, by the id; empty where there is one for all."""
    recipient = models.CharField(max_length=300, blank=True)
    """For whom it is, in words."""
    on = models.DateField()
    """The day that it bears."""
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    """The record of the process that it was made from, as JSON."""
    file = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    """The very Word file; other formats are made anew from the record."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Numbers count from one within a case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="one_document_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.number}"


class DocumentSent(models.Model):
    """That a document was sent to somebody."""

    document = models.ForeignKey(ProcessDocument, on_delete=models.PROTECT, related_name="sent")
    to = models.CharField(max_length=300)
    on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were noted."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.document} to {self.to}"


class Action(models.Model):
    """An action of a written statement. May change until it is submitted."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.CharField(max_length=40, blank=True)
    """The recommendation that it answers, by its id; empty for how the partnership oversees all of it."""
    what = models.TextField(blank=True)
    lead = models.CharField(max_length=300, blank=True)
    """The agency that leads it."""
    contributors = models.TextField(blank=True)
    by_when = models.DateField(null=True)
    measure = models.TextField(blank=True)
    """How it is known that it works."""
    oversight = models.TextField(blank=True)
    """Who oversees it."""
    at = models.DateTimeField()
    submitted_in = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="actions")
    """The statement that it was submitted in; what that said is kept as a file of its own."""

    class Meta:
        """In the order of the recommendations, then as they were written."""

        ordering: ClassVar[list[str]] = ["recommendation", "pk"]

    def __str__(self) -> str:
        return f"{self.recommendation} {self.pk}"


class StatementReply(models.Model):
    """What the inspectorates answer to a statement: that they have it, or where it does not reflect the findings."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="replies")
    shortcomings = models.JSONField(default=list)
    """In what it does not reflect the findings; none where it is acknowledged."""
    again_by = models.DateField(null=True)
    record = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    """The record of the process that the letter which says so is made from, as JSON."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} {'returned' if self.shortcomings else 'acknowledged'}"


class Milestone(models.TextChoices):
    """How far an action has come."""

    NOT_BEGUN = "not_begun", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    GIVEN_UP = "given_up", "Given up"


class Progress(models.Model):
    """How far an action had come at a moment, as the principal authority says; the newest counts."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=20, choices=Milestone)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were said."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.state}"


class Reminder(models.Model):
    """That somebody in the area was reminded, once for each day that calls for it."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="reminders")
    last_day = models.DateField()
    days = models.IntegerField()
    """Working days before the last day; negative behind it."""
    at = models.DateTimeField()

    class Meta:
        """Once for each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["respondent", "last_day", "days"], name="one_reminder_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.respondent_id} {self.days}"


class LetterEntry(models.Model):
    """A finding of a published letter, to be searched. Made anew with each publication: a cache."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="entries")
    finding = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    """strength, priority, improvement, unprioritised, finding, headline or the type of a case study."""
    scope = models.CharField(max_length=40, blank=True)
    agencies = models.JSONField(default=list)
    """The kinds of agency that it is about."""
    paragraph = models.PositiveIntegerField(default=0)
    """The number of its first paragraph in the letter."""
    theme = models.CharField(max_length=400)
    day = models.DateField()
    """The day of publication."""
    words = models.TextField()

    class Meta:
        """The newest letters first, each in its order."""

        ordering: ClassVar[list[str]] = ["-day", "case", "paragraph", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.finding}"


class SelectionWhy(models.TextChoices):
    """Why an area is inspected."""

    INCIDENTS = "incidents", "Serious incidents"
    REVIEWS = "reviews", "Child safeguarding practice reviews"
    EARLIER = "earlier", "Earlier inspection reports"
    INTELLIGENCE = "intelligence", "Local intelligence"
    PRACTICE = "practice", "Good practice to be shown"
    OTHER = "other", "Something else"


class SelectionNote(models.Model):
    """Why this area: one reason with its source and day. Seen by leads alone, and in no document."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="selection_notes")
    why = models.CharField(max_length=20, choices=SelectionWhy)
    source = models.CharField(max_length=300)
    """Where it is known from."""
    day = models.DateField()
    """The day of the source."""
    note = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were noted."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.why}"
