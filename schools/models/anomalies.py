"""What looks wrong in a file that reads well: a figure contradicts another, a constant was filled in, a year jumps."""

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.anomalies import found as sentences
from schools.models.indicators import Indicator
from schools.models.sources import ImportBatch
from schools.models.units import Unit
from schools.models.values import ValueRevision


class Anomaly(models.Model):
    """One thing that looks wrong in the file of an import, raised when the import was recorded, and never changed.

    It judges nothing by itself: the values it touches wait for a person, one by one when it is *blocking*, and are
    approved with the others when it is a *remark*. Written by `editorial.actions.verification.record_anomalies`.
    """

    class Code(models.TextChoices):
        """What is wrong; `schools.anomalies` says how each is found."""

        CONTRADICTION = "contradiction", _("contradiction")
        JUMP = "jump", _("saut d’une année à l’autre")
        ZERO_DENOMINATOR = "zero_denominator", _("part de personne")
        REPEATED_CONSTANT = "repeated_constant", _("constante répétée")
        MIXED_SCALES = "mixed_scales", _("échelles mêlées")
        DUPLICATE_ROWS = "duplicate_rows", _("lignes en double")
        COUNTED_TWICE = "counted_twice", _("composante comptée deux fois")
        WRONG_KEY_LETTER = "wrong_key_letter", _("lettre d’UAI fausse")
        REPEATED_KEY = "repeated_key", _("identifiant répété")

    class Severity(models.TextChoices):
        BLOCKING = "blocking", _("à décider une à une")
        REMARK = "remark", _("remarque")

    batch = models.ForeignKey(ImportBatch, verbose_name=_("import"), on_delete=models.PROTECT, related_name="anomalies")
    code = models.CharField(_("nature"), max_length=20, choices=Code.choices)
    severity = models.CharField(_("gravité"), max_length=10, choices=Severity.choices)
    sheet = models.CharField(_("feuille"), max_length=120, blank=True)
    cells = models.TextField(_("cellules"), blank=True, help_text=_("Leurs adresses, séparées par des espaces."))
    columns = models.TextField(_("colonnes"), blank=True, help_text=_("Une par ligne."))
    subjects = models.TextField(_("identifiants"), blank=True, help_text=_("Ceux des écoles, séparés par des espaces."))
    # Canonical JSON text of texts: the sentence is written from it in the reader's language.
    params = models.TextField(_("paramètres"), default="{}")
    sentence = models.CharField(_("phrase"), max_length=60)
    unit = models.ForeignKey(
        Unit, verbose_name=_("école"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicateur"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    revisions: models.ManyToManyField = models.ManyToManyField(
        ValueRevision, verbose_name=_("valeurs touchées"), related_name="anomalies", blank=True
    )

    class Meta:
        verbose_name = _("anomalie")
        verbose_name_plural = _("anomalies")
        ordering = ["batch", "id"]
        indexes = [models.Index(fields=["batch", "severity", "code"], name="schools_anomaly_of_batch")]
        constraints = [
            models.CheckConstraint(
                name="schools_anomaly_severity_is_known", condition=Q(severity__in=["blocking", "remark"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.cells[:60]}".strip()

    @property
    def said(self) -> dict[str, str]:
        """The parameters of the sentence: texts, and figures as texts."""
        found: dict[str, str] = json.loads(self.params)
        return found

    @property
    def message(self) -> str:
        """What is wrong, with its figures, in the reader's language."""
        return sentences.said(self.sentence, self.said)
