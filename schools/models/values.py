"""What is known of whom, said by which cells, vouched for by whom."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.models.indicators import Indicator
from schools.models.sources import ImportBatch, Source
from schools.models.units import Unit


class Kind(models.TextChoices):
    """Whether a figure is there, and if not, why not. The engine's kinds of absence bear the same codes."""

    KNOWN = "known", _("connue")
    CARRIED_OVER = "carried_over", _("reprise d’une année antérieure")
    ESTIMATED = "estimated", _("estimée")
    MISSING = "missing", _("manquante")
    NOT_COMMUNICATED = "not_communicated", _("non communiquée")
    NOT_APPLICABLE = "not_applicable", _("sans objet")
    SECRET = "secret", _("secret statistique")


WITH_VALUE = [Kind.KNOWN.value, Kind.CARRIED_OVER.value, Kind.ESTIMATED.value]
ABSENCES = [Kind.MISSING.value, Kind.NOT_COMMUNICATED.value, Kind.NOT_APPLICABLE.value, Kind.SECRET.value]


class ValueState(models.TextChoices):
    """Where a value stands. The moves between them are in `editorial.states`."""

    PENDING = "pending", _("à vérifier")
    IN_FORCE = "in_force", _("en vigueur")
    REJECTED = "rejected", _("rejetée")
    WITHDRAWN = "withdrawn", _("retirée")
    SUPERSEDED = "superseded", _("remplacée")


class VerifiedMeaning(models.TextChoices):
    """What the verifier vouches for when she says « vu »."""

    TRUE_TO_SOURCE = "true_to_source", _("conforme à la source")
    PLAUSIBLE = "plausible", _("plausible, source non rouverte")
    CONFIRMED = "confirmed", _("confirmée par l’école")


class ValueQuerySet(models.QuerySet["ValueRevision"]):
    """Questions about values."""

    def pending(self) -> Self:
        """Those that wait for a verifier."""
        return self.filter(state=ValueState.PENDING)

    def in_force(self) -> Self:
        """Those that count: at most one per unit, definition and year."""
        return self.filter(state=ValueState.IN_FORCE)

    def decidable_by(self, user_id: int) -> Self:
        """Those that wait and that this person did not enter: nobody verifies her own."""
        return self.pending().exclude(author_id=user_id)

    def same_cell_as(self, revision: "ValueRevision") -> Self:
        """The other revisions of the same unit, definition and year."""
        return self.filter(
            unit_id=revision.unit_id, indicator_id=revision.indicator_id, reference_year=revision.reference_year
        ).exclude(pk=revision.pk)


class ValueRevision(models.Model):
    """What one author says one indicator of one unit was in one year.

    Its facts never change (the database refuses); only state, version and the decision do, along `editorial.states`
    and through `editorial.actions.values` and `.imports` alone. At most 15 digits are stored, so SQLite gives back
    what was written.
    """

    unit = models.ForeignKey(Unit, verbose_name=_("école"), on_delete=models.PROTECT, related_name="revisions")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicateur"), on_delete=models.PROTECT, related_name="revisions"
    )
    reference_year = models.PositiveSmallIntegerField(_("année de référence"))
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices, default=Kind.KNOWN)
    value = models.DecimalField(_("valeur"), max_digits=15, decimal_places=6, null=True, blank=True)
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="revisions")
    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    comment = models.TextField(_("commentaire"), blank=True)
    author = models.ForeignKey(
        "editorial.User", verbose_name=_("entrée par"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("entrée le"))
    state = models.CharField(_("état"), max_length=12, choices=ValueState.choices, default=ValueState.PENDING)
    version = models.PositiveIntegerField(default=1)
    decided_by = models.ForeignKey(
        "editorial.User",
        verbose_name=_("décidée par"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decision_reason = models.TextField(_("motif"), blank=True)
    verified_meaning = models.CharField(
        _("sens de la vérification"), max_length=20, choices=VerifiedMeaning.choices, blank=True
    )

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("valeur")
        verbose_name_plural = _("valeurs")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("enter_value", _("Peut entrer une valeur")),
            ("verify_value", _("Peut vérifier une valeur")),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="schools_value_queue"),
            models.Index(fields=["indicator", "reference_year", "state"], name="schools_value_column"),
        ]
        constraints = [
            models.CheckConstraint(
                name="schools_value_is_there_iff_its_kind_has_one",
                condition=Q(value__isnull=False, kind__in=WITH_VALUE) | Q(value=None, kind__in=ABSENCES),
            ),
            models.CheckConstraint(name="schools_value_state_is_known", condition=Q(state__in=ValueState.values)),
            models.CheckConstraint(
                name="schools_value_never_verified_by_its_author",
                condition=Q(decided_by=None) | ~Q(decided_by=F("author")) | Q(state="withdrawn"),
                violation_error_message=_("Personne ne vérifie une valeur qu’elle a entrée."),
            ),
            models.CheckConstraint(
                name="schools_value_both_decided_by_and_decided_at_set",
                condition=Q(decided_by=None, decided_at=None, state="pending")
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False) & ~Q(state="pending")),
            ),
            models.CheckConstraint(
                name="schools_value_rejected_with_a_reason", condition=~Q(state="rejected") | ~Q(decision_reason="")
            ),
            models.CheckConstraint(
                name="schools_value_verified_says_what_it_means",
                condition=~Q(state__in=["in_force", "superseded"]) | ~Q(verified_meaning=""),
            ),
            models.UniqueConstraint(
                name="schools_value_one_in_force_per_cell",
                fields=["unit", "indicator", "reference_year"],
                condition=Q(state="in_force"),
            ),
            models.UniqueConstraint(
                name="schools_value_one_pending_per_author_and_cell",
                fields=["unit", "indicator", "reference_year", "author"],
                condition=Q(state="pending"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.indicator} · {self.reference_year}"

    @property
    def figure(self) -> Decimal | None:
        """The value with exactly the decimals its indicator declares; None when absent."""
        if self.value is None:
            return None
        return self.value.quantize(Decimal(1).scaleb(-self.indicator.decimals))


class SourceCell(models.Model):
    """A cell that a value was read in, with its text as read. Written with its value, never changed after."""

    class Role(models.TextChoices):
        VALUE = "value", _("valeur")
        WEIGHT = "weight", _("pondération")
        FACTOR = "factor", _("facteur")
        CONDITION = "condition", _("condition")

    revision = models.ForeignKey(
        ValueRevision, verbose_name=_("valeur"), on_delete=models.PROTECT, related_name="cells"
    )
    sheet = models.CharField(_("feuille"), max_length=120, blank=True)
    reference = models.CharField(_("cellule"), max_length=40)
    column = models.CharField(_("colonne"), max_length=500, blank=True)
    text = models.CharField(_("texte lu"), max_length=500, blank=True)
    role = models.CharField(_("rôle"), max_length=10, choices=Role.choices, default=Role.VALUE)

    class Meta:
        verbose_name = _("cellule source")
        verbose_name_plural = _("cellules sources")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet} {self.reference}".strip()
