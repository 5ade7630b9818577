"""A provider of sign-in by OpenID Connect (Core 1.0) for tests: it knows one person, and asks her nothing."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "letters"


class Provider(BaseHTTPRequestHandler):
    """Answers what a client of OpenID Connect asks for."""

    email = ""
    nonces: dict[str, str] = {}

    def do_GET(self) -> None:
        """Answer discovery, keys, who the person is, and the sign-in itself."""
        issuer = f"http://{self.headers['Host']}"
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            asked = {name: held[0] for name, held in parse_qs(parts.query).items()}
            Provider.nonces["code"] = asked.get("nonce", "")
            self.send_response(302)
            back = urlencode({"code": "code", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif parts.path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.answer({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})
        elif parts.path == "/userinfo":
            self.answer(self.claims())
        else:
            self.answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )

    def do_POST(self) -> None:
        """Give the tokens of the person who signed in."""
        now = int(time.time())
        stamp = {"iss": f"http://{self.headers['Host']}", "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = {**self.claims(), **stamp, "nonce": Provider.nonces.get("code", "")}
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})
        self.answer({"access_token": "token", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def claims(self) -> dict[str, object]:
        """Return who the person is."""
        return {"sub": "1", "email": Provider.email, "email_verified": True, "name": "Somebody"}

    def answer(self, data: object) -> None:
        """Send data as JSON."""
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *given: object) -> None:
        """Say nothing."""


@contextmanager
def provider(email: str) -> Iterator[str]:
    """Run a provider that knows the person of an address; yields where it is."""
    Provider.email = email
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
