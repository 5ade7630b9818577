"""Each inspectorate puts what was published on its own site, and says where; the address can be looked at."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from letters.findings.registers import inspectorates
from letters.publication.hygiene.patterns import is_web_address
from letters.publication.manifest import JSON_NAME
from letters.workspace.access import Access, NoSuchCase
from letters.workspace.events import record
from letters.workspace.jobs import later
from letters.workspace.models import Case, Organisation, PackFile, PackState, Placing, Publication, Reached
from letters.workspace.now import now
from letters.workspace.once import refuse_done, remember
from letters.workspace.packing import file_of
from letters.workspace.reaching import NotReached, fetched_hash
from letters.workspace.reading import taking_part
from letters.workspace.refused import Refused
from letters.workspace.roles import Act
from letters.workspace.stages import published_last

MOST_ADDRESS = 400


@dataclass(frozen=True)
class Site:
    """The website of one inspectorate, and where it has a publication."""

    inspectorate: str
    name: str
    placing: Placing | None


def sites(row: Publication) -> list[Site]:
    """Return where each inspectorate that takes part has a publication."""
    names, on = taking_part(row.version)
    known = inspectorates()
    newest = {held.inspectorate: held for held in row.placings.select_related("person")}
    return [Site(name, known[name].on(on).name if name in known else name, newest.get(name)) for name in names]


def own_sites(access: Access, row: Publication) -> list[Site]:
    """Return the sites that a person places things on: a lead sees all, a publisher her own inspectorate's."""
    return [site for site in sites(row) if access.may(Act.LEAD) or site.inspectorate == access.inspectorate]


def own_site(access: Access, row: Publication, inspectorate: str) -> Site:
    """Return one of the sites that a person places things on; raises NoSuchCase for another."""
    found = next((site for site in own_sites(access, row) if site.inspectorate == inspectorate), None)
    if found is None:
        raise NoSuchCase(inspectorate)
    return found


def place(access: Access, row: Publication, inspectorate: str, address: str, once: UUID | None, led_to: str) -> Placing:
    """Enter where an inspectorate has a publication; raises Refused where that is no address."""
    refuse_done(access.person, once)
    site, address = own_site(access, row, inspectorate), address.strip()
    if not is_web_address(address) or len(address) > MOST_ADDRESS or not address.startswith("https://"):
        raise Refused([("address", "Give the whole address of the page or file, beginning with https://.")])
    with transaction.atomic():
        last = published_last(row.case)
        if last is None or last.pk != row.pk:
            raise Refused([("", "Something newer was published or withdrawn. Take that instead.")])
        found = Placing.objects.create(
            publication=row, inspectorate=site.inspectorate, address=address, person=access.person, at=now()
        )
        data = {"inspectorate": inspectorate, "address": address}
        record(row.case, access.person, "publication_placed", str(row.number), data)
        remember(access.person, once, led_to)
        if settings.LETTERS.checks_addresses:
            later("letters.workspace.placing.check", found.pk)
    return found


def check(pk: int) -> None:
    """Look at an address and say whether it has one of the files of the pack: what the worker does."""
    row = Placing.objects.select_related("publication__case").filter(pk=pk).first()
    if row is None:
        return
    try:
        digest = fetched_hash(row.address)
    except NotReached as fault:
        reached, found = Reached.UNREACHABLE, str(fault)
    else:
        name = name_of(row, digest)
        reached, found = (Reached.SAME, name) if name else (Reached.OTHER, "")
    Placing.objects.filter(pk=pk).update(reached=reached, found=found[:300], checked_at=now())


def name_of(row: Placing, digest: str) -> str:
    """Return the file of an inspectorate's folder that has a hash; nothing where none has."""
    folder = f"{row.inspectorate}/"
    listed = json.loads(file_of(row.publication, JSON_NAME))["files"]
    paths = [held["path"] for held in listed if held["sha256"] == digest and held["path"].startswith(folder)]
    return str(paths[0]).removeprefix(folder) if paths else ""


def can_check() -> bool:
    """Say whether addresses are looked at."""
    return bool(settings.LETTERS.checks_addresses)


def for_publisher(cases: QuerySet[Case], body: Organisation) -> list[tuple[Publication, Site]]:
    """Return the last publication of each of some cases, the newest first, with the site of one inspectorate.

    An inspectorate takes part where a pack has files for it.
    """
    last = Publication.objects.filter(case=OuterRef("case"), state=PackState.MADE).order_by("-number").values("pk")[:1]
    for_body = PackFile.objects.filter(publication=OuterRef("pk"), path__startswith=f"{body.register_id}/")
    rows = Publication.objects.filter(Exists(for_body), case__in=cases, pk=Subquery(last))
    rows = rows.select_related("case", "version").order_by("-made_at", "-pk")
    found = list(rows)
    placings = Placing.objects.filter(publication__in=found, inspectorate=body.register_id).select_related("person")
    newest = {held.publication_id: held for held in placings.order_by("pk")}
    return [(row, Site(body.register_id, body.name, newest.get(row.pk))) for row in found]
