"""Values: entered, approved and rejected here too, through the same actions as at the desks."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from editorial import rules
from editorial.actions import values
from editorial.admin.base import KeptAdmin, person
from editorial.exceptions import Refused
from schools.models import SourceCell, ValueRevision
from schools.typography import number, typeset

BOTH_PLACES = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


def _length(field: str) -> int:
    return SourceCell._meta.get_field(field).max_length  # type: ignore[union-attr, return-value]


class EntryForm(forms.ModelForm):
    """A value and the place it was read in. `refusal` is what the action answered to the first try."""

    sheet = forms.CharField(label=gettext_lazy("Feuille"), required=False, max_length=_length("sheet"))
    reference = forms.CharField(
        label=gettext_lazy("Cellule ou page"), max_length=_length("reference"), help_text=gettext_lazy("K47, p. 12…")
    )
    column = forms.CharField(label=gettext_lazy("Colonne"), required=False, max_length=_length("column"))
    text = forms.CharField(label=gettext_lazy("Texte lu"), required=False, max_length=_length("text"))
    refusal: str | None = None

    class Meta:
        model = ValueRevision
        fields = ("unit", "indicator", "reference_year", "kind", "value", "source", "comment")

    def validate_constraints(self) -> None:
        """The action knows the same rules and says them in words."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def entry(self) -> values.Entry:
        """What the person says, as the action wants it."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        cell = tuple(self.cleaned_data[name] for name in ("sheet", "reference", "column", "text"))
        return values.Entry(**said, cells=[cell])


class Cells(admin.TabularInline):
    """Where the value was read."""

    model = SourceCell
    extra = 0
    fields = readonly_fields = ("sheet", "reference", "column", "text", "role")
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("schools.view_valuerevision")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(ValueRevision)
class ValueRevisionAdmin(KeptAdmin):
    """What somebody says a school's indicator was: its facts never change, its state only by a decision."""

    list_display = ("unit", "indicator", "reference_year", "shown", "kind", "state", "author", "decided_by")
    list_filter = ("state", "indicator", "reference_year")
    list_select_related = ("unit", "indicator", "author", "decided_by")
    search_fields = ("unit__search_key",)
    actions = ("approve_values", "reject_values")

    @admin.display(description=gettext_lazy("valeur"))
    def shown(self, revision: ValueRevision) -> str:
        return "" if revision.figure is None else number(revision.figure, None, get_language())

    # What one may do

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("schools.enter_value")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_verify_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("schools.verify_value")

    # Entering

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The entry form on an empty page; with the refusal of the first try, if there was one."""
        if change:
            return super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "palmares_refusal", None)
        return type("EntryForm", (EntryForm,), {"refusal": refusal})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            where = {"fields": ("sheet", "reference", "column", "text")}
            return ((None, {"fields": EntryForm.Meta.fields}), (_("Où elle se lit"), where))
        return ((None, {"fields": [f.name for f in ValueRevision._meta.fields if f.name != "id"]}),)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return (Cells,) if obj else ()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The action may refuse: nothing is written, and the form comes back as it was filled, with the reason."""
        try:
            return admin.ModelAdmin.changeform_view(self, request, object_id, form_url, extra_context)
        except Refused as refused:
            request.palmares_refusal = typeset(refused.reason, get_language())  # type: ignore[attr-defined]
            return admin.ModelAdmin.changeform_view(self, request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: ValueRevision, form: Any, change: bool) -> None:
        entered = values.enter_value(by=person(request), at=timezone.now(), entry=form.entry())
        obj.pk = entered.pk

    # Deciding

    @admin.action(
        permissions=["verify"],
        description=gettext_lazy("Approuver : conforme à la source"),
        description_plural=gettext_lazy("Approuver les valeurs choisies : conformes à la source"),
        location=BOTH_PLACES,
    )
    def approve_values(self, request: HttpRequest, queryset: models.QuerySet[ValueRevision]) -> None:
        """All of them or none. A waiting value is as it was seen: its facts are fixed and a move would end the wait."""
        chosen = list(queryset.select_related("unit", "indicator", "author", "source"))
        if self._refuse(request, {r: rules.why_not_approve(person(request), r) for r in chosen}):
            return
        seen = [values.Seen(revision, revision.version) for revision in chosen]
        try:
            count = values.approve_values(by=person(request), at=timezone.now(), seen=seen)
        except Refused as refused:
            self.message_user(request, typeset(refused.reason, get_language()), messages.ERROR)
            return
        said = ngettext("%(count)s valeur approuvée.", "%(count)s valeurs approuvées.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    @admin.action(
        permissions=["verify"],
        description=gettext_lazy("Rejeter, avec le motif"),
        description_plural=gettext_lazy("Rejeter les valeurs choisies, avec le motif"),
        location=BOTH_PLACES,
    )
    def reject_values(self, request: HttpRequest, queryset: models.QuerySet[ValueRevision]) -> HttpResponse | None:
        """Ask for the reason on a page of its own, then reject each; all of them or none."""
        chosen = list(queryset.select_related("unit", "indicator", "author", "source"))
        if self._refuse(request, {r: rules.why_not_verify(person(request), r) for r in chosen}):
            return None
        reason = request.POST.get("reason")
        if reason is None or not reason.strip():
            return self._ask_reason(request, chosen, asked_before=reason is not None)
        try:
            values.reject_values(
                by=person(request),
                at=timezone.now(),
                seen=[values.Seen(revision, revision.version) for revision in chosen],
                reason=reason,
            )
        except Refused as refused:
            self.message_user(request, typeset(refused.reason, get_language()), messages.ERROR)
            return None
        said = ngettext("%(count)s valeur rejetée.", "%(count)s valeurs rejetées.", len(chosen))
        self.message_user(request, said % {"count": len(chosen)}, messages.SUCCESS)
        return None

    def _refuse(self, request: HttpRequest, reasons: dict[ValueRevision, str | None]) -> bool:
        """Whether a rule forbids one of them: then nothing is done, and each reason is said beside its value."""
        found = {revision: reason for revision, reason in reasons.items() if reason}
        for revision, reason in found.items():
            self.message_user(request, typeset(f"{revision} : {reason}", get_language()), messages.ERROR)
        return bool(found)

    def _ask_reason(self, request: HttpRequest, chosen: list[ValueRevision], *, asked_before: bool) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rejeter"),
            "opts": self.opts,
            "chosen": chosen,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "error": typeset(_("Un rejet se motive : dites ce qui ne va pas.")) if asked_before else "",
        }
        return TemplateResponse(request, "admin/schools/valuerevision/reject.html", context)
