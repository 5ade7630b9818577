"""Puts bytes at a path in one step: a file that was there before stays whole until the new one is."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from letters.errors import FormatFault


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        os.replace(aside, path)
    except OSError as error:
        raise FormatFault(f"{path} cannot be written: {error.strerror}. Check the folder.") from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
