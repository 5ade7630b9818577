"""Reminds people in the area of a statement that is due: some working days before, and once behind the day."""

from django.db import transaction

from letters.findings.calendar import working_days_away
from letters.workspace import outbox
from letters.workspace.answering import standing_submission
from letters.workspace.models import Purpose, Reminder, Respondent
from letters.workspace.now import now, today
from letters.workspace.stages import is_published
from letters.workspace.to_area import page_of

DAYS = (30, 10, 1, -1)
"""Working days before the last day on which somebody is reminded; negative behind it."""


def remind() -> int:
    """Remind everybody who has a statement to submit and a day that calls for it; return how many mails there are.

    Doing it twice on a day sends nothing twice; a day on which nothing ran is made up for by the next one.
    """
    count = 0
    rows = Respondent.objects.filter(revoked_at=None, sending__purpose=Purpose.STATEMENT, sending__settled_at=None)
    for respondent in rows.select_related("sending__case"):
        due = respondent.sending.last_day
        try:
            passed = [days for days in DAYS if working_days_away(due, -days) <= today()]
        except OverflowError:
            continue
        if not passed or standing_submission(respondent) or not is_published(respondent.sending.case):
            continue
        with transaction.atomic():
            _, is_new = Reminder.objects.get_or_create(
                respondent=respondent, last_day=due, days=min(passed), defaults={"at": now()}
            )
            if is_new:
                said = "was due" if due < today() else "is due"
                outbox.put(
                    respondent.email,
                    "Your written statement of action",
                    f"Dear {respondent.name}",
                    f"The written statement of action {said} on {due:%d %B %Y}. Your page:\n{page_of(respondent)}",
                )
                count += 1
    return count
