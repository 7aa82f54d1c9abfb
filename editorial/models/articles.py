"""What the newsroom writes around the figures."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.models.corrections import ArticleCorrection
from editorial.models.mending import mended
from editorial.models.texts import Text, TextQuerySet


class ArticleState(models.TextChoices):
    """Where an article stands. The moves are in `editorial.states`; *published* is derived, never stored."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à relire")
    APPROVED = "approved", _("relu et programmé")
    WITHDRAWN = "withdrawn", _("retiré")


class ArticleQuerySet(TextQuerySet["Article"]):
    """Questions about articles."""

    def published(self, *, at: datetime) -> Self:
        """Those the public may read at this instant: approved, their instant come, all that they quote published.

        The public site's only predicate for articles. What counts is what is quoted now: by the correction in force,
        if there is one.
        """
        own = Q(correction=None, pk__in=Article.objects.readable(at=at).values("pk"))
        corrected = Q(correction__in=ArticleCorrection.objects.readable(at=at).values("pk"))
        return self.filter(own | corrected, state=ArticleState.APPROVED, publish_at__lte=at)

    def as_corrected(self) -> Self:
        """The same articles, each saying in memory what its correction in force says."""

        def mend(article: "Article") -> None:
            if article.correction is not None:
                article.say(article.correction)

        return mended(self.select_related("release", "correction__release"), mend)


class Article(Text):
    """An article or an announcement, whose figures are facts of a release, frozen when it is approved.

    Written by one person, approved by another. Its text, with `rendered_*`, `facts` and the earlier editions they are
    of, `rests_on`, does not change once it is approved: it is corrected by another, `correction`, the one in force.
    """

    class Genre(models.TextChoices):
        ARTICLE = "article", _("article")
        ANNOUNCEMENT = "announcement", _("communiqué")

    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    genre = models.CharField(_("genre"), max_length=14, choices=Genre.choices, default=Genre.ANNOUNCEMENT)
    release = models.ForeignKey(
        "rankings.Release", verbose_name=_("version citée"), on_delete=models.PROTECT, related_name="articles"
    )
    signature = models.CharField(
        _("signature"), max_length=120, blank=True, help_text=_("Telle que le public la lira ; vide : la rédaction.")
    )
    state = models.CharField(_("état"), max_length=12, choices=ArticleState.choices, default=ArticleState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("editorial.User", verbose_name=_("auteur"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("commencé le"))
    edited_at = models.DateTimeField(_("modifié le"))
    approved_by = models.ForeignKey(
        "editorial.User", verbose_name=_("relu par"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("relu le"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publication"), null=True, blank=True, db_index=True)
    rests_on: models.ManyToManyField = models.ManyToManyField(
        "rankings.Release", verbose_name=_("éditions antérieures citées"), related_name="+", editable=False
    )
    correction = models.ForeignKey(
        "editorial.ArticleCorrection",
        verbose_name=_("correction en vigueur"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("write_article", _("Peut écrire un article")),
            ("approve_article", _("Peut approuver et programmer un article")),
        ]
        ordering = ["-publish_at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                name="editorial_article_approved_all_at_once",
                condition=Q(approved_by=None, approved_at=None, publish_at=None, state__in=["draft", "submitted"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False, publish_at__isnull=False)
                    & Q(state__in=["approved", "withdrawn"])
                    & ~Q(rendered_fr="")
                ),
            ),
            models.CheckConstraint(
                name="editorial_article_never_approved_by_its_author",
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                violation_error_message=_("Personne n’approuve son propre article."),
            ),
            models.CheckConstraint(
                name="editorial_article_never_published_before_its_approval",
                condition=Q(publish_at=None) | Q(publish_at__gte=F("approved_at")),
            ),
            models.CheckConstraint(
                name="editorial_article_corrected_once_approved",
                condition=Q(correction=None) | Q(state__in=["approved", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def corrected_at(self) -> datetime | None:
        """When it was last corrected; None when it never was."""
        return self.correction.corrected_at if self.correction else None

    def say(self, correction: ArticleCorrection) -> None:
        """Have this article, in memory alone, say what one of its corrections says."""
        left_out = correction.get_deferred_fields()
        for field in Text._meta.get_fields():
            if field.name not in left_out:
                setattr(self, field.name, getattr(correction, field.name))
        self.release, self.correction = correction.release, correction


class ArticleWithdrawal(models.Model):
    """The decision to take an article back, with the reason the public reads; without English it reads the French.

    Those withdrawn before reasons were public have none: what was said then was said to the newsroom alone.
    """

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("editorial.User", verbose_name=_("retiré par"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("retiré le"))
    reason_fr = models.TextField(_("motif"))
    reason_en = models.TextField(_("motif, en anglais"), blank=True)

    class Meta:
        verbose_name = _("retrait d’un article")
        verbose_name_plural = _("retraits d’articles")
        constraints = [
            models.CheckConstraint(name="editorial_articlewithdrawal_with_a_reason", condition=~Q(reason_fr="")),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.at:%Y-%m-%d})"

    @property
    def title(self) -> str:
        """The last title the article had, in the reader's language."""
        return (self.article.correction or self.article).title

    @property
    def reason(self) -> str:
        """The reason in the reader's language; French where there is no English."""
        return (self.reason_en if get_language() == "en" else "") or self.reason_fr

    @property
    def language(self) -> str:
        """The language `reason` is really in, for the `lang` attribute."""
        return "en" if get_language() == "en" and self.reason_en else "fr"
