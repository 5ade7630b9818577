"""A house: its words and its look, all of it data from a folder under styles/."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from letters.errors import HouseFault
from letters.houses.pictures import Picture, files_of, has_any
from letters.resources import folder_digest

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Points = Annotated[float, Field(ge=4, le=200, allow_inf_nan=False)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 _-]+$")]


class Strict(BaseModel):
    """A part of a house's or a form's own data: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def unfit_fields(error: ValidationError) -> str:
    """Return every field of a settings file that does not fit, and why."""
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())


class Look(Strict):
    """The measures of a page; sizes in points."""

    word_font: Name = "Tahoma"
    """The face named in DOCX."""
    word_fallback: Name = "Arimo"
    """The free face that DOCX names for machines without the first."""
    print_font: Name = "Arimo"
    """The face of the PDF, from styles/fonts."""
    web_fonts: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ,\"'_-]+$")] = "Arial, Helvetica, sans-serif"
    """The faces of the page, best first."""
    text_size: Points = 12
    title_size: Points = 14
    heading_size: Points = 13
    subheading_size: Points = 12
    note_size: Points = 9
    ink: Colour = "#0b0c0c"
    """The colour of text."""
    accent: Colour = "#0b0c0c"
    """The colour of headings and rules."""
    tint: Colour = "#f3f2f1"
    """The ground of table headers."""
    mark_strength: Colour = "#4c9a8c"
    """The ground of a strength in the matrix of a report; its words and its sign on it are those of text."""
    mark_priority: Colour = "#3b0a24"
    """The ground of an area for priority action in the matrix; its words and its sign on it are white."""
    mark_improvement: Colour = "#0b0c0c"
    """The frame, the sign and the words of an area for improvement in the matrix; its ground is white."""
    link: Colour = "#0b4a8f"
    """The colour of links."""
    logo_height: Points = 42
    """The height of the letterhead's logos."""
    words_kept_together: int = 330
    """A box of fewer words is not parted by the end of a page; about as many as a page holds."""


class Outdated(Strict):
    """A body or title that is no longer what it was."""

    words: list[str]
    """The words for it; an acronym is matched as it is, other words in any case."""
    after: date
    """The last day it was right."""
    now: str
    """What to write since."""


class Budget(Strict):
    """How much a form of letter usually holds: the least and the most of each, in entries or words."""

    strengths: tuple[int, int] | None = None
    improvements: tuple[int, int] | None = None
    priorities: tuple[int, int] | None = None
    headline_words: tuple[int, int] | None = None
    words: tuple[int, int] | None = None


class Proportion(Strict):
    """What the house calls a share of the areas."""

    least: Annotated[float, Field(ge=0, le=100)]
    """The smallest share, in per cent, that is called so."""
    words: str
    """Its words, with {things} for what is counted."""


class HouseWords(Strict):
    """The words a house knows, prefers and no longer uses."""

    known_acronyms: list[str] = []
    """Acronyms that need no explanation."""
    outdated: list[Outdated] = []
    """Bodies and titles that have passed."""
    spellings: dict[str, str] = {}
    """What the house writes instead of other spellings."""
    one_way: list[list[str]] = []
    """Spellings that are each right, and wrong together in one letter; the house's own comes first."""
    budgets: dict[str, Budget] = {}
    """How much each form of letter usually holds."""
    proportions: list[Proportion] = []
    """What shares are called, the largest first; all and none have words of their own."""
    percentages_from: int = 20
    """The smallest whole of which a percentage is given."""
    least_shown: int = 5
    """The smallest number of children that is shown; fewer could tell who a child or family is."""


class Publisher(Strict):
    """Who publishes, from a day on."""

    since: date = date(1900, 1, 1)
    """The first day on which it is so."""
    name: str
    """Who publishes."""
    address: list[str]
    """Its postal address, line by line."""
    telephone: str
    email: str
    website: WebAddress
    accessibility: WebAddress | None = None
    """Where its accessibility statement stands."""


class EndMatter(Strict):
    """What stands at the end of everything that a house publishes; braces hold what differs."""

    heading: str
    alternative: str
    """How to ask for another format, with {telephone}, {email} and {address}."""
    licence: str
    """Under which licence the words may be used again."""
    licence_address: WebAddress
    imprint: str
    """Who published it and when, with {name}, {website}, {day} and {year}."""
    amended: str
    """How a corrected document says so, with {day} and {note}."""
    withdrawn: str
    """How a page says that its document was withdrawn, with {day} and {reason}."""
    questions: str = "If you have questions, please telephone {telephone}, email {email} or write to {address}."
    """Whom readers of a notice can ask, with {telephone}, {email} and {address}."""
    accessibility: str = (
        "The web page is made to meet WCAG 2.2 at level AA, and the PDF to meet PDF/UA-1. If you cannot use something,"
        " or need it in another form, please email {email} or telephone {telephone}."
    )
    """What readers are told of accessibility, with {telephone}, {email} and {address}."""


class Settings(Strict):
    """What house.yaml says."""

    title: str
    """The house's own name."""
    based_on: str | None = None
    """The house whose files serve where this folder has none."""
    language: str = "en-GB"
    """The language of its documents (BCP 47)."""
    look: Look = Look()
    report: dict[str, str | float | int] = {}
    """The measures in which the look of a report differs from a letter's."""
    large_print: dict[str, str | float | int] = {}
    """The measures in which the look of large print differs."""
    words: HouseWords = HouseWords()
    styles: dict[str, str] = {}
    """The Word style by name for each role that a block can have."""
    file_name: str = "{urn}_{area}_{type}_{theme}_{date}"
    """What published files are called; a report has no {urn} and no {area}."""
    report_file_name: str = "{type}_{theme}_{date}"
    """What the files of a published report are called."""
    publisher: list[Publisher] = []
    """Who publishes; the last one whose day has come."""
    end_matter: EndMatter | None = None
    """What stands at the end of everything that it publishes."""
    report_styles: dict[str, str] = {}
    """The Word style for each role that only a report has."""

    def publisher_on(self, day: date) -> Publisher | None:
        """Return who publishes on a day, or None where nobody does."""
        known = [held for held in self.publisher if held.since <= day]
        return max(known, key=lambda held: held.since) if known else None

    @cached_property
    def report_look(self) -> Look:
        """The look of a report."""
        return Look.model_validate({**self.look.model_dump(), **self.report})

    @cached_property
    def large_print_look(self) -> Look:
        """The look of large print."""
        return Look.model_validate({**self.look.model_dump(), **self.large_print})

    @model_validator(mode="after")
    def has_every_look(self) -> "Settings":
        assert self.report_look
        assert self.large_print_look
        return self


class Asset(NamedTuple):
    """One file of a house: its path, for messages, and its bytes."""

    name: str
    data: bytes

    @property
    def text(self) -> str:
        """Its text; raises HouseFault where it is not UTF-8."""
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            raise HouseFault(f"{self.name}: this is not UTF-8. Save it as UTF-8 text.") from None


@dataclass(frozen=True)
class House:
    """A house ready for use: its settings, its folders (own first), and the art laid over its own."""

    name: str
    settings: Settings
    folders: tuple[Path, ...]
    art: Path | None = None
    templates: tuple[tuple[str, str], ...] = ()
    """The texts of letter templates that come before the shipped ones, by their paths in the folder of templates."""
    pictures: dict[str, Picture | None] = field(default_factory=dict, compare=False)

    def read(self, name: str) -> Asset:
        """Return one of the house's files as it is now; raises HouseFault where no folder has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return Asset(str(folder / name), (folder / name).read_bytes())
        raise HouseFault(
            f"{self.folders[0]} has no {name}. Copy one from styles/joint, or name a house under `based_on:`."
        )

    def digest(self) -> str:
        """Return one SHA-256 over the names and bytes of everything in its folders as they are now."""
        return sha256("".join(map(folder_digest, self.folders)).encode()).hexdigest()

    def picture(self, key: str) -> Picture | None:
        """Return the picture of that key, from the art given at run time first, or None."""
        if key not in self.pictures:
            self.pictures[key] = self._find_picture(key)
        return self.pictures[key]

    def needed_picture(self, key: str) -> Picture:
        """Return the picture of that key; raises HouseFault where there is none."""
        picture = self.picture(key)
        if picture is None:
            raise HouseFault(
                f"{self.folders[0]}/art has no {key}.svg or {key}.png. Add one, or give a folder with --art."
            )
        return picture

    def holds_pictures(self, folder: str) -> bool:
        """Say whether there is any picture in a folder of the art."""
        shelves = [self.art, *(held / "art" for held in self.folders)]
        return any(has_any(shelf / folder) for shelf in shelves if shelf)

    def _find_picture(self, key: str) -> Picture | None:
        """Return the first picture of that name; a file of another kind is no reason to take a placeholder for it."""
        shelves = [(self.art, False)] if self.art else []
        for shelf, placeholder in (*shelves, *((folder / "art", True) for folder in self.folders)):
            for path in files_of(shelf, key):
                return Picture.read(path, placeholder=placeholder)
        return None

    @cached_property
    def word_styles(self) -> dict[str, str]:
        """Return the Word style for every role of a letter, in lower case as Word compares names."""
        return {role: style.lower() for role, style in self.settings.styles.items()}

    @cached_property
    def report_word_styles(self) -> dict[str, str]:
        """Return the Word style for every role of a report, in lower case as Word compares names."""
        own = {role: style.lower() for role, style in self.settings.report_styles.items()}
        return {**self.word_styles, **own}
