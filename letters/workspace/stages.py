"""How far a case has come: worked out from what was sent, given back and agreed, and kept for lists."""

from django.db.models import QuerySet

from letters.workspace.models import (
    Agreement,
    ByHand,
    Case,
    Event,
    PackState,
    Publication,
    PublicationAct,
    Purpose,
    Return,
    Sending,
    Stage,
)
from letters.workspace.reading import head_of, taking_part


def settle(case: Case) -> None:
    """Work out how far a case has come, in the transaction of what was done with it."""
    case.stage = stage_of(case)
    Case.objects.filter(pk=case.pk).update(stage=case.stage)


def stage_of(case: Case) -> Stage:
    """Return how far a case has come."""
    published = of_publication(case)
    if published is not None:
        return published
    accuracy = with_area(case)
    if accuracy is not None and accuracy.settled_at is None:
        return Stage.ACCURACY if accuracy.closed_at is None else Stage.DECIDING
    if is_agreement_asked(case):
        agreed = Stage.FINAL if accuracy is not None else Stage.AGREED
        unmerged = case.sendings.filter(purpose=Purpose.REVIEW, is_unmerged=True).exists()
        return agreed if all_agree(case) and not left_by_hand(case) and not unmerged else Stage.AGREEMENT
    in_review = case.sendings.filter(purpose=Purpose.REVIEW, closed_at=None).exists()
    return Stage.REVIEW if in_review else Stage.DRAFTING


def of_publication(case: Case) -> Stage | None:
    """Return how far publication has come; nothing where it has not begun, or where newer words are on their way."""
    if under_way(case) is not None:
        return Stage.PUBLICATION
    last = published_last(case)
    if last is None:
        return None
    if last.act == PublicationAct.WITHDRAW:
        return Stage.WITHDRAWN
    return of_statement(case) if last.words == head_of(case).words else None


def of_statement(case: Case) -> Stage:
    """Return how far the written statement has come once a letter is published."""
    statement = case.sendings.filter(purpose=Purpose.STATEMENT).first()
    if statement is None:
        return Stage.PUBLISHED
    return Stage.STATEMENT if statement.settled_at is None else Stage.CLOSED


def under_way(case: Case) -> Publication | None:
    """Return the act on the public record that somebody asked for and that is not done yet."""
    return case.publications.filter(state__in=(PackState.ASKED, PackState.WANTED, PackState.FAILED)).first()


def published_last(case: Case) -> Publication | None:
    """Return the last act on the public record whose pack was made; none where nothing was ever published."""
    return case.publications.filter(state=PackState.MADE).first()


def is_published(case: Case) -> bool:
    """Say whether something of a case is on the public record now."""
    last = published_last(case)
    return last is not None and last.act != PublicationAct.WITHDRAW


def with_area(case: Case) -> Sending | None:
    """Return the draft that is, or was, with the area for factual accuracy; the newest one counts."""
    return case.sendings.filter(purpose=Purpose.ACCURACY).first()


def is_agreement_asked(case: Case) -> bool:
    """Say whether agreement was asked for since the last review began."""
    verbs = ("agreement_asked", "sent_for_review")
    last = Event.objects.filter(chain=case.slug, verb__in=verbs).order_by("-seq").first()
    return last is not None and last.verb == "agreement_asked"


def given(case: Case) -> dict[str, Agreement]:
    """Return the newest agreement of each inspectorate, those taken back left out, whatever words it is to."""
    rows = Agreement.objects.filter(case=case).select_related("person", "version").order_by("pk")
    newest = {row.inspectorate: row for row in rows}
    return {name: row for name, row in newest.items() if row.taken_back_at is None}


def all_agree(case: Case) -> bool:
    """Say whether every inspectorate that takes part agrees to the very words of the newest version."""
    head = head_of(case)
    held = given(case)
    names, _ = taking_part(head)
    return bool(head.words) and all(name in held and held[name].words == head.words for name in names)


def copies_that_count(sending: Sending) -> QuerySet[Return]:
    """Return the copies of a sending that could be taken and that none replaces."""
    replaced = Return.objects.filter(sending=sending, fault="").exclude(replaces=None).values("replaces")
    rows = Return.objects.filter(sending=sending, fault="").exclude(file=None).exclude(pk__in=replaced)
    return rows.select_related("organisation", "person", "file__blob").order_by("pk")


def left_by_hand(case: Case) -> list[ByHand]:
    """Return what still has to be made by hand."""
    return list(ByHand.objects.filter(sending__case=case, done_in=None).select_related("sending").order_by("pk"))
