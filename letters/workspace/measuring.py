"""How a workspace is, in numbers that say nothing of any case: for an operator's monitoring."""

from collections.abc import Iterator

from django.db.models import Count

from letters.workspace.jobs import waiting_jobs
from letters.workspace.models import Artefact, Blob, Case, Event, Mail, PackState, Person, Publication, Stage, Version
from letters.workspace.now import now


def measures() -> Iterator[tuple[str, str, float]]:
    """Yield the name of each measure, what it is, and its value."""
    stages = dict(Case.objects.order_by().values_list("stage").annotate(count=Count("pk")))
    yield "letters_people", "People who can sign in", Person.objects.filter(is_active=True).count()
    yield "letters_versions", "Versions", Version.objects.count()
    yield "letters_events", "Events", Event.objects.count()
    yield "letters_files", "Files", Blob.objects.count()
    yield "letters_jobs_waiting", "Jobs that wait for the worker", waiting_jobs()
    waiting = Mail.objects.filter(sent_at=None)
    yield "letters_mails_waiting", "Mails that are not sent yet", waiting.count()
    yield "letters_mails_failing", "Mails that could not be sent at least once", waiting.filter(tries__gt=0).count()
    oldest = waiting.order_by("at").first()
    seconds = (now() - oldest.at).total_seconds() if oldest else 0
    yield "letters_mail_oldest_seconds", "Age of the oldest mail that is not sent", seconds
    failed = Artefact.objects.filter(state=Artefact.FAILED).count()
    yield "letters_artefacts_failed", "Files that could not be made", failed
    packs = Publication.objects.filter(state__in=(PackState.WANTED, PackState.FAILED))
    yield "letters_packs_open", "Packs that are being made or could not be made", packs.count()
    for stage in Stage:
        yield f'letters_cases{{stage="{stage.value}"}}', "Cases by how far they have come", stages.get(stage, 0)


def as_text() -> str:
    """Return the measures in the text format of Prometheus."""
    lines: list[str] = []
    for name, what, value in measures():
        plain = name.partition("{")[0]
        if f"# TYPE {plain} gauge" not in lines:
            lines += [f"# HELP {plain} {what}", f"# TYPE {plain} gauge"]
        lines.append(f"{name} {value:g}")
    return "\n".join(lines) + "\n"
