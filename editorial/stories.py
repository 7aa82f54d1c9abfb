"""The whole story of one thing: every act of the trail that is about it, whatever row it was done on.

The trail has no foreign keys, so a story is asked of the rows as they stand and of what the acts keep of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editorial.models import Article, ArticleCorrection, AuditEvent
from rankings.models import Edition, Release
from schools.models import ImportBatch, Indicator, MatchDecision, Source, Unit, UnitAlias, UnitIdentifier, ValueRevision


@dataclass(frozen=True)
class Story:
    """One kind of thing that has a story: its model, what it is called, its page, and which acts are about it.

    `page`: the name of its address at the desks, and the column its address is made of.
    """

    model: type[models.Model]
    name: str | Promise
    page: tuple[str, str]
    acts: Callable[[int], Q]

    def of(self, pk: int) -> QuerySet[AuditEvent]:
        """The acts about this one, the latest first. A thing that is gone keeps those done on itself."""
        return AuditEvent.objects.filter(_on(self.model, pk) | self.acts(pk))


def _on(model: type[models.Model], pk: int) -> Q:
    return Q(object_type=model._meta.label_lower, object_id=str(pk))


def _among(rows: QuerySet[Any]) -> Q:
    """Acts done on these rows, whose numbers the trail keeps as texts."""
    numbers = rows.order_by().annotate(number_text=Cast("pk", CharField())).values("number_text")
    return Q(object_type=rows.model._meta.label_lower, object_id__in=numbers)


def _of_value(pk: int) -> Q:
    """Every entry for its case, the imports they came by, and the editions that did without one of them."""
    case = ValueRevision.objects.filter(pk=pk).values("unit", "indicator", "reference_year").first()
    same = ValueRevision.objects.filter(**case) if case else ValueRevision.objects.filter(pk=pk)
    return _of_values(same)


def _of_values(revisions: QuerySet[ValueRevision]) -> Q:
    batches = ImportBatch.objects.filter(pk__in=revisions.order_by().values("batch"))
    return _among(revisions) | _among(batches) | _aside(list(revisions.order_by("pk").values_list("pk", flat=True)))


def _aside(pks: list[int]) -> Q:
    """Acts by which an edition set one of these values aside, or took it back: they name values by their numbers."""
    if not pks:
        return Q(pk=None)
    number = f"({'|'.join(map(str, pks))})"
    said = rf'"values":\[([0-9]+,)*{number}[],]|"value":{number}[,}}]'
    return Q(verb__in=["edition.set_aside", "edition.take_back"], details__regex=said)


def _of_unit(pk: int) -> Q:
    """Itself, its numbers and names, what was decided of it, its values, the perimeters that leave it out."""
    rows = (UnitIdentifier.objects, UnitAlias.objects, MatchDecision.objects)
    acts = _of_values(ValueRevision.objects.filter(unit=pk))
    for manager in rows:
        acts |= _among(manager.filter(unit=pk))
    slug = Unit.objects.filter(pk=pk).values_list("slug", flat=True).first()
    return acts | Q(verb="edition.perimeter", details__contains=f'"{slug}":') if slug else acts


def _of_batch(pk: int) -> Q:
    """Itself, its document, and each of its values."""
    sources = Source.objects.filter(pk__in=ImportBatch.objects.filter(pk=pk).values("source"))
    return _among(ValueRevision.objects.filter(batch=pk)) | _among(sources)


def _of_edition(pk: int) -> Q:
    """Itself, its palmarès and method, and every release, those that another computation replaced included."""
    edition = Edition.objects.filter(pk=pk).select_related("method").first()
    acts = _among(Release.objects.filter(edition=pk))
    computed = AuditEvent.objects.filter(verb="release.compute", details__regex=rf'"edition":{pk}[,}}]')
    acts |= Q(object_type=Release._meta.label_lower, object_id__in=computed.order_by().values("object_id"))
    if edition:
        acts |= _on(type(edition.ranking), edition.ranking_id)
    if edition and edition.method:
        acts |= _on(type(edition.method), edition.method.pk)
    return acts


def _of_release(pk: int) -> Q:
    """Itself, and the articles and their corrections that quote it."""
    quoting = Q(release=pk) | Q(rests_on=pk)
    return _among(Article.objects.filter(quoting)) | _among(ArticleCorrection.objects.filter(quoting))


def _of_article(pk: int) -> Q:
    """Itself, its corrections, and what was decided of the releases its figures come from."""
    corrections = ArticleCorrection.objects.filter(article=pk)
    texts = (Article.objects.filter(pk=pk), corrections)
    quoted = [release for text in texts for release in text.values_list("release", "rests_on")]
    releases = Release.objects.filter(pk__in={pk for pair in quoted for pk in pair if pk})
    return _among(corrections) | _among(releases) & Q(verb__in=["release.seal", "release.withdraw"])


def _of_indicator(pk: int) -> Q:
    """Itself and the other versions of its definition."""
    return _among(Indicator.objects.filter(code__in=Indicator.objects.filter(pk=pk).values("code")))


# By their word in the address.
STORIES: Mapping[str, Story] = {
    "valeur": Story(ValueRevision, _("valeur"), ("desk:value", "pk"), _of_value),
    "ecole": Story(Unit, _("école"), ("desk:grid-unit", "slug"), _of_unit),
    "indicateur": Story(Indicator, _("indicateur"), ("desk:grid-indicator", "code"), _of_indicator),
    "import": Story(ImportBatch, _("import"), ("desk:import", "pk"), _of_batch),
    "edition": Story(Edition, _("édition"), ("desk:edition", "pk"), _of_edition),
    "version": Story(Release, _("version"), ("desk:release", "pk"), _of_release),
    "article": Story(Article, _("article"), ("desk:article", "pk"), _of_article),
}
# The word of the story of a row, by the kind of row the trail names.
WORDS = {story.model._meta.label_lower: word for word, story in STORIES.items()}
