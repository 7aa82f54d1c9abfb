"""What is ranked: schools and their cursus, under every name and number they are known by."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.naming import search_key


class Sector(models.TextChoices):
    """Who a school belongs to; UNKNOWN is a state of our knowledge, not of the school."""

    PUBLIC = "public", _("publique")
    PRIVATE_CONTRACT = "private_contract", _("privée sous contrat")
    PRIVATE = "private", _("privée")
    CONSULAR = "consular", _("consulaire")
    UNKNOWN = "", _("statut inconnu")


class Entry(models.TextChoices):
    """After which studies students enter; UNKNOWN is a state of our knowledge, not of the school."""

    POST_BAC = "post_bac", _("après le bac")
    POST_PREPA = "post_prepa", _("après une prépa")
    UNKNOWN = "", _("entrée inconnue")


# The longest course, in years: more is a mistake of the file.
LONGEST_YEARS = 8


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about units."""

    def known_by(self, scheme: str, value: str) -> Self:
        """The units that carry this identifier today; none or one, as an open identifier belongs to one unit."""
        return self.filter(identifiers__scheme=scheme, identifiers__value=value, identifiers__valid_to=None)

    def matching(self, words: str) -> Self:
        """The units whose name or aliases hold every word, accents and case aside."""
        found = self
        for word in search_key(words).split():
            found = found.filter(Q(search_key__contains=word) | Q(aliases__key__contains=word))
        return found.distinct()


class Unit(models.Model):
    """A school, or one cursus of it: what a ranking ranks. Created by an import or by the data cell."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("école")
        CURSUS = "cursus", _("cursus")

    slug = models.SlugField(_("identifiant public"), max_length=120, unique=True)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind.choices, default=Kind.SCHOOL)
    parent = models.ForeignKey(
        "self", verbose_name=_("école mère"), on_delete=models.PROTECT, null=True, blank=True, related_name="cursus"
    )
    name = models.CharField(_("nom"), max_length=200)
    sector = models.CharField(_("statut"), max_length=20, choices=Sector.choices, default=Sector.UNKNOWN, blank=True)
    entry = models.CharField(_("entrée"), max_length=20, choices=Entry.choices, default=Entry.UNKNOWN, blank=True)
    duration_years = models.PositiveSmallIntegerField(
        _("durée, en années"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_YEARS)],
    )
    region = models.CharField(_("région"), max_length=80, blank=True)
    academie = models.CharField(_("académie"), max_length=80, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    website = models.URLField(_("site web"), blank=True)
    search_key = models.CharField(max_length=220, editable=False, db_index=True)
    created_at = models.DateTimeField(_("créée le"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("école")
        verbose_name_plural = _("écoles")
        ordering = ["search_key", "slug"]
        constraints = [
            models.CheckConstraint(
                name="schools_unit_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="schools_unit_cursus_has_a_parent", condition=Q(kind="school") | ~Q(parent=None)
            ),
            models.CheckConstraint(name="schools_unit_name_not_empty", condition=~Q(name="")),
            models.CheckConstraint(
                name="schools_unit_duration_in_whole_years",
                condition=Q(duration_years=None) | Q(duration_years__range=(1, LONGEST_YEARS)),
            ),
            models.CheckConstraint(
                name="schools_unit_entry_is_one_of_ours", condition=Q(entry__in=["post_bac", "post_prepa", ""])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitIdentifier(models.Model):
    """A number by which an authority knows a unit, and for how long: numbers are closed, and given again to others."""

    class Scheme(models.TextChoices):
        UAI = "uai", "UAI"
        PAYSAGE = "paysage", "Paysage"
        ROR = "ror", "ROR"
        WIKIDATA = "wikidata", "Wikidata"
        SIREN = "siren", "SIREN"
        CTI = "cti", _("numéro de la liste de la CTI")

    unit = models.ForeignKey(Unit, verbose_name=_("école"), on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("répertoire"), max_length=20, choices=Scheme.choices)
    value = models.CharField(_("identifiant"), max_length=60)
    valid_from = models.DateField(_("depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("identifiant")
        verbose_name_plural = _("identifiants")
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                name="schools_unitidentifier_open_belongs_to_one_unit",
                fields=["scheme", "value"],
                condition=Q(valid_to=None),
            ),
            models.CheckConstraint(
                name="schools_unitidentifier_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class UnitAlias(models.Model):
    """Another name of a unit, past or present, by which a file or a reader may call it."""

    unit = models.ForeignKey(Unit, verbose_name=_("école"), on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("autre nom"), max_length=200)
    key = models.CharField(max_length=220, editable=False, db_index=True)
    valid_from = models.DateField(_("depuis"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("autre nom")
        verbose_name_plural = _("autres noms")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="schools_unitalias_once_per_unit", fields=["unit", "key"]),
        ]

    def __str__(self) -> str:
        return self.name
