"""A file that came in: what messages call it, and its bytes; it is never opened again."""

from hashlib import sha256
from typing import NamedTuple

from letters.errors import Fault, InspectionFaults
from letters.findings.line_ends import BYTE_ORDER_MARK


class SourceFile(NamedTuple):
    """The name of a file, for messages and as a reviewer's name, and its bytes."""

    name: str
    data: bytes

    @property
    def exact_text(self) -> str:
        """Its text with byte order mark and line ends, for what is to be written back.

        Raises InspectionFaults where it is not UTF-8.
        """
        try:
            return self.data.decode()
        except UnicodeDecodeError as error:
            if self.data[:2] == b"PK":
                message, remedy = "this is a Word file or another package", "Name an inspection file, such as x.yaml."
                raise InspectionFaults([Fault(self.name, 0, "", message, remedy)]) from None
            message, remedy = f"byte {error.start + 1} is not UTF-8", "Save the file as UTF-8 text."
            raise InspectionFaults([Fault(self.name, 0, "", message, remedy)]) from None

    @property
    def text(self) -> str:
        """Its text without byte order mark and carriage returns; raises as `exact_text` does."""
        return self.exact_text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.data).hexdigest()
