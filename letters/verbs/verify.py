"""Verify a pack: everything in which it is not what its manifest says."""

from letters.publication.verification import Pack, differences
from letters.verbs.steps import Step, log_step


def verify(pack: Pack) -> list[str]:
    """Return every file that was changed, lost or added; nothing where the pack is whole.

    Raises PackFault where it has no manifest, or a garbled one.
    """
    log_step(Step.PUBLISH, f"verify {pack.name}")
    return differences(pack)
