"""The schema describes its fields in the words below them, as pydantic would read them itself."""

from pydantic import ConfigDict

from letters.findings.descriptions import described
from letters.findings.fields import Line, Part
from letters.findings.finding import Sourced


class Place(Part):
    """Where it was."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    name: Line
    """What it is called."""
    silent: Line | None = None
    street: Line | None = None
    """The street,

    with its number."""


class Visit(Sourced):
    """A visit, with fields of its own and those of every finding."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    place: Place
    """Where it was."""
    other: Place | None = None
    """Another place."""
    days: list[int] = []
    """How many days."""


def test_a_field_has_the_description_that_pydantic_would_give_it() -> None:
    ours = described(Place)
    assert ours == Place.model_json_schema()
    assert ours["properties"]["street"]["description"] == "The street,\n\nwith its number."
    assert "description" not in ours["properties"]["silent"]


def test_inherited_fields_keep_their_words() -> None:
    found, theirs = described(Visit)["properties"], Visit.model_json_schema()["properties"]
    assert found["scope"]["description"].startswith("The scope area of the framework")
    assert {name: found[name] for name in ("place", "other", "days")} == {
        name: theirs[name] for name in ("place", "other", "days")
    }
