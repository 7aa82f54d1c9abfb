"""What a ranking is for, by which method, over which schools and years."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Ranking(models.Model):
    """A palmarès that comes back every year. An install may hold several; nothing in the code knows their criteria."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    title_fr = models.CharField(_("titre"), max_length=160)
    title_en = models.CharField(_("titre anglais"), max_length=160)

    class Meta:
        verbose_name = _("palmarès")
        verbose_name_plural = _("palmarès")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_fr


class MethodVersion(models.Model):
    """One method, as its canonical text and digest. Written once: the database refuses any change.

    `indicators` is the table of what it uses: the code in the text → the definition it means.
    """

    ranking = models.ForeignKey(Ranking, verbose_name=_("palmarès"), on_delete=models.PROTECT, related_name="methods")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("texte canonique"))
    digest = models.CharField(_("empreinte"), max_length=64)
    created_by = models.ForeignKey(
        "editorial.User", verbose_name=_("déposée par"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("déposée le"))
    indicators: models.ManyToManyField = models.ManyToManyField(
        "schools.Indicator", verbose_name=_("indicateurs"), related_name="methods"
    )

    class Meta:
        verbose_name = _("méthode")
        verbose_name_plural = _("méthodes")
        ordering = ["ranking", "-number"]
        constraints = [
            models.UniqueConstraint(name="rankings_method_one_row_per_version", fields=["ranking", "number"]),
            models.UniqueConstraint(name="rankings_method_one_row_per_text", fields=["ranking", "digest"]),
        ]

    def __str__(self) -> str:
        return _("%(ranking)s, méthode %(number)s") % {"ranking": self.ranking, "number": self.number}


class Edition(models.Model):
    """One year of a ranking: its perimeter, its method, its texts. What is published of it are its releases."""

    ranking = models.ForeignKey(Ranking, verbose_name=_("palmarès"), on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField(_("millésime"))
    method = models.ForeignKey(
        MethodVersion,
        verbose_name=_("méthode"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
    )
    # Its places are those of a print, never computed. Said when it is opened, for good.
    archival = models.BooleanField(_("édition d’archive"), default=False, editable=False)
    purpose_fr = models.TextField(_("objet"), blank=True, help_text=_("Ce que ce palmarès mesure, et ne mesure pas."))
    purpose_en = models.TextField(_("objet, en anglais"), blank=True)
    audience_fr = models.TextField(_("public visé"), blank=True)
    audience_en = models.TextField(_("public visé, en anglais"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        "editorial.User", verbose_name=_("ouverte par"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("ouverte le"))

    class Meta:
        verbose_name = _("édition")
        verbose_name_plural = _("éditions")
        ordering = ["ranking", "-year"]
        constraints = [
            models.UniqueConstraint(name="rankings_edition_one_per_year", fields=["ranking", "year"]),
            models.CheckConstraint(
                name="rankings_edition_archival_has_no_method", condition=Q(archival=False) | Q(method=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking} {self.year}"


class EditionUnit(models.Model):
    """A unit of an edition's perimeter, or one left out of it, with the reason the public will read."""

    class Status(models.TextChoices):
        INCLUDED = "included", _("dans le champ")
        EXCLUDED = "excluded", _("hors du classement")

    edition = models.ForeignKey(Edition, verbose_name=_("édition"), on_delete=models.CASCADE, related_name="perimeter")
    unit = models.ForeignKey("schools.Unit", verbose_name=_("école"), on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("place"), max_length=10, choices=Status.choices, default=Status.INCLUDED)
    reason_fr = models.CharField(_("raison"), max_length=300, blank=True)
    reason_en = models.CharField(_("raison, en anglais"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("école de l’édition")
        verbose_name_plural = _("écoles de l’édition")
        ordering = ["edition", "unit"]
        constraints = [
            models.UniqueConstraint(name="rankings_editionunit_once_per_edition", fields=["edition", "unit"]),
            models.CheckConstraint(
                name="rankings_editionunit_excluded_with_a_reason",
                condition=Q(status="included") | (~Q(reason_fr="") & ~Q(reason_en="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_status_display()})"


class EditionIndicator(models.Model):
    """The year in which an edition reads one indicator.

    `carry_over_years`: how far back a unit's latest figure may be taken where that year gives none; 0 never does.
    `context_from_year`: the first of the earlier years that a release keeps for the evolution of a school.
    """

    edition = models.ForeignKey(Edition, verbose_name=_("édition"), on_delete=models.CASCADE, related_name="columns")
    indicator = models.ForeignKey(
        "schools.Indicator", verbose_name=_("indicateur"), on_delete=models.PROTECT, related_name="+"
    )
    reference_year = models.PositiveSmallIntegerField(_("année de référence"))
    carry_over_years = models.PositiveSmallIntegerField(_("reprise, en années au plus"), default=0)
    context_from_year = models.PositiveSmallIntegerField(_("évolution depuis l’année"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicateur de l’édition")
        verbose_name_plural = _("indicateurs de l’édition")
        ordering = ["edition", "indicator"]
        constraints = [
            models.UniqueConstraint(name="rankings_editionindicator_once_per_edition", fields=["edition", "indicator"]),
            models.CheckConstraint(
                name="rankings_editionindicator_context_before_its_year",
                condition=Q(context_from_year=None) | Q(context_from_year__lt=F("reference_year")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.reference_year}"
