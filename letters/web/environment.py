"""What the environment says of a workspace: its folder, database, address, sign-in and mail; nothing else is set."""

import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from letters.errors import LettersError

NOTIFY = "letters.web.notify.NotifyBackend"
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
"""Without all four, saves fail under eight writers, or are lost with the power."""


@dataclass(frozen=True)
class Environment:
    """The settings of one workspace."""

    data: Path
    """The folder of its database, files and secret."""
    database: str
    """postgres://USER:PASSWORD@HOST:PORT/NAME, or empty for SQLite in the folder."""
    origin: str
    """Where people reach it, such as https://letters.example."""
    is_demo: bool
    """Whether it holds invented inspections and passwords that were printed."""

    @classmethod
    def read(cls) -> "Environment":
        """Return what the environment of this process says."""
        return cls(
            Path(os.environ.get("LETTERS_DATA", "workspace-data")).absolute(),
            os.environ.get("LETTERS_DATABASE", ""),
            os.environ.get("LETTERS_ORIGIN", "http://localhost:8000").rstrip("/"),
            os.environ.get("LETTERS_DEMO", "") == "1",
        )

    @property
    def art(self) -> Path | None:
        """The folder of the inspectorates' real logos and of signatures, for publication; none where there is none."""
        place = Path(os.environ.get("LETTERS_ART", "") or self.data / "art")
        return place if place.is_dir() else None

    @property
    def files(self) -> str:
        """The bucket that keeps files, as s3://BUCKET/FOLDER?endpoint=https://HOST; empty for the folder."""
        return os.environ.get("LETTERS_FILES", "")

    @property
    def checks_addresses(self) -> bool:
        """Whether the worker fetches the addresses that publishers enter."""
        return os.environ.get("LETTERS_CHECK_ADDRESSES", "") == "1"

    @property
    def host(self) -> str:
        """The name in its address."""
        return urlsplit(self.origin).hostname or "localhost"

    @property
    def is_secure(self) -> bool:
        """Whether people reach it by TLS, so that cookies may insist on it."""
        return self.origin.startswith("https://")

    @property
    def databases(self) -> dict[str, dict[str, Any]]:
        """What Django is told of the database."""
        if not self.database:
            name = str(self.data / "db.sqlite3")
            return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE}}
        parts = urlsplit(self.database)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise LettersError(
                "LETTERS_DATABASE is no address of a database. Write postgres://USER:PASSWORD@HOST/NAME."
            )
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.strip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        }

    @cached_property
    def secret(self) -> str:
        """The key that signs cookies: of the folder, or of this process alone where there is no folder yet."""
        path = self.data / "secret.key"
        return path.read_text("ascii") if path.is_file() else secrets.token_urlsafe(50)

    @property
    def sign_in(self) -> dict[str, Any]:
        """The provider of sign-in (OpenID Connect) that the organisation has, where it has one."""
        address, client = os.environ.get("LETTERS_OIDC_SERVER", ""), os.environ.get("LETTERS_OIDC_CLIENT", "")
        if not address or not client:
            return {}
        app = {
            "provider_id": "organisation",
            "name": os.environ.get("LETTERS_OIDC_NAME", "your organisation"),
            "client_id": client,
            "secret": os.environ.get("LETTERS_OIDC_SECRET", ""),
            "settings": {"server_url": address},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    @property
    def sign_in_origins(self) -> list[str]:
        """Where the form that begins such a sign-in leads, which the pages have to allow."""
        parts = urlsplit(os.environ.get("LETTERS_OIDC_SERVER", ""))
        return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []

    @property
    def can_mail(self) -> bool:
        """Whether mail reaches anybody."""
        return self.is_demo or bool(os.environ.get("LETTERS_MAIL_HOST", "") or self.notify_key)

    @property
    def notify_key(self) -> str:
        """The API key of GOV.UK Notify, where mail goes through it."""
        return os.environ.get("LETTERS_NOTIFY_KEY", "")

    @property
    def notify_template(self) -> str:
        """The id of Notify's template, which has ((subject)) and ((body))."""
        return os.environ.get("LETTERS_NOTIFY_TEMPLATE", "")

    @property
    def notify_server(self) -> str:
        """Where Notify is."""
        return os.environ.get("LETTERS_NOTIFY_SERVER", "https://api.notifications.service.gov.uk").rstrip("/")

    @property
    def metrics_token(self) -> str:
        """What monitoring has to say to be given numbers; empty where it is given none."""
        return os.environ.get("LETTERS_METRICS_TOKEN", "")

    @property
    def mail(self) -> dict[str, Any]:
        """What Django is told of the mail server; without one, the demo keeps mail in a folder."""
        host = os.environ.get("LETTERS_MAIL_HOST", "")
        without = "filebased.EmailBackend" if self.is_demo else "dummy.EmailBackend"
        return {
            "EMAIL_BACKEND": NOTIFY
            if self.notify_key
            else f"django.core.mail.backends.{'smtp.EmailBackend' if host else without}",
            "EMAIL_FILE_PATH": self.data / "mail",
            "EMAIL_HOST": host,
            "EMAIL_PORT": int(os.environ.get("LETTERS_MAIL_PORT", "587")),
            "EMAIL_HOST_USER": os.environ.get("LETTERS_MAIL_USER", ""),
            "EMAIL_HOST_PASSWORD": os.environ.get("LETTERS_MAIL_PASSWORD", ""),
            "EMAIL_USE_TLS": os.environ.get("LETTERS_MAIL_TLS", "1") == "1",
            "DEFAULT_FROM_EMAIL": os.environ.get("LETTERS_MAIL_FROM", f"letters@{self.host}"),
        }
