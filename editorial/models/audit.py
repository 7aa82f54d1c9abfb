"""The trail: what was done, by whom, when, on what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing done. Append-only (the database refuses update and delete), chained by hash, without foreign keys.

    It alone is the history. Written by `editorial.audit.record` in the transaction of the act, never elsewhere.
    """

    number = models.PositiveBigIntegerField(_("numéro"), unique=True)
    at = models.DateTimeField(_("instant"), db_index=True)
    actor_id = models.PositiveBigIntegerField(_("compte"), null=True)
    actor_name = models.CharField(_("qui"), max_length=160)
    verb = models.CharField(_("acte"), max_length=40, db_index=True)
    object_type = models.CharField(_("objet"), max_length=40)
    object_id = models.CharField(_("numéro de l’objet"), max_length=40)
    object_label = models.CharField(_("intitulé"), max_length=300)
    reason = models.TextField(_("motif"), blank=True)
    # Canonical JSON text, not a JSON field: what was hashed is what is kept, to the byte.
    details = models.TextField(_("détails"), default="{}")
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(_("empreinte"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("acte")
        verbose_name_plural = _("journal")
        ordering = ["-number"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="editorial_audit_object")]

    def __str__(self) -> str:
        return f"{self.number}. {self.actor_name}: {self.verb} {self.object_label}"
