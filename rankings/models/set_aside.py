"""Values an edition does without, because nobody has verified them yet, and why."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rankings.models.editions import Edition
from schools.models import ValueState


class SetAsideQuerySet(models.QuerySet["EditionSetAside"]):
    """Questions about values set aside."""

    def current(self) -> Self:
        """Those whose value still waits: a decided value has left the list by itself."""
        return self.filter(revision__state=ValueState.PENDING)


class EditionSetAside(models.Model):
    """A waiting value that an edition goes out without, with the reason the public will read.

    The value itself is untouched: it still waits for its verifier, and counts here as soon as she approves it. Once it
    is decided it is set aside no more (`current()`), without anybody having to say so. Written by
    `editorial.actions.set_aside`.
    """

    edition = models.ForeignKey(Edition, verbose_name=_("édition"), on_delete=models.CASCADE, related_name="set_aside")
    revision = models.ForeignKey(
        "schools.ValueRevision", verbose_name=_("valeur"), on_delete=models.PROTECT, related_name="set_aside"
    )
    reason_fr = models.CharField(_("raison"), max_length=300)
    reason_en = models.CharField(_("raison, en anglais"), max_length=300)
    by = models.ForeignKey("editorial.User", verbose_name=_("par"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("le"))

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("valeur mise de côté")
        verbose_name_plural = _("valeurs mises de côté")
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(name="rankings_editionsetaside_once_per_edition", fields=["edition", "revision"]),
            models.CheckConstraint(
                name="rankings_editionsetaside_with_a_reason", condition=~Q(reason_fr="") & ~Q(reason_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}"
