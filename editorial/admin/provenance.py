"""Where values come from and what looks wrong there, and what schools are known by: looked at here."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from editorial.admin.base import ReadOnlyAdmin
from schools.models import Anomaly, SourceCell, UnitAlias, UnitIdentifier
from schools.typography import typeset


@admin.register(Anomaly)
class AnomalyAdmin(ReadOnlyAdmin):
    """What looked wrong in an import; the values it touches are decided at the verifiers' desk."""

    list_display = ("said", "code", "severity", "batch", "unit", "indicator", "year", "desk")
    list_filter = ("severity", "code", "year")
    list_select_related = ("batch__source", "unit", "indicator")
    search_fields = ("unit__search_key", "indicator__code", "subjects", "cells", "batch__source__file_name")
    exclude = ("revisions", "params", "sentence")
    readonly_fields = ("said", "values_touched")

    @admin.display(description=gettext_lazy("ce qui ne va pas"))
    def said(self, anomaly: Anomaly) -> str:
        """The sentence, with its figures."""
        return typeset(anomaly.message, get_language())

    @admin.display(description=gettext_lazy("bureau"))
    def desk(self, anomaly: Anomaly) -> SafeString:
        """The comparison of its import."""
        return format_html('<a href="{}">{}</a>', reverse("desk:import-compare", args=[anomaly.batch_id]), _("ouvrir"))

    @admin.display(description=gettext_lazy("valeurs touchées"))
    def values_touched(self, anomaly: Anomaly) -> str:
        """Those that wait for a person because of it, by their names."""
        touched = anomaly.revisions.select_related("unit", "indicator")
        return " ; ".join(str(revision) for revision in touched) or _("aucune")


@admin.register(SourceCell)
class SourceCellAdmin(ReadOnlyAdmin):
    """The cells values were read in; written with their value."""

    list_display = ("revision", "sheet", "reference", "column", "text", "role")
    list_filter = ("role",)
    list_select_related = ("revision__unit", "revision__indicator")
    search_fields = ("reference", "column", "text", "revision__unit__search_key")


class OfAUnit(ReadOnlyAdmin):
    """What a school is known by; kept on the page of the school."""

    @admin.display(description=gettext_lazy("fiche"))
    def page(self, row: UnitIdentifier | UnitAlias) -> SafeString:
        """The page of its school, where it is kept."""
        return format_html('<a href="{}">{}</a>', reverse("admin:schools_unit_change", args=[row.unit_id]), _("ouvrir"))


@admin.register(UnitIdentifier)
class UnitIdentifierAdmin(OfAUnit):
    list_display = ("value", "scheme", "unit", "valid_from", "valid_to", "page")
    list_filter = ("scheme",)
    list_select_related = ("unit",)
    search_fields = ("value", "unit__search_key")


@admin.register(UnitAlias)
class UnitAliasAdmin(OfAUnit):
    list_display = ("name", "unit", "valid_from", "valid_to", "page")
    list_select_related = ("unit",)
    search_fields = ("key", "unit__search_key")
