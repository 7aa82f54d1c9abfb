"""What a release says around its ranking: the years before, and the values it does without."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from rankings.models.releases import ReleaseIndicator, ReleaseUnit
from rankings.models.sourced import Sourced


class ReleaseSeries(Sourced):
    """One figure of an earlier year, for the evolution of a school; it weighs on no rank."""

    unit = models.ForeignKey(ReleaseUnit, on_delete=models.CASCADE, related_name="series")
    indicator = models.ForeignKey(ReleaseIndicator, on_delete=models.CASCADE, related_name="series")
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["unit", "indicator__code", "year"]
        constraints = [
            models.UniqueConstraint(name="rankings_releaseseries_once_per_year", fields=["unit", "indicator", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.indicator} {self.year}: {self.figure or self.kind}"


class ReleaseSetAside(models.Model):
    """A value the release does without, because nobody had verified it: never the figure, only why it waits."""

    unit = models.ForeignKey(ReleaseUnit, on_delete=models.CASCADE, related_name="set_aside")
    indicator = models.ForeignKey(ReleaseIndicator, on_delete=models.CASCADE, related_name="set_aside")
    year = models.PositiveSmallIntegerField()
    reason_fr = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["unit", "indicator__code", "year"]
        constraints = [
            models.UniqueConstraint(name="rankings_releasesetaside_once_a_year", fields=["unit", "indicator", "year"]),
            models.CheckConstraint(
                name="rankings_releasesetaside_with_a_reason", condition=~Q(reason_fr="") & ~Q(reason_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.indicator} {self.year}"

    @property
    def reason(self) -> str:
        """Why it waits, in the reader's language."""
        return self.reason_en if get_language() == "en" else self.reason_fr
