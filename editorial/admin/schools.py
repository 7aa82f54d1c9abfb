"""Schools, indicators, sources and imports."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.actions.references import WORDS_OF_AN_INDICATOR, keep_reference
from editorial.admin.base import KeptAdmin, ReadOnlyAdmin, person
from schools.models import ImportBatch, Indicator, MatchDecision, Source, Unit, UnitAlias, UnitIdentifier


class OfAUnit(admin.StackedInline):
    """Numbers and names of a school: closed with a date, never taken out. Who keeps the school keeps them."""

    # Stacked, because Django gives the fields of a table of rows no label of their own.

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("schools.view_unit")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("schools.change_unit")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("schools.change_unit")


class Identifiers(OfAUnit):
    model = UnitIdentifier


class Aliases(OfAUnit):
    model = UnitAlias


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    """A school and all it is known by."""

    list_display = ("name", "kind", "sector", "entry", "duration_years", "region", "city")
    list_filter = ("kind", "sector", "entry", "duration_years", "region")
    search_fields = ("search_key", "aliases__key", "identifiers__value")
    prepopulated_fields = {"slug": ("name",)}
    fields = (
        "name", "slug", "kind", "parent", "sector", "entry", "duration_years", "region", "academie", "city", "website",
    )  # fmt: skip
    raw_id_fields = ("parent",)
    inlines = (Identifiers, Aliases)

    def save_model(self, request: HttpRequest, obj: Unit, form: ModelForm, change: bool) -> None:
        keep_reference(by=person(request), at=timezone.now(), reference=obj)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        for row in formset.save(commit=False):
            keep_reference(by=person(request), at=timezone.now(), reference=row)


@admin.register(Indicator)
class IndicatorAdmin(KeptAdmin):
    """A definition of a measure: once values refer to it, only its wording can be mended."""

    list_display = ("label_fr", "code", "version", "measure", "decimals", "ranking")
    list_filter = ("measure", "ranking")
    search_fields = ("code", "label_fr", "label_en")

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> list[str]:
        if obj is None or not obj.revisions.exists():
            return []
        return [f.name for f in Indicator._meta.fields if f.name not in {"id", *WORDS_OF_AN_INDICATOR}]

    def save_model(self, request: HttpRequest, obj: Indicator, form: ModelForm, change: bool) -> None:
        keep_reference(by=person(request), at=timezone.now(), reference=obj)


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    """A document: received by an import or cited at a desk."""

    list_display = ("title", "publisher", "licence", "leaves", "file_name", "received_at")
    list_filter = ("leaves", "publisher")
    search_fields = ("title", "publisher", "file_name", "sha256")
    date_hierarchy = "received_at"


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """A reading of a file; previewed, recorded and withdrawn at its desk."""

    list_display = ("file", "state", "created_by", "created_at", "desk")
    list_filter = ("state",)
    list_select_related = ("source", "created_by")
    search_fields = ("source__file_name", "source__sha256")

    @admin.display(description=gettext_lazy("fichier"), ordering="source__file_name")
    def file(self, batch: ImportBatch) -> str:
        return batch.source.file_name

    @admin.display(description=gettext_lazy("bureau"))
    def desk(self, batch: ImportBatch) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:import", args=[batch.pk]), _("ouvrir"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).defer("mapping_text")


@admin.register(MatchDecision)
class MatchDecisionAdmin(ReadOnlyAdmin):
    """What was said of a name or number of a source; decided at its desk."""

    list_display = ("value", "name_read", "dataset", "scheme", "verdict", "unit", "decided_by", "decided_at")
    list_filter = ("dataset", "verdict", "scheme")
    list_select_related = ("unit", "decided_by")
    search_fields = ("value", "name_read", "unit__search_key", "reason")
