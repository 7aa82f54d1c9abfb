"""What is measured."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Indicator(models.Model):
    """One definition of one measure: a change of definition is a new row with the next version, never an edit.

    Values refer to a definition, so figures taken under two definitions are never mixed by accident.
    """

    class Measure(models.TextChoices):
        PERCENTAGE = "percentage", _("pourcentage")
        COUNT = "count", _("nombre")
        RATIO = "ratio", _("rapport")
        EUROS = "euros", _("euros")
        MONTHS = "months", _("mois")
        MARK = "mark", _("note")
        ORDINAL = "ordinal", _("rang d’une échelle")
        BOOLEAN = "boolean", _("oui ou non")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("plus c’est haut, mieux c’est")
        LOWER = "lower", _("plus c’est bas, mieux c’est")
        NEUTRAL = "", _("sans sens")

    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version de la définition"), default=1)
    label_fr = models.CharField(_("intitulé"), max_length=160)
    label_en = models.CharField(_("intitulé anglais"), max_length=160)
    definition_fr = models.TextField(_("définition"))
    definition_en = models.TextField(_("définition anglaise"))
    measure = models.CharField(_("type"), max_length=20, choices=Measure.choices)
    decimals = models.PositiveSmallIntegerField(_("décimales"), default=0)
    minimum = models.DecimalField(_("borne basse"), max_digits=15, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("borne haute"), max_digits=15, decimal_places=6, null=True, blank=True)
    direction = models.CharField(_("sens"), max_length=10, choices=Direction.choices, blank=True)
    ranking = models.BooleanField(_("classant"), default=True)
    inherited_by_cursus = models.BooleanField(_("vaut pour les cursus de l’école"), default=False)

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(name="schools_indicator_one_row_per_version", fields=["code", "version"]),
            models.CheckConstraint(
                name="schools_indicator_bounds_in_order",
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")),
            ),
            models.CheckConstraint(name="schools_indicator_decimals_stored_exactly", condition=Q(decimals__lte=6)),
            models.CheckConstraint(
                name="schools_indicator_percentage_has_bounds",
                condition=~Q(measure="percentage") | Q(minimum__isnull=False, maximum__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if get_language() == "en" else self.label_fr

    @property
    def definition(self) -> str:
        """The definition in the reader's language."""
        return self.definition_en if get_language() == "en" else self.definition_fr
