"""The corrections of a published article: what it says from then on, and the public note that says what was wrong."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.models.texts import Text, TextQuerySet


class CorrectionState(models.TextChoices):
    """Where a correction stands. The moves are in `editorial.states`."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à relire")
    APPROVED = "approved", _("publiée")
    ABANDONED = "abandoned", _("abandonnée")


OPEN = (CorrectionState.DRAFT, CorrectionState.SUBMITTED)


class ArticleCorrectionQuerySet(TextQuerySet["ArticleCorrection"]):
    """Questions about corrections of articles."""


class ArticleCorrection(Text):
    """What a published article says from a correction on. Proposed by one person, approved by another: then it is out.

    The text before stays as it was printed: in the article for the first, in the correction before for the others.
    An abandoned one gives its number back.
    """

    article = models.ForeignKey("editorial.Article", on_delete=models.PROTECT, related_name="every_correction")
    number = models.PositiveIntegerField(_("numéro"))
    release = models.ForeignKey(
        "rankings.Release", verbose_name=_("version citée"), on_delete=models.PROTECT, related_name="+"
    )
    note_fr = models.TextField(_("ce qui était faux"))
    note_en = models.TextField(_("ce qui était faux, en anglais"))
    state = models.CharField(_("état"), max_length=12, choices=CorrectionState.choices, default=CorrectionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(
        "editorial.User", verbose_name=_("proposée par"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("commencée le"))
    edited_at = models.DateTimeField(_("modifiée le"))
    approved_by = models.ForeignKey(
        "editorial.User", verbose_name=_("relue par"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(_("corrigé le"), null=True, blank=True)
    rests_on: models.ManyToManyField = models.ManyToManyField(
        "rankings.Release", verbose_name=_("éditions antérieures citées"), related_name="+", editable=False
    )

    objects = ArticleCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction d’un article")
        verbose_name_plural = _("corrections d’articles")
        ordering = ["article", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="editorial_articlecorrection_one_of_each_number",
                fields=["article", "number"],
                condition=~Q(state="abandoned"),
            ),
            models.UniqueConstraint(
                name="editorial_articlecorrection_one_open",
                fields=["article"],
                condition=Q(state__in=["draft", "submitted"]),
            ),
            models.CheckConstraint(
                name="editorial_articlecorrection_with_its_notes", condition=~Q(note_fr="") & ~Q(note_en="")
            ),
            models.CheckConstraint(
                name="editorial_articlecorrection_approved_all_at_once",
                condition=Q(approved_by=None, corrected_at=None, state__in=["draft", "submitted", "abandoned"])
                | (Q(approved_by__isnull=False, corrected_at__isnull=False, state="approved") & ~Q(rendered_fr="")),
            ),
            models.CheckConstraint(
                name="editorial_articlecorrection_never_approved_by_who_proposed",
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                violation_error_message=_("Personne n’approuve sa propre correction."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither published nor abandoned."""
        return self.state in OPEN

    @property
    def note(self) -> str:
        """What was wrong, in the reader's language."""
        return self.note_en if get_language() == "en" else self.note_fr
