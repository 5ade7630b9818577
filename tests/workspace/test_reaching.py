"""An address that a publisher enters never leads the workspace into a private network."""

import socket

import pytest

from letters.workspace.reaching import NotReached, answer, fetched_hash, is_public, public_address


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::1",
        "::7f00:1",
        "fec0::1",
        "192.0.0.8",
    ],
)
def test_an_address_of_a_private_network_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_an_address_of_the_internet_is_public() -> None:
    assert is_public("8.8.8.8")
    assert is_public("2001:4860:4860::8888")


@pytest.mark.parametrize("address", ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://0x7f.1/"])
def test_nothing_of_this_machine_is_fetched(address: str) -> None:
    with pytest.raises(NotReached):
        fetched_hash(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://example.org:99999/",
        "https://example.org:abc/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://",
    ],
)
def test_what_is_no_https_address_is_not_fetched(address: str) -> None:
    with pytest.raises(NotReached):
        answer(address)


def test_a_name_with_one_private_address_among_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: both)
    with pytest.raises(NotReached, match="private network"):
        public_address("rebinding.example", 443)


def test_what_leads_on_is_looked_at_again_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def leads_on(address: str) -> str:
        asked.append(address)
        return f"https://example.org/{len(asked)}"

    monkeypatch.setattr("letters.workspace.reaching.answer", leads_on)
    with pytest.raises(NotReached, match="too often"):
        fetched_hash("https://example.org/")
    assert len(asked) == 4


def test_what_leads_on_to_an_address_without_tls_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    from letters.workspace import reaching

    real, asked = reaching.answer, []

    def leads_on(address: str) -> str:
        asked.append(address)
        return "http://other.example/file" if len(asked) == 1 else real(address)

    monkeypatch.setattr(reaching, "answer", leads_on)
    with pytest.raises(NotReached, match="no https address"):
        fetched_hash("https://example.org/")
