"""What Django knows the workspace by."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The one application of ours that has tables."""

    name = "letters.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"
