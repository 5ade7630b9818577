"""Whatever reviewers do to a letter, the next letter is the accepted one, or each difference is listed."""

import pytest

from letters.findings.inspection import Inspection
from tests.builders import inspection, recommendation
from tests.versions.review_rounds import Sent, rounds, sent

NAMES = ("Ann", "Ben", "Cy")
ROUNDS = 300
MOST_BY_HAND = 0.05


def one_page() -> Inspection:
    """Return an inspection whose letter has about one page and a finding of every kind."""
    return inspection(
        headline_findings=["Children are seen quickly when they are hurt. Their plans say little of what they want."],
        strengths=[
            {
                "id": "S-01",
                "text": "The care that teachers take with children who come to school hungry[^meals] or cold.",
            },
            {
                "id": "S-02",
                "text": "The way that nurses listen to young carers.",
                "points": ["at home", "and in school"],
            },
            "The patience that foster carers show when children cannot say what is wrong.",
        ],
        footnotes={"meals": "The school has offered breakfast since September 2023."},
        recommendations=[
            recommendation("The timeliness of decisions about children who wait for help.", findings=["M-02"]),
            recommendation(
                "How police officers record what children say.",
                target=["police"],
                points=["when they are at home", "when they are asleep", "when they are out"],
            ),
        ],
        main_findings=[
            {"id": "M-01", "text": "Leaders know their area well. They meet every month and act on what they learn."},
            {
                "id": "M-02",
                "text": "Social workers visit often. Some children wait too long for a first visit.",
                "impact": "This leaves them at risk for longer than they need to be.",
                "evidence": ["case 12"],
            },
            {"id": "M-03", "text": "Health visitors write clear notes. They share them with schools at once."},
            {"id": "M-04", "text": "The first paragraph is about the police.\n\nThe second is about their training."},
        ],
        case_studies=[
            {
                "id": "C-01",
                "type": "highly_effective",
                "text": "A midwife noticed a bruise.\n\nShe called at once.\n\nThe child is now safe with an aunt.",
            }
        ],
    )


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The draft of a one-page letter, sent."""
    return sent(one_page(), tmp_path_factory.mktemp("rounds"))


def test_the_next_letter_is_the_accepted_one_or_each_difference_is_listed(draft: Sent) -> None:
    figures = rounds([draft], range(ROUNDS), lambda seed: NAMES[: 1 + seed % 3])
    told = "\n".join(figures.told)
    assert figures.counts["silent"] == figures.counts["refused"] == 0, told
    assert figures.counts["by hand"] <= MOST_BY_HAND * ROUNDS, told
