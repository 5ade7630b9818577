"""Verify a pack: everything in which it is not what its manifest says, or not what its inspection makes."""

from collections.abc import Iterator, Mapping

from letters.houses.house import House
from letters.publication.amendments import first_published, history
from letters.publication.pack import checked_kinds, make, whole
from letters.publication.publication import Publication
from letters.publication.record import identifier
from letters.publication.renderings import SUFFIXES
from letters.publication.verification import Pack, differences
from letters.verbs.steps import Step, log_step


def verify(pack: Pack) -> list[str]:
    """Return every file that was changed, lost or added; nothing where the pack is whole.

    Raises PackFault where it has no manifest, or a garbled one.
    """
    log_step(Step.PUBLISH, f"verify {pack.name}")
    return differences(pack)


def verify_against(pack: Pack, work: Publication, houses: Mapping[str, House]) -> list[str]:
    """Return everything in which a pack is not what a publication makes, so that a forged manifest is noticed.

    `work` is as of the day that the pack was published, `houses` are by the folders that they publish in and have the
    art that the pack was made with. Raises PackFault where the pack has no manifest, or a garbled one.
    """
    data = pack.manifest
    wrong = differences(pack)
    if data["identifier"] != identifier(work):
        return [*wrong, f"it is the pack of {data['identifier']}, and {work.name} makes {identifier(work)}"]
    if data["state"] == "withdrawn":
        return [*wrong, f"it was withdrawn on {data['withdrawn']['on']}, and has nothing of {work.name} in it"]
    if data["state"] == "draft":
        return [*wrong, "it is a draft, which nobody published"]
    if data["words"] != work.words:
        wrong.append(f"its manifest has the words {data['words']}, and {work.name} has {work.words}")
    return wrong + [said for said in remade(pack, work, houses) if said not in wrong]


def remade(pack: Pack, work: Publication, houses: Mapping[str, House]) -> Iterator[str]:
    """Yield the files of a pack that are other than those that the publication makes now."""
    data = pack.manifest
    if "amended" in data or "reinstated" in data:
        work = first_published(work, data.get("amended", {}).get("previously published", data["published"]))
    listed = [row["path"] for row in data["files"]]
    kinds = tuple(kind for kind, suffix in SUFFIXES.items() if any(path.endswith(suffix) for path in listed))
    files = whole(make(work, houses, checked_kinds(kinds), history(data)), work)
    made = {path: file.data for path, file in files.items()}
    for path in listed:
        if path not in made:
            yield f"{path} is none of the files that {work.name} makes"
        elif path in pack.files and pack.files[path] != made[path]:
            yield f"{path} is not what {work.name} makes"
    yield from (f"{path}, which {work.name} makes, is not in it" for path in made if path not in listed)
