"""Accounts: who is in the newsroom and in which roles. What a role may do is decided in the code."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import audit
from editorial.admin.base import person
from editorial.models import User
from editorial.roles import LABELS

admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """An account is disabled, never deleted. Roles are given as groups; no permission is given by itself."""

    list_display = ("username", "last_name", "first_name", "email", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personne"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rôles"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            field.choices = [(group.pk, LABELS.get(group.name, group.name)) for group in Group.objects.all()]
        return field

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> None:  # type: ignore[override]
        self._record(request, obj, "account.add", message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> None:  # type: ignore[override]
        self._record(request, obj, "account.change", message)

    def _record(self, request: HttpRequest, account: User, verb: str, message: Any) -> None:
        """The trail keeps the names of the columns that changed and the roles after; never a password."""
        roles = sorted(account.groups.values_list("name", flat=True))
        state = {"roles": roles, "active": account.is_active, "superuser": account.is_superuser}
        details = {"what": message, **state}
        audit.record(by=person(request), at=timezone.now(), verb=verb, on=account, details=details)
