"""Rules that people set aside for a case, with a reason; some take two people."""

import re
from hashlib import sha256

from django.db import transaction
from pydantic import ValidationError

from letters.checks.texts import PUBLICATION, RULES
from letters.errors import LettersError
from letters.findings.inspection import Override
from letters.workspace.access import Access
from letters.workspace.events import record
from letters.workspace.models import Case, SetAside
from letters.workspace.now import now
from letters.workspace.reading import TWO_PEOPLE
from letters.workspace.typed import cleaned, on_one_line

MOST_PLACE = 200
CODE = re.compile(r"^[VP][1-9][0-9]?$")


def titles() -> dict[str, str]:
    """Return what each rule is called, by its code."""
    return {**{code: held.title for code, held in RULES.items()}, **PUBLICATION}


def set_aside(access: Access, rule: str, where: str, reason: str) -> SetAside:
    """Set a rule aside for a case, everywhere or at one place; raises LettersError where it cannot be."""
    if not CODE.match(rule) or rule not in {*RULES, *PUBLICATION}:
        raise LettersError(f"There is no rule {rule}.")
    if len(where) > MOST_PLACE:
        raise LettersError("The place is too long. Name one finding or field.")
    reason, where = cleaned(reason), on_one_line(where)
    if not reason:
        raise LettersError("Say why the letter is right all the same.")
    try:
        Override(rule=rule, where=where or None, reason=reason, name=access.person.name)
    except ValidationError:
        raise LettersError("The place or the reason has a sign in it that no letter can have. Write it anew.") from None
    with transaction.atomic():
        row, is_new = SetAside.objects.get_or_create(
            case=access.case,
            rule=rule,
            where=where,
            ended_at=None,
            defaults={"reason": reason, "person": access.person, "at": now()},
        )
        if is_new:
            record(
                access.case, access.person, "rule_set_aside", rule, {"where": where, "reason": said_hash(row.reason)}
            )
            count_anew(access.case)
        elif row.reason != reason:
            raise LettersError(f"{row.person.name} set {rule} aside there already: {row.reason}")
    return row


def confirm(access: Access, pk: int) -> None:
    """Confirm as the second person that a rule is set aside; raises LettersError for the first one."""
    with transaction.atomic():
        row = standing(access, pk)
        if row.rule not in TWO_PEOPLE or row.second is not None:
            raise LettersError(f"{row.rule} needs no second person.")
        if row.person == access.person:
            raise LettersError(f"You set {row.rule} aside yourself. Another lead has to confirm it.")
        row.second, row.second_at = access.person, now()
        row.save()
        record(access.case, access.person, "rule_set_aside_confirmed", row.rule, {"where": row.where})
        count_anew(access.case)


def end(access: Access, pk: int) -> None:
    """Let a rule hold again."""
    with transaction.atomic():
        row = standing(access, pk)
        row.ended_at = now()
        row.save()
        record(access.case, access.person, "rule_holds_again", row.rule, {"where": row.where})
        count_anew(access.case)


def said_hash(reason: str) -> str:
    """Return the hash of a reason: an event proves it without telling it."""
    return sha256(reason.encode()).hexdigest()


def count_anew(case: Case) -> None:
    """Forget how many errors a letter has: what is set aside changes it."""
    Case.objects.filter(pk=case.pk).update(errors=None)


def standing(access: Access, pk: int) -> SetAside:
    """Return a row of the case that still stands."""
    row = SetAside.objects.filter(case=access.case, pk=pk, ended_at=None).first()
    if row is None:
        raise LettersError("This rule is no longer set aside.")
    return row
