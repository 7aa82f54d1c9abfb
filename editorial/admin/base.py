"""What every page of the admin has in common: nothing is deleted, and the trail is the only history."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from editorial.exceptions import Refused
from editorial.models import User
from schools.typography import typeset


def person(request: HttpRequest) -> User:
    """Who asks; the admin lets nobody in who is not known."""
    if not isinstance(request.user, User):
        raise TypeError("the admin was reached by somebody unknown")
    return request.user


class KeptAdmin(admin.ModelAdmin):
    """Rows that are kept: no deletion, alone or in bulk; their history is the trail's."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """The action has written the trail; there is no second history."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """The same."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What an action refuses is said, and nothing of the form is kept."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            self.message_user(request, typeset(refused.reason, get_language()), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the trail says of this row."""
        query = urlencode({"object_type": self.opts.label_lower, "object_id": object_id})
        return HttpResponseRedirect(f"{reverse('admin:editorial_auditevent_changelist')}?{query}")


class ReadOnlyAdmin(KeptAdmin):
    """Rows that are looked at here and written elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
