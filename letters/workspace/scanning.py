"""What a virus scanner says of a file that came in, where whoever runs the workspace has one (clamd of ClamAV)."""

import os
import socket
from contextlib import closing

from letters.errors import LettersError

PART = 64 * 1024
SECONDS = 30
LONGEST_ANSWER = 4096


class Unscanned(LettersError):
    """A scanner that is set and does not answer: nothing is taken until it does."""


def threat_in(data: bytes) -> str:
    """Return the name of what the scanner found in a file; empty where it found nothing or no scanner is set.

    The scanner is that of LETTERS_CLAMD, a socket's path or HOST:PORT; it is asked by INSTREAM, as clamd(8) describes.
    Raises Unscanned where it cannot be reached or gives no verdict.
    """
    place = os.environ.get("LETTERS_CLAMD", "")
    if not place:
        return ""
    try:
        answer = verdict(place, data)
    except (OSError, ValueError):
        answer = ""
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unscanned(
        "The virus scanner of this workspace does not answer, so the file was not kept. "
        "Try again in some minutes; if it goes on, tell whoever runs the workspace."
    )


def verdict(place: str, data: bytes) -> str:
    """Return the scanner's answer as it came."""
    with closing(connected(place)) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PART):
            part = data[start : start + PART]
            scanner.sendall(len(part).to_bytes(4, "big") + part)
        scanner.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := scanner.recv(LONGEST_ANSWER)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def connected(place: str) -> socket.socket:
    """Return a connection to the scanner; raises OSError or ValueError where there is none."""
    if "/" not in place:
        host, _, port = place.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), SECONDS)
    scanner = socket.socket(socket.AF_UNIX)
    scanner.settimeout(SECONDS)
    try:
        scanner.connect(place)
    except OSError:
        scanner.close()
        raise
    return scanner
