"""Which articles are shown: the same questions for the pages and for the API."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from editorial.models import Article


class ArticleFilter(filters.FilterSet):
    """Published articles by genre, by the ranking and year they quote, by a school one of their figures is about."""

    genre = filters.ChoiceFilter(choices=Article.Genre.choices)
    ranking = filters.CharFilter(field_name="release__ranking_slug", max_length=80)
    year = filters.NumberFilter(field_name="release__year", min_value=1000, max_value=9999, decimal_places=0)
    unit = filters.CharFilter(method="about", max_length=120)

    class Meta:
        model = Article
        fields: list[str] = []

    def about(self, queryset: QuerySet[Article], name: str, value: str) -> QuerySet[Article]:
        """Facts are kept as JSON, in which SQLite finds nothing by its parts: they are read, a few dozen at most."""
        told = [article.pk for article in queryset if any(fact["unit"] == value for fact in article.facts)]
        return queryset.filter(pk__in=told)

    def kept(self) -> QuerySet[Article]:
        """The articles the filters keep, in the order they came in."""
        found: Any = self.qs
        return found
