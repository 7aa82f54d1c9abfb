"""Where figures come from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A document that says figures: a file kept byte for byte under its SHA-256, or a page someone read.

    Never edited once a value refers to it; the file lies in the private folder, where no web server looks.
    """

    class Leaves(models.TextChoices):
        """What the licence lets the public receive."""

        VALUES = "values", _("les valeurs, réutilisables")
        DISPLAY = "display", _("les valeurs, à l’écran seulement")
        POINTS = "points", _("les points seulement")

    title = models.CharField(_("document"), max_length=200)
    publisher = models.CharField(_("producteur"), max_length=160)
    licence = models.CharField(_("licence"), max_length=120)
    leaves = models.CharField(_("ce qui peut sortir"), max_length=10, choices=Leaves.choices, default=Leaves.VALUES)
    document_date = models.DateField(_("date du document"), null=True, blank=True)
    url = models.URLField(_("adresse"), blank=True)
    file_name = models.CharField(_("nom du fichier"), max_length=255, blank=True)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("taille en octets"), null=True, blank=True)
    received_at = models.DateTimeField(_("reçu le"))
    received_by = models.ForeignKey(
        "editorial.User", verbose_name=_("reçu par"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="schools_source_one_row_per_file", fields=["sha256"], condition=~Q(sha256="")),
            models.CheckConstraint(
                name="schools_source_both_file_and_sha256_set",
                condition=Q(sha256="", file_name="", size_bytes=None)
                | (~Q(sha256="") & ~Q(file_name="") & Q(size_bytes__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ImportBatch(models.Model):
    """One reading of one file with one mapping: previewed, then recorded whole or not at all.

    State moves along `editorial.states`; the mapping is the canonical text that was used, kept with its digest.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("en aperçu")
        COMMITTED = "committed", _("enregistré")
        DISCARDED = "discarded", _("abandonné")
        WITHDRAWN = "withdrawn", _("retiré")

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="batches")
    mapping_text = models.TextField(_("correspondance"))
    mapping_digest = models.CharField(_("empreinte de la correspondance"), max_length=64)
    state = models.CharField(_("état"), max_length=12, choices=State.choices, default=State.PREVIEWED)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        "editorial.User", verbose_name=_("ouvert par"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("ouvert le"))
    closed_by = models.ForeignKey(
        "editorial.User", verbose_name=_("clos par"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    counts = models.JSONField(_("décompte"), default=dict, blank=True)
    # The canonical text of the checks that were run when the values were recorded; empty before, and where none was.
    checks_text = models.TextField(_("contrôles"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        permissions = [("import_file", _("Peut importer un fichier"))]
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="schools_importbatch_both_closed_by_and_closed_at_set",
                condition=Q(closed_by=None, closed_at=None, state="previewed")
                | (Q(closed_by__isnull=False) & Q(closed_at__isnull=False) & ~Q(state="previewed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.file_name} ({self.get_state_display()})"
