"""The people of a letter: whom it is addressed to, and who signs it."""

from letters.findings.fields import Identifier, Line, Part


class Addressee(Part):
    """One person the letter is addressed to; printed on one line."""

    id: Identifier = ""
    """A name to refer to this person by, as the principal authority for instance."""
    name: Line
    """The person's name."""
    honours: Line | None = None
    """Letters after the name, such as QPM."""
    qualifier: Line | None = None
    """Interim, Acting or Temporary, printed before the role."""
    role: Line | None = None
    """The person's role; left out, the letter says none."""
    role_first: bool = False
    """Whether the letter says the role before the name."""
    organisation: Line | None = None
    """The organisation, where the role does not name it."""
    agency: Identifier | None = None
    """The agency of the area that the person leads, by its id."""
    postal_address: list[Line] = []
    """The recipient's postal address, a line each; printed under Recipients (SI 2015/1792, regulation 3(6))."""
    website: Line | None = None
    """The recipient's website (SI 2015/1792, regulation 3(6))."""


class Signatory(Part):
    """One person who signs for an inspectorate."""

    inspectorate: Identifier
    """The inspectorate the person signs for, by its id."""
    name: Line | None = None
    """The person's name; left out, the letter has a signature without one."""
    honours: Line | None = None
    """Letters after the name, such as OBE."""
    title: list[Line]
    """The person's title, a line each."""
    printed_as: Line | None = None
    """The inspectorate's name above the signature, such as HMI Probation; left out, what the template prints."""
