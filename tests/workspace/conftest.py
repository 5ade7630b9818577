"""What the tests of the workspace share with those of its pages."""

from tests.web.conftest import access, client, lead, taking_part, workspace

__all__ = ["access", "client", "lead", "taking_part", "workspace"]
