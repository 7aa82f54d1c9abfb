"""What editions are made of, looked at here and prepared at their desk."""

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.admin.base import ReadOnlyAdmin
from rankings.models import EditionIndicator, EditionPlace, EditionPrint, EditionSetAside, EditionUnit

OF_AN_EDITION = ("edition__ranking", "edition__year")


class OfAnEdition(ReadOnlyAdmin):
    """Rows of an edition, each with the way to its desk. `desk_page`: the page of the desk that writes them."""

    desk_page = "desk:edition"

    @admin.display(description=gettext_lazy("bureau"))
    def desk(self, row: models.Model) -> SafeString:
        """The way to where it is written."""
        url = reverse(self.desk_page, args=[row.edition_id])  # type: ignore[attr-defined]
        return format_html('<a href="{}">{}</a>', url, _("ouvrir"))


@admin.register(EditionUnit)
class EditionUnitAdmin(OfAnEdition):
    desk_page = "desk:edition-units"
    list_display = ("unit", "edition", "status", "reason_fr", "desk")
    list_filter = (*OF_AN_EDITION, "status")
    list_select_related = ("unit", "edition__ranking")
    search_fields = ("unit__search_key", "reason_fr")


@admin.register(EditionIndicator)
class EditionIndicatorAdmin(OfAnEdition):
    list_display = ("indicator", "edition", "reference_year", "carry_over_years", "context_from_year", "desk")
    list_filter = OF_AN_EDITION
    list_select_related = ("indicator", "edition__ranking")
    search_fields = ("indicator__code", "indicator__label_fr")


@admin.register(EditionSetAside)
class EditionSetAsideAdmin(OfAnEdition):
    desk_page = "desk:edition-aside"
    list_display = ("revision", "state", "edition", "reason_fr", "by", "at", "desk")
    list_filter = (*OF_AN_EDITION, "revision__state")
    list_select_related = ("revision__unit", "revision__indicator", "edition__ranking", "by")
    search_fields = ("revision__unit__search_key", "revision__indicator__code", "reason_fr", "reason_en")
    date_hierarchy = "at"

    @admin.display(description=gettext_lazy("état"), ordering="revision__state")
    def state(self, row: EditionSetAside) -> str:
        """Where the value stands: a decided one is set aside no more."""
        return str(row.revision.get_state_display())


@admin.register(EditionPrint)
class EditionPrintAdmin(OfAnEdition):
    list_display = ("edition", "source", "ranked_count", "out_of", "entered_by", "entered_at", "desk")
    list_filter = OF_AN_EDITION
    list_select_related = ("edition__ranking", "source", "entered_by")
    search_fields = ("source__title", "source__file_name", "source__sha256")


@admin.register(EditionPlace)
class EditionPlaceAdmin(OfAnEdition):
    list_display = ("unit", "rank", "tied", "points", "edition", "desk")
    list_select_related = ("unit", "edition__ranking")
    list_filter = (*OF_AN_EDITION, "tied")
    search_fields = ("unit__search_key",)
