"""Everything that can go wrong, as one tree.

LettersError                what a person can put right; its text says where, what and what to do
├── UnreadableInput         a file that cannot be taken as what it claims to be (exit code 3)
│   ├── InspectionFaults    an inspection file with mistakes, each a Fault with its line
│   ├── HouseFault          a house folder that lacks or garbles something
│   └── PackFault           a pack that is not whole, or cannot stand where it should
├── TemplateFault           a letter template that cannot be compiled or does not prove
├── CompositionFault        findings and template that do not make a whole letter
├── FormatFault             a document that one format cannot carry as it is
│   └── ToolMissing         a format whose program is not on this machine; its text says how to get it
├── NotAllowed              a publication that the gate holds back, with every reason
└── VersionFault            versions or reviewed copies that do not belong together, or a proof that fails
"""

from typing import NamedTuple


class LettersError(Exception):
    """The root: its text is one that a person can act on."""


class UnreadableInput(LettersError):
    """A file that cannot be read as what it claims to be."""


class Fault(NamedTuple):
    """One mistake in an input file: where it is, what it is and what to do about it."""

    file: str
    line: int
    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        field = f"{self.field}: " if self.field else ""
        return f"{place}{field}{self.message}. {self.remedy}".rstrip()


class InspectionFaults(UnreadableInput):
    """An inspection file with mistakes; `faults` holds every one, in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.field))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["InspectionFaults"], tuple[list[Fault]]]:
        return InspectionFaults, (self.faults,)


class HouseFault(UnreadableInput):
    """A house folder that lacks a file or garbles one."""


class TemplateFault(LettersError):
    """A letter template that cannot be compiled, or names what does not exist."""


class CompositionFault(LettersError):
    """Findings and template that together do not make a whole letter."""


class FormatFault(LettersError):
    """A document that one format cannot carry as it is."""


class ToolMissing(FormatFault):
    """A format that needs a program which is not on this machine."""


class VersionFault(LettersError):
    """Versions or reviewed copies that do not belong together, or a redline whose proof fails."""


class NotAllowed(LettersError):
    """A publication that the gate holds back; its text gives every reason at once."""


class PackFault(UnreadableInput):
    """A pack that is not whole, or cannot be put where it should stand."""


def libraries_missing(error: ImportError) -> FormatFault:
    """Return the fault that what draws charts is not installed."""
    library = (error.name or "a library").partition(".")[0]
    return FormatFault(f"charts need {library}, which is not installed. Install it: pip install 'letters[reports]'.")
