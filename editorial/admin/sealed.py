"""What a sealed release keeps of its own: every name, figure, place and text, as it was copied; nothing is written."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from editorial.admin.base import ReadOnlyAdmin
from rankings.models import (
    ReleaseIndicator,
    ReleaseNode,
    ReleasePoints,
    ReleasePrint,
    ReleaseSeries,
    ReleaseSetAside,
    ReleaseUnit,
    ReleaseValue,
    ReleaseWithdrawal,
)

# The tables of copies name nothing for people: nobody but the readers of this admin sees their columns.
COLUMNS: dict[str, Any] = {
    "release": _("version"), "key": _("clé"), "parent_key": _("clé du parent"), "level": _("niveau"),
    "position": _("ordre"), "title_fr": _("titre"), "title_en": _("titre anglais"), "weight": _("poids"),
    "out_of": _("sur"), "denominator": _("dénominateur"), "denominators": _("dénominateurs"),
    "multiply": _("multiplié par"), "ratio_digits": _("chiffres du rapport"), "cut_points": _("seuils"),
    "bonus": _("bonus"), "code": _("code"), "definition_version": _("version de la définition"),
    "label_fr": _("nom"), "label_en": _("nom anglais"), "definition_fr": _("définition"),
    "definition_en": _("définition, en anglais"), "measure": _("unité de mesure"), "decimals": _("décimales"),
    "reference_year": _("année de référence"), "carry_over_years": _("reprise, en années au plus"),
    "slug": _("adresse"), "name": _("nom"), "search_key": _("nom tel qu’il se cherche"), "sector": _("statut"),
    "entry": _("entrée"), "duration_years": _("durée, en années"), "region": _("région"), "academie": _("académie"),
    "website": _("site web"),
    "city": _("ville"), "identifiers": _("identifiants"), "rank": _("rang"), "tied": _("ex aequo"),
    "score": _("score"), "coverage_percent": _("part connue (%)"), "printed": _("repris d’un imprimé"),
    "cells": _("cellules"), "unranked_fr": _("pourquoi non classée"),
    "unranked_en": _("pourquoi non classée, en anglais"), "node": _("critère"), "points": _("points"),
    "status": _("état"), "absence": _("absence"), "value": _("valeur"), "kind": _("nature"),
    "leaves": _("ce que la licence laisse sortir"), "figure": _("chiffre"), "withheld": _("retenu"),
    "source_title": _("source"), "source_publisher": _("producteur"), "source_licence": _("licence"),
    "source_leaves": _("ce que la licence laisse sortir"), "source_url": _("adresse du document"),
    "source_file": _("fichier"), "source_sha256": "SHA-256", "source_date": _("date du document"),
    "entered_at": _("entrée le"), "verified_at": _("vérifiée le"), "verified_meaning": _("sens de la vérification"),
    "own_year": _("année de la valeur"), "year": _("année"), "method_fr": _("méthode de l’imprimé"),
    "method_en": _("méthode de l’imprimé, en anglais"), "reason_fr": _("raison"),
    "reason_en": _("raison, en anglais"), "indicator": _("indicateur"), "unit": _("école"),
}  # fmt: skip
NAMES: dict[Any, tuple[Any, Any]] = {
    ReleaseNode: (_("critère d’une version"), _("critères des versions")),
    ReleaseIndicator: (_("indicateur d’une version"), _("indicateurs des versions")),
    ReleaseUnit: (_("école d’une version"), _("écoles des versions")),
    ReleasePoints: (_("points d’une école"), _("points des écoles")),
    ReleaseValue: (_("valeur d’une version"), _("valeurs des versions")),
    ReleaseSeries: (_("valeur d’une année antérieure"), _("valeurs des années antérieures")),
    ReleaseSetAside: (_("valeur mise de côté d’une version"), _("valeurs mises de côté des versions")),
    ReleasePrint: (_("imprimé d’une version"), _("imprimés des versions")),
}


class SealedAdmin(ReadOnlyAdmin):
    """Rows of a release. `path`: how its release is reached, whose long texts are not fetched with each row."""

    path = "release"

    def __init__(self, model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(model, admin_site)
        if model in NAMES:
            self.opts.verbose_name, self.opts.verbose_name_plural = NAMES[model]
        for field in self.opts.fields:
            # A column that its model names keeps its name.
            if field._verbose_name is None:  # type: ignore[attr-defined]
                field.verbose_name = COLUMNS.get(field.name, field.verbose_name)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        long = [f"{self.path}__{name}" for name in ("document", "method_text")]
        return super().get_queryset(request).select_related(self.path, *self._others()).defer(*long)

    def _others(self) -> list[str]:
        return [f.name for f in self.opts.fields if f.is_relation and f.name not in {"id", self.path}]


OF_A_UNIT = ("unit__search_key", "unit__slug")


class OfAUnit(SealedAdmin):
    """Rows of a school of a release."""

    path = "unit__release"


@admin.register(ReleaseUnit)
class ReleaseUnitAdmin(SealedAdmin):
    list_display = ("name", "release", "rank", "tied", "score", "city", "region", "sector")
    list_filter = ("release", "printed")
    search_fields = ("search_key", "slug")


@admin.register(ReleaseNode)
class ReleaseNodeAdmin(SealedAdmin):
    list_display = ("title_fr", "release", "key", "parent_key", "weight", "out_of", "bonus")
    list_filter = ("release", "bonus")
    search_fields = ("key", "title_fr", "title_en")


@admin.register(ReleaseIndicator)
class ReleaseIndicatorAdmin(SealedAdmin):
    list_display = ("label_fr", "release", "code", "definition_version", "measure", "reference_year")
    list_filter = ("release", "measure")
    search_fields = ("code", "label_fr", "label_en")


@admin.register(ReleasePrint)
class ReleasePrintAdmin(SealedAdmin):
    list_display = ("release", "source_title", "source_publisher", "source_licence", "source_file", "entered_at")
    search_fields = ("source_title", "source_publisher", "source_sha256")


@admin.register(ReleasePoints)
class ReleasePointsAdmin(OfAUnit):
    list_display = ("unit", "node", "points", "value", "kind", "status")
    list_filter = ("unit__release", "status")
    search_fields = OF_A_UNIT


@admin.register(ReleaseValue)
class ReleaseValueAdmin(OfAUnit):
    list_display = ("unit", "indicator", "figure", "kind", "source_title", "verified_at", "verified_meaning")
    list_filter = ("unit__release", "kind", "source_leaves")
    search_fields = (*OF_A_UNIT, "indicator__code", "source_sha256")


@admin.register(ReleaseSeries)
class ReleaseSeriesAdmin(OfAUnit):
    list_display = ("unit", "indicator", "year", "figure", "kind", "source_title", "verified_at")
    list_filter = ("unit__release", "year", "kind")
    search_fields = (*OF_A_UNIT, "indicator__code", "source_sha256")


@admin.register(ReleaseSetAside)
class ReleaseSetAsideAdmin(OfAUnit):
    list_display = ("unit", "indicator", "year", "reason_fr")
    list_filter = ("unit__release",)
    search_fields = OF_A_UNIT


@admin.register(ReleaseWithdrawal)
class ReleaseWithdrawalAdmin(SealedAdmin):
    list_display = ("release", "by", "at", "reason_fr")
    list_filter = ("release__ranking_slug",)
    search_fields = ("reason_fr", "reason_en")
    date_hierarchy = "at"
