"""What people said of the names and numbers by which a source calls schools."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.models.units import Unit, UnitIdentifier


class Verdict(models.TextChoices):
    """What a name or number of a source is to our units."""

    SAME = "same", _("la même école")
    SITE = "site", _("un de ses sites")
    COMPONENT = "component", _("une partie seulement de l’école")
    WIDER = "wider", _("un établissement plus large")
    PREDECESSOR = "predecessor", _("une école dont elle est issue")
    OUTSIDE = "outside", _("hors du champ")
    UNSAID = "unsaid", _("école non précisée par la source")


# Those that speak of a unit; among them, those whose figures are the unit's own.
OF_A_UNIT = [v.value for v in Verdict if v not in {Verdict.OUTSIDE, Verdict.UNSAID}]
COUNTED = [Verdict.SAME.value, Verdict.SITE.value]
NAME = "name"


class MatchDecisionQuerySet(models.QuerySet["MatchDecision"]):
    """Questions about what was decided."""

    def of(self, dataset: str) -> Self:
        """What was said of the names and numbers of this source."""
        return self.filter(dataset=dataset)


class MatchDecision(models.Model):
    """What a person said of a name or number that a source uses: which of our schools it is, or why none.

    Figures come in under `same` and `site` alone; any other verdict leaves the rows out, with its reason. `value` is
    the identifier, or the `search_key` of the name. Written by `editorial.actions.matches` alone.
    """

    class Scheme(models.TextChoices):
        NAME = NAME, _("nom")
        UAI = UnitIdentifier.Scheme.UAI.value, "UAI"
        PAYSAGE = UnitIdentifier.Scheme.PAYSAGE.value, "Paysage"
        ROR = UnitIdentifier.Scheme.ROR.value, "ROR"
        WIKIDATA = UnitIdentifier.Scheme.WIKIDATA.value, "Wikidata"
        SIREN = UnitIdentifier.Scheme.SIREN.value, "SIREN"
        CTI = UnitIdentifier.Scheme.CTI.value, UnitIdentifier.Scheme.CTI.label

    dataset = models.SlugField(_("jeu de données"), max_length=60)
    scheme = models.CharField(_("répertoire"), max_length=20, choices=Scheme.choices)
    value = models.CharField(_("identifiant ou nom"), max_length=220)
    name_read = models.CharField(_("nom lu"), max_length=200, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("école"), on_delete=models.PROTECT, null=True, blank=True, related_name="match_decisions"
    )
    valid_from = models.DateField(_("depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    reason = models.TextField(_("motif"))
    decided_by = models.ForeignKey(
        "editorial.User", verbose_name=_("décidé par"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("décidé le"))

    objects = MatchDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapprochement")
        verbose_name_plural = _("rapprochements")
        ordering = ["dataset", "scheme", "value", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="schools_matchdecision_unit_set_iff_its_verdict_names_one",
                condition=Q(unit__isnull=False, verdict__in=OF_A_UNIT)
                | Q(unit=None, verdict__in=[Verdict.OUTSIDE.value, Verdict.UNSAID.value]),
            ),
            models.CheckConstraint(name="schools_matchdecision_reason_not_empty", condition=~Q(reason="")),
            models.CheckConstraint(name="schools_matchdecision_value_not_empty", condition=~Q(value="")),
            models.CheckConstraint(
                name="schools_matchdecision_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
            # Two, because databases hold two unknown beginnings for different.
            models.UniqueConstraint(
                name="schools_matchdecision_one_per_value_and_beginning",
                fields=["dataset", "scheme", "value", "valid_from"],
            ),
            models.UniqueConstraint(
                name="schools_matchdecision_one_per_value_without_beginning",
                fields=["dataset", "scheme", "value"],
                condition=Q(valid_from=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} · {self.get_scheme_display()} {self.value}"

    @property
    def is_counted(self) -> bool:
        """Whether the figures under this name or number are the unit's own."""
        return self.verdict in COUNTED

    def covers(self, day: date) -> bool:
        """Whether this holds on that day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
