"""Which articles are shown: the same questions for the pages, the feeds and the API."""

from collections.abc import Callable, Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.models import Article

# What an article answers to each question. Few enough are published to be asked one by one: facts are kept as JSON, in
# which SQLite finds nothing by its parts.
ANSWERS: Mapping[str, Callable[[Article], Iterable[object]]] = {
    "genre": lambda article: [article.genre],
    "ranking": lambda article: [article.release.ranking_slug],
    "year": lambda article: [article.release.year],
    "unit": lambda article: dict.fromkeys(fact["unit"] for fact in article.facts if fact["unit"]),
}
# What a list of articles does not print.
NOT_LISTED = ("rendered_fr", "rendered_en", "correction__rendered_fr", "correction__rendered_en")


class ArticleFilter(forms.Form):
    """Published articles by genre, by the ranking and year they quote, by a school one of their figures is about."""

    genre = forms.ChoiceField(label=_("Genre"), choices=Article.Genre.choices, required=False)
    ranking = forms.CharField(label=_("Palmarès"), max_length=80, required=False)
    year = forms.IntegerField(label=_("Année"), min_value=1000, max_value=9999, required=False)
    unit = forms.CharField(label=_("École"), max_length=120, required=False)

    @property
    def asked(self) -> Mapping[str, object]:
        """What is asked and could be read: a wrong filter is not there."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def kept(self, articles: Iterable[Article], *, but: str = "") -> list[Article]:
        """The articles the filters keep, in the order they came in; `but` names one that is not asked."""
        asked = {name: value for name, value in self.asked.items() if name != but}
        return [one for one in articles if all(value in ANSWERS[name](one) for name, value in asked.items())]
