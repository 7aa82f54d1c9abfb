"""What the public reads, in both languages: the first text of an article, and each text that corrects it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rankings.models import Release


class TextQuerySet[T: models.Model](models.QuerySet[T]):
    """Questions about texts whose figures are of releases: `release`, which they quote, and `rests_on`."""

    def readable(self, *, at: datetime) -> Self:
        """Those all of whose figures the public may read at this instant.

        A release taken back takes with it what was written on it, and so does an earlier edition that one of its
        figures rests on.
        """
        public = Release.objects.published(at=at)
        through = self.model.rests_on.through  # type: ignore[attr-defined]
        own = {str(self.model._meta.model_name): OuterRef("pk")}
        unread = through.objects.filter(**own).exclude(release__in=public)
        return self.filter(release__in=public).filter(~Exists(unread))


class Text(models.Model):
    """What is said, and what is made of it at approval: clean HTML with the figures in place, and these figures.

    The body is Markdown; `[[fact …]]` marks stand for figures, resolved from the release and from earlier editions.
    """

    title_fr = models.CharField(_("titre"), max_length=200)
    title_en = models.CharField(_("titre anglais"), max_length=200, blank=True)
    summary_fr = models.CharField(_("chapeau"), max_length=400)
    summary_en = models.CharField(_("chapeau anglais"), max_length=400, blank=True)
    body_fr = models.TextField(_("texte"))
    body_en = models.TextField(_("texte anglais"), blank=True)
    rendered_fr = models.TextField(blank=True, editable=False)
    rendered_en = models.TextField(blank=True, editable=False)
    facts = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

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
