"""The trail, read only, with the state of its chain."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from editorial import audit
from editorial.admin.base import ReadOnlyAdmin
from editorial.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """What was done, the latest first. The list says whether the chain of hashes is whole."""

    list_display = ("number", "at", "actor_name", "verb", "object_label", "reason")
    list_filter = ("verb",)
    search_fields = ("object_label", "actor_name", "reason", "hash")
    date_hierarchy = "at"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Also the two columns by which the history of one row is found."""
        return lookup in {"object_type", "object_id"} or super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        chain = {"broken_link": audit.first_broken_link(), "chain_known": True}
        return super().changelist_view(request, chain | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The trail has no trail."""
        return self.change_view(request, object_id)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).order_by("-number")
