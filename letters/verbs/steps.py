"""The seven steps of docs/architecture.md in the log: one line each, at the level INFO."""

import logging
from enum import StrEnum

LOG = logging.getLogger("letters")


class Step(StrEnum):
    """The steps by their names in documents, logs and tests."""

    READ = "1 Read the findings"
    CHECK_FACTS = "2 Check the facts"
    COMPOSE = "3 Compose"
    CHECK_PROSE = "4 Check prose and shape"
    WRITE = "5 Write"
    MERGE = "6 Take back and merge"
    PUBLISH = "7 Publish"


def log_step(step: Step, what: str) -> None:
    """Log that a step begins, and with what: a file, an id or a format, and never words of a letter."""
    LOG.info("%s: %s", step.value, what)
