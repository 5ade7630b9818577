"""What gives away where a file comes from: paths, places of templates, characters that nobody sees, addresses.

Words that a reader reads are the letter's own: everybody agreed to them, so they may quote a path or hold {{ braces }}.
Words that no reader reads (those for pictures, links, properties, the names of parts) may hold neither.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

LOCAL_PATH = re.compile(
    r"\b[A-Za-z]:[\\/](?!/)|\\\\[\w.-]+\\|\b(?:file|smb|afp):/|%(?:USERPROFILE|APPDATA|TEMP)%"
    r"|(?<![\w.:/-])/(?:home|Users|tmp|var|root|work|mnt|srv|Volumes)/\w",
    re.IGNORECASE,
)
ON_THE_WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}")
UNSEEN = re.compile(
    "[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
    "|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"
)
"""Characters without width, those that turn the direction of writing, tags; some scripts need the joiners."""
HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$", re.IGNORECASE)
PRIVATE = re.compile(
    r"^(localhost|.*\.(local|localhost|localdomain|internal|intranet|private|lan|corp|home|home\.arpa|test|invalid))$",
    re.IGNORECASE,
)
MAILBOX = re.compile(r"^[^@\s]+@([^@\s]+)$")
OUTSIDE_ADDRESSES = re.compile(r"[\s\\]|%5c", re.IGNORECASE)
"""What no address on the web holds: white space, and the strokes of a path of Windows."""


def has_path(words: str) -> bool:
    """Say whether words hold a path of somebody's computer; a path on a website is none."""
    return LOCAL_PATH.search(ON_THE_WEB.sub("", words)) is not None


def unread_words(words: str) -> Iterator[str]:
    """Yield what words that no reader reads give away."""
    if has_path(words):
        yield "a file path from somebody’s computer"
    if TEMPLATE.search(words):
        yield "a template value that was not filled in"


def unseen_characters(words: str) -> Iterator[str]:
    """Yield that there are characters that nobody sees, where there are any."""
    if not words.isascii() and UNSEEN.search(words):
        yield "invisible characters"


def strange_names(names: list[str], authors: Collection[str]) -> Iterator[str]:
    """Yield every name that is none of the authors'."""
    yield from (f"the name {name}" for name in names if name.strip() not in ("", *authors))


def strange_links(links: list[str]) -> Iterator[str]:
    """Yield every link that a reader cannot follow."""
    yield from (f"a link to {link}" for link in links if not is_link(link))


def is_link(address: str) -> bool:
    """Say whether a link leads within the page, to a file beside it, or to a web or mail address."""
    beside = re.fullmatch(r"[\w.,-]+(?:#[\w.-]+)?", address) is not None
    return address.startswith("#") or beside or is_web_address(address)


def is_web_address(address: str) -> bool:
    """Say whether an address is one that every reader can follow: on the web, or a mailbox."""
    if OUTSIDE_ADDRESSES.search(address):
        return False
    try:
        found = urlsplit(address)
        if found.scheme == "mailto":
            mailbox = MAILBOX.match(found.path)
            return mailbox is not None and is_public(mailbox[1])
        host = found.hostname or ""
    except ValueError:
        return False
    return found.scheme in ("http", "https") and not (found.username or found.password) and is_public(host)


def is_public(host: str) -> bool:
    """Say whether a host is one of the whole world's, by its name."""
    return bool(HOST.match(host)) and not PRIVATE.match(host)
