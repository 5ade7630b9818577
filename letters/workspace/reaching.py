"""Fetches a public web address to hash what is there, and never one of a private network."""

import socket
import ssl
from hashlib import sha256
from http.client import HTTPException, HTTPSConnection
from ipaddress import ip_address, ip_network
from urllib.parse import urljoin, urlsplit

from letters.errors import LettersError

SECONDS = 15
LARGEST = 50_000_000
"""Bytes of the largest file that is fetched."""
MOST_STEPS = 4
"""How often an address may lead on to another one."""
AT_ONCE = 65_536
NOT_PUBLIC = tuple(
    map(
        ip_network,
        ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "192.0.0.0/24"),
    )
)
"""Networks through which an address of the internet can lead to a private one (RFC 6052, 3056, 3879, 6890)."""
LEADING_ON = (301, 302, 303, 307, 308)


class NotReached(LettersError):
    """An address that could not be fetched, and why."""


class Pinned(HTTPSConnection):
    """A connection to the very address that was looked at, so that a name cannot lead elsewhere in between."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._context_of_host = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self._context_of_host)
        self._address = address

    def connect(self) -> None:
        """Connect to the address, and prove the name of the host by its certificate."""
        plain = socket.create_connection((self._address, self.port), SECONDS)
        self.sock = self._context_of_host.wrap_socket(plain, server_hostname=self.host)


def fetched_hash(address: str) -> str:
    """Return the SHA-256 of what is at an https address; raises NotReached, also for a private network."""
    for _ in range(MOST_STEPS):
        found = answer(address)
        if ":" not in found:
            return found
        address = found
    raise NotReached("It leads on from one address to another too often.")


def answer(address: str) -> str:
    """Return the hash of what is at an address, or the address that it leads on to."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise NotReached("It is no https address.")
    try:
        port = parts.port or 443
    except ValueError:
        raise NotReached("Its port is none.") from None
    connection = Pinned(parts.hostname, port, public_address(parts.hostname, port))
    try:
        connection.request("GET", f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
        response = connection.getresponse()
        if response.status in LEADING_ON:
            return urljoin(address, response.getheader("Location") or "/")
        if response.status != 200:
            raise NotReached(f"The site answers with {response.status}.")
        total, digest = 0, sha256()
        while data := response.read(AT_ONCE):
            total += len(data)
            if total > LARGEST:
                raise NotReached("What is there is larger than any file of a pack.")
            digest.update(data)
        return digest.hexdigest()
    except (OSError, HTTPException, ValueError) as fault:
        raise NotReached(f"The site does not answer ({type(fault).__name__}).") from None
    finally:
        connection.close()


def public_address(host: str, port: int) -> str:
    """Return an address of a host, where every one that it has is public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached("There is no site of that name.") from None
    addresses = [str(held[4][0]) for held in found]
    if not all(is_public(held) for held in addresses):
        raise NotReached("Its name leads into a private network.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, also where IPv4 is written as IPv6."""
    held = ip_address(address.partition("%")[0])
    held = getattr(held, "ipv4_mapped", None) or held
    if any(held in network for network in NOT_PUBLIC if network.version == held.version):
        return False
    return held.is_global and not held.is_multicast
