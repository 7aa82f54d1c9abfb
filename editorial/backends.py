"""Who may log in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class NewsroomBackend(ModelBackend):
    """Accounts by password, save those of the demonstration in production: their password is in the README.

    Asked at login and at every request, so a session opened before is refused too.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and not a demonstration account in production."""
        if settings.PRODUCTION and getattr(user, "is_demo", False):
            return False
        return super().user_can_authenticate(user)
