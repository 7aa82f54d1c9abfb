"""Archival editions: what was printed, before anything could be computed here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rankings.models.editions import Edition
from rankings.models.releases import Release


class EditionPrint(models.Model):
    """What an archival edition was printed in, and what the print says of itself.

    `ranked_count`: the schools ranked as printed; the places that are kept may be fewer, the others are unknown.
    `out_of`: the highest number of points as printed, exact text, empty where none is. Written by `enter_places`.
    """

    edition = models.OneToOneField(Edition, verbose_name=_("édition"), on_delete=models.CASCADE, related_name="printed")
    source = models.ForeignKey("schools.Source", verbose_name=_("source"), on_delete=models.PROTECT, related_name="+")
    ranked_count = models.PositiveIntegerField(_("écoles classées à l’imprimé"))
    out_of = models.CharField(_("points, sur"), max_length=20, blank=True)
    method_fr = models.TextField(_("méthode de l’imprimé"))
    method_en = models.TextField(_("méthode de l’imprimé, en anglais"))
    entered_by = models.ForeignKey(
        "editorial.User", verbose_name=_("entrée par"), on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entrée le"))

    class Meta:
        verbose_name = _("imprimé d’une édition")
        verbose_name_plural = _("imprimés des éditions")
        constraints = [
            models.CheckConstraint(name="rankings_editionprint_ranks_some", condition=Q(ranked_count__gte=1)),
            models.CheckConstraint(
                name="rankings_editionprint_method_in_both_languages", condition=~Q(method_fr="") & ~Q(method_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.source}"


class EditionPlace(models.Model):
    """The place of one school in an archival edition, as printed, with the cells that say so.

    `points`: exact text, empty where none is printed. Replaced whole by the next file; a release keeps its own copy.
    """

    edition = models.ForeignKey(Edition, verbose_name=_("édition"), on_delete=models.CASCADE, related_name="places")
    unit = models.ForeignKey("schools.Unit", verbose_name=_("école"), on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(_("rang"))
    tied = models.BooleanField(_("ex aequo"))
    points = models.CharField(_("points"), max_length=20, blank=True)
    cells = models.JSONField(_("cellules"), default=list)

    class Meta:
        verbose_name = _("place imprimée")
        verbose_name_plural = _("places imprimées")
        ordering = ["edition", "rank", "unit__search_key"]
        constraints = [
            models.UniqueConstraint(name="rankings_editionplace_once_per_edition", fields=["edition", "unit"]),
            models.CheckConstraint(name="rankings_editionplace_rank_from_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.unit}"


class ReleasePrint(models.Model):
    """The print that an archival release was taken from: its document, and its method in words."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="printed")
    method_fr = models.TextField()
    method_en = models.TextField()
    source_title = models.CharField(max_length=200)
    source_publisher = models.CharField(max_length=160)
    source_licence = models.CharField(max_length=120)
    source_date = models.DateField(null=True)
    source_url = models.URLField(blank=True)
    source_file = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.release}: {self.source_title}"

    @property
    def method(self) -> str:
        """The method of the print, in the reader's language."""
        return self.method_en if get_language() == "en" else self.method_fr
