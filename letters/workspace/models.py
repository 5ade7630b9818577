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


class Case(models.Model):
    """One inspection from the first line to the published letter."""

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


class StoredFile(models.Model):
    """A file that somebody gave, as it came."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="files")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
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

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()
    what = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} {self.what}"


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


class Sending(models.Model):
    """A version that was sent to reviewers. Its last day, its end and whether it is merged may change."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sendings")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sendings")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    """The very Word file that everybody gets."""
    last_day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_unmerged = models.BooleanField(default=False)
    """Whether copies came that no merge has taken in yet."""
    closed_at = models.DateTimeField(null=True)
    """When its lead stopped waiting for copies; one that comes later is taken all the same."""

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
