"""What Django knows the browser's side by: it has no tables, and its style sheet and script are its static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of the workspace."""

    name = "letters.web"
    label = "web"
