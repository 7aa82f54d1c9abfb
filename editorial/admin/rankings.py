"""Rankings, methods, editions and releases: looked at here, prepared and published at their desks."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin.base import ReadOnlyAdmin
from rankings.models import Edition, MethodVersion, Ranking, Release


def _link(name: str, pk: int) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[pk]), _("ouvrir"))


@admin.register(Ranking)
class RankingAdmin(ReadOnlyAdmin):
    list_display = ("title_fr", "title_en", "slug")
    search_fields = ("title_fr", "title_en", "slug")


@admin.register(MethodVersion)
class MethodVersionAdmin(ReadOnlyAdmin):
    list_display = ("ranking", "number", "digest", "created_by", "created_at")
    list_select_related = ("ranking", "created_by")
    list_display_links = ("number",)
    list_filter = ("ranking",)
    search_fields = ("digest", "indicators__code")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("ranking", "created_by")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("ranking", "year", "archival", "method_number", "created_by", "created_at", "desk")
    list_display_links = ("year",)
    list_filter = ("ranking", "archival", "year")
    search_fields = ("purpose_fr", "audience_fr", "=year")

    @admin.display(description=gettext_lazy("méthode"))
    def method_number(self, edition: Edition) -> int | None:
        return edition.method.number if edition.method else None

    @admin.display(description=gettext_lazy("bureau"))
    def desk(self, edition: Edition) -> SafeString:
        return _link("desk:edition", edition.pk)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("ranking", "method__ranking", "created_by")


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("title_fr", "year", "number", "digest", "signed_by", "sealed_by", "publish_at", "desk")
    list_filter = ("ranking_slug", "year")
    search_fields = ("digest", "seal_digest")
    exclude = ("document", "method_text")

    @admin.display(description=gettext_lazy("bureau"))
    def desk(self, release: Release) -> SafeString:
        return _link("desk:release", release.pk)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        found = super().get_queryset(request).defer("document", "method_text")
        return found.select_related("edition__ranking", "computed_by", "signed_by", "sealed_by")
