"""The casebook as a Django application: its triggers are made after every migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _make_triggers(using: str, **_: object) -> None:
    from cenotaph.casebook.triggers import create_triggers

    create_triggers(using)


class CasebookConfig(AppConfig):
    """Application ``casebook``."""

    name = "cenotaph.casebook"
    label = "casebook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Create missing triggers whenever migrations have run: a table rebuild drops them silently."""
        post_migrate.connect(_make_triggers, sender=self)
