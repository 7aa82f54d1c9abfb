"""What the newsroom writes around the figures."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rankings.models import Release


class ArticleState(models.TextChoices):
    """Where an article stands. The moves are in `editorial.states`; *published* is derived, never stored."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à relire")
    APPROVED = "approved", _("relu et programmé")
    WITHDRAWN = "withdrawn", _("retiré")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about articles."""

    def published(self, *, at: datetime) -> Self:
        """Those the public may read at this instant: approved, their instant come, the release they quote published.

        The public site's only predicate for articles: a release taken back takes with it what was written on it, and
        so does an earlier edition that one of its figures rests on.
        """
        readable = Release.objects.published(at=at)
        unread = Article.rests_on.through.objects.filter(article=OuterRef("pk")).exclude(release__in=readable)
        shown = self.filter(state=ArticleState.APPROVED, publish_at__lte=at, release__in=readable)
        return shown.filter(~Exists(unread))


class Article(models.Model):
    """An article or an announcement, whose figures are facts of a release, frozen when it is approved.

    Written by one person, approved by another. The body is Markdown; `[[fact …]]` marks stand for figures, resolved
    from the release and from earlier editions, `rests_on`. `rendered_*`, `facts` and `rests_on` are written at approval
    and do not change after.
    """

    class Genre(models.TextChoices):
        ARTICLE = "article", _("article")
        ANNOUNCEMENT = "announcement", _("communiqué")

    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    genre = models.CharField(_("genre"), max_length=14, choices=Genre.choices, default=Genre.ANNOUNCEMENT)
    release = models.ForeignKey(
        "rankings.Release", verbose_name=_("version citée"), on_delete=models.PROTECT, related_name="articles"
    )
    title_fr = models.CharField(_("titre"), max_length=200)
    title_en = models.CharField(_("titre anglais"), max_length=200, blank=True)
    summary_fr = models.CharField(_("chapeau"), max_length=400)
    summary_en = models.CharField(_("chapeau anglais"), max_length=400, blank=True)
    body_fr = models.TextField(_("texte"))
    body_en = models.TextField(_("texte anglais"), blank=True)
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
    rendered_fr = models.TextField(blank=True, editable=False)
    rendered_en = models.TextField(blank=True, editable=False)
    facts = models.JSONField(default=list, blank=True, editable=False)
    rests_on: models.ManyToManyField = models.ManyToManyField(
        "rankings.Release", verbose_name=_("éditions antérieures citées"), related_name="+", editable=False
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
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language; French where there is no English."""
        return (self.title_en if get_language() == "en" else "") or self.title_fr

    @property
    def summary(self) -> str:
        """The summary in the reader's language; French where there is no English."""
        return (self.summary_en if get_language() == "en" else "") or self.summary_fr

    @property
    def rendered(self) -> str:
        """The clean HTML in the reader's language; French where there is no English."""
        return (self.rendered_en if get_language() == "en" else "") or self.rendered_fr

    @property
    def language(self) -> str:
        """The language `rendered` is really in, for the `lang` attribute."""
        return "en" if get_language() == "en" and self.rendered_en else "fr"


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
    def reason(self) -> str:
        """The reason in the reader's language; French where there is no English."""
        return (self.reason_en if get_language() == "en" else "") or self.reason_fr

    @property
    def language(self) -> str:
        """The language `reason` is really in, for the `lang` attribute."""
        return "en" if get_language() == "en" and self.reason_en else "fr"
