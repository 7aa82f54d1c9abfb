from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from editorial.states import as_markdown


class Command(BaseCommand):
    """Write docs/states.md anew from the tables of `editorial.states`."""

    help = "Write docs/states.md from the tables of moves."
    # It reads a table of constants: no part of the site needs to be well for that.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        path.write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}")
