"""What the public reads: sealed copies of every figure, name and text."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rankings.models.editions import Edition
from rankings.models.sourced import Sourced


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Questions about releases."""

    def published(self, *, at: datetime) -> Self:
        """Those the public may read at this instant: sealed, their instant come, not withdrawn.

        The only predicate of the public site for rankings, on every channel. Decided by the clock at the query, never
        by a job nor by a stored flag.
        """
        return self.filter(sealed_at__isnull=False, publish_at__lte=at).exclude(withdrawal__at__lte=at)

    def current(self, *, at: datetime) -> Self:
        """Of each edition, the one release the public reads at this instant: the published one of highest number."""
        newer = Release.objects.published(at=at).filter(
            edition=models.OuterRef("edition"), number__gt=models.OuterRef("number")
        )
        return self.published(at=at).filter(~models.Exists(newer))


class Release(models.Model):
    """One publication of an edition, with its own copy of all it says; a correction is the next number.

    Computed, signed off by one person, then sealed by another with the instant of publication. Once sealed, the
    database refuses any insert, update or delete in it. *Published* is derived, never stored.

    `document` is canonical JSON of method, data, cut points and results, without clocks or people: computed again from
    the same data it has the same `digest` on any machine. `seal_digest` covers every row that is shown; it is
    taken at the signature, so that what is sealed is what was signed.
    """

    edition = models.ForeignKey(Edition, verbose_name=_("édition"), on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField(_("numéro"))
    # The copy: a reader of releases needs no other table.
    ranking_slug = models.SlugField(max_length=80)
    year = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    purpose_fr = models.TextField()
    purpose_en = models.TextField()
    audience_fr = models.TextField()
    audience_en = models.TextField()
    reason_fr = models.TextField(_("raison de cette version"), blank=True)
    reason_en = models.TextField(_("raison, en anglais"), blank=True)
    # Places of a print: without method, nodes or values; `printed` says which. Never computed again.
    archival = models.BooleanField(default=False)
    # The highest number of points as printed; a computed release has that of its method, and this is empty.
    out_of = models.CharField(max_length=20, blank=True)
    method_text = models.TextField(blank=True)
    method_digest = models.CharField(max_length=64, blank=True)
    document = models.TextField()
    digest = models.CharField(_("empreinte"), max_length=64)
    seal_digest = models.CharField(_("empreinte du scellé"), max_length=64, blank=True)
    ranked_count = models.PositiveIntegerField(_("écoles classées"))
    unranked_count = models.PositiveIntegerField(_("écoles non classées"))
    # Who answered for it.
    computed_by = models.ForeignKey("editorial.User", on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(_("calculée le"))
    signed_by = models.ForeignKey("editorial.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("signée le"), null=True)
    sealed_by = models.ForeignKey("editorial.User", on_delete=models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(_("scellée le"), null=True)
    publish_at = models.DateTimeField(_("publication"), null=True, db_index=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("version publiée")
        verbose_name_plural = _("versions publiées")
        ordering = ["ranking_slug", "-year", "-number"]
        permissions = [
            ("compute_release", _("Peut calculer une édition")),
            ("sign_release", _("Peut signer un calcul")),
            ("seal_release", _("Peut sceller et programmer une publication")),
            ("withdraw_release", _("Peut retirer une publication")),
        ]
        constraints = [
            models.UniqueConstraint(name="rankings_release_one_per_number", fields=["edition", "number"]),
            models.UniqueConstraint(
                name="rankings_release_one_unsealed_per_edition", fields=["edition"], condition=Q(sealed_at=None)
            ),
            models.CheckConstraint(
                name="rankings_release_both_signed_by_and_signed_at_set",
                condition=Q(signed_by=None, signed_at=None, seal_digest="")
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(seal_digest="")),
            ),
            models.CheckConstraint(
                name="rankings_release_sealed_all_at_once",
                condition=Q(sealed_by=None, sealed_at=None, publish_at=None)
                | Q(sealed_by__isnull=False, sealed_at__isnull=False, publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rankings_release_sealed_by_another_than_signed",
                condition=Q(sealed_by=None) | (Q(signed_by__isnull=False) & ~Q(sealed_by=F("signed_by"))),
            ),
            models.CheckConstraint(
                name="rankings_release_never_published_before_its_seal",
                condition=Q(publish_at=None) | Q(publish_at__gte=F("sealed_at")),
            ),
            models.CheckConstraint(
                name="rankings_release_archival_iff_without_method",
                condition=Q(archival=True, method_text="", method_digest="")
                | (Q(archival=False, out_of="") & ~Q(method_text="") & ~Q(method_digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}, version {self.number}"

    def is_published(self, *, at: datetime) -> bool:
        """The same question as `published()`, asked of one row; one query for the withdrawal."""
        return Release.objects.published(at=at).filter(pk=self.pk).exists()

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def purpose(self) -> str:
        """What this ranking measures, in the reader's language."""
        return self.purpose_en if get_language() == "en" else self.purpose_fr

    @property
    def audience(self) -> str:
        """For whom it is made, in the reader's language."""
        return self.audience_en if get_language() == "en" else self.audience_fr

    @property
    def reason(self) -> str:
        """Why this version replaced the previous one, in the reader's language; empty for the first."""
        return self.reason_en if get_language() == "en" else self.reason_fr


class ReleaseWithdrawal(models.Model):
    """The decision to take a sealed release back, before its instant or after: the release itself does not change."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("editorial.User", verbose_name=_("retirée par"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("retirée le"))
    reason_fr = models.TextField(_("motif"))
    reason_en = models.TextField(_("motif, en anglais"))

    class Meta:
        verbose_name = _("retrait")
        verbose_name_plural = _("retraits")
        constraints = [
            models.CheckConstraint(
                name="rankings_withdrawal_with_a_reason", condition=~Q(reason_fr="") & ~Q(reason_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release} ({self.at:%Y-%m-%d})"


class ReleaseNode(models.Model):
    """A node of the method as printed: a family (level 0) or a criterion below it, with its weight and cut points."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="nodes")
    key = models.CharField(max_length=80)
    parent_key = models.CharField(max_length=80, blank=True)
    level = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    weight = models.CharField(max_length=40)
    out_of = models.CharField(max_length=40)
    indicator = models.CharField(max_length=60, blank=True)
    # What divides the indicator: one code, or several whose values are added (`denominators` then, in the order said).
    denominator = models.CharField(max_length=60, blank=True)
    denominators = models.JSONField(default=list)
    multiply = models.CharField(max_length=40, blank=True)
    ratio_digits = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    cut_points = models.TextField(blank=True)
    # Its points add to the score as they are: it has no weight (« 0 »), and is outside the maximum and the coverage.
    bonus = models.BooleanField(default=False)

    class Meta:
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(name="rankings_releasenode_once_per_release", fields=["release", "key"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_fr

    @property
    def divisors(self) -> list[str]:
        """The indicators whose sum divides; none when the criterion reads its indicator alone."""
        return list(self.denominators) or ([self.denominator] if self.denominator else [])


class ReleaseIndicator(models.Model):
    """An indicator as it was defined when the release was sealed, with the year it was read in."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    label_fr = models.CharField(max_length=160)
    label_en = models.CharField(max_length=160)
    definition_fr = models.TextField()
    definition_en = models.TextField()
    measure = models.CharField(max_length=20)
    decimals = models.PositiveSmallIntegerField()
    reference_year = models.PositiveSmallIntegerField()
    carry_over_years = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["release", "code"]
        constraints = [
            models.UniqueConstraint(name="rankings_releaseindicator_once_per_release", fields=["release", "code"]),
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


class ReleaseUnit(models.Model):
    """A school as the release says it was: name, place, score and rank, or the reason why it has none."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="units")
    slug = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=220)
    sector = models.CharField(max_length=20, blank=True)
    entry = models.CharField(max_length=20, blank=True)
    duration_years = models.PositiveSmallIntegerField(null=True)
    region = models.CharField(max_length=80, blank=True)
    academie = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=120, blank=True)
    website = models.URLField(blank=True)
    identifiers = models.JSONField(default=list)
    rank = models.PositiveIntegerField(null=True)
    tied = models.BooleanField(default=False)
    # Exact text, as computed; `position` gives the order, so no score is ever compared as a number by the database.
    score = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    coverage_percent = models.CharField(max_length=10, blank=True)
    # A place taken from a print: its score may be empty, and `cells` say where it was read.
    printed = models.BooleanField(default=False)
    cells = models.JSONField(default=list)
    unranked_fr = models.CharField(max_length=300, blank=True)
    unranked_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(name="rankings_releaseunit_once_per_release", fields=["release", "slug"]),
            models.CheckConstraint(
                name="rankings_releaseunit_ranked_or_told_why",
                condition=(Q(rank__isnull=False, unranked_fr="", unranked_en="") & (Q(printed=True) | ~Q(score="")))
                | (Q(rank=None, tied=False, printed=False) & ~Q(unranked_fr="") & ~Q(unranked_en="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unranked(self) -> str:
        """Why it has no rank, in the reader's language; empty when it has one."""
        return self.unranked_en if get_language() == "en" else self.unranked_fr


class ReleasePoints(models.Model):
    """The points of one school at one node, as printed; `status` tells when a rule and not a value gave them.

    At a criterion, `value` is what its scale was given, as exact text: empty for an absence, or when the licence of
    one of its figures lets only points leave. `kind` is that of a value, the weakest of its figures': known,
    carried over, estimated. `leaves` is what the licences of all its figures let leave.
    """

    unit = models.ForeignKey(ReleaseUnit, on_delete=models.CASCADE, related_name="points")
    node = models.ForeignKey(ReleaseNode, on_delete=models.CASCADE, related_name="points")
    points = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20)
    absence = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    leaves = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["unit", "node__position"]
        constraints = [
            models.UniqueConstraint(name="rankings_releasepoints_once_per_node", fields=["unit", "node"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.node}: {self.points}"


class ReleaseValue(Sourced):
    """One figure of one school that the ranking was computed from, or that it gives for information.

    `own_year` is the year it really is of, earlier than that of its indicator when it was carried over; None in a
    release older than this column.
    """

    unit = models.ForeignKey(ReleaseUnit, on_delete=models.CASCADE, related_name="values")
    indicator = models.ForeignKey(ReleaseIndicator, on_delete=models.CASCADE, related_name="values")
    own_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["unit", "indicator__code"]
        constraints = [
            models.UniqueConstraint(name="rankings_releasevalue_once_per_indicator", fields=["unit", "indicator"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.indicator}: {self.figure or self.kind}"

    @property
    def year(self) -> int:
        """The year it really is of."""
        return self.indicator.reference_year if self.own_year is None else self.own_year

    @property
    def carried_over(self) -> bool:
        """Whether it is of an earlier year than its indicator's."""
        return self.year < self.indicator.reference_year
