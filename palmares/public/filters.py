"""The filters of a ranking, the same for its page and for the API."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palmares.public import wording
from palmares.public.board import Board
from palmares.public.thresholds import PREFIX, reaches, thresholds
from rankings.models import ReleaseNode, ReleaseUnit
from schools.naming import search_key

LONGEST_QUERY = 80
PER_PAGE = {"25": 25, "50": 50, "all": None}
DEFAULT_PER_PAGE = "50"
# Name in an address → the column it asks for.
CHOICES = {
    "entry": "entry",
    "duration": "duration_years",
    "sector": "sector",
    "region": "region",
    "academie": "academie",
}
# Those of which several may be chosen.
SEVERAL = ("entry", "duration", "sector")
_WORDS: Mapping[str, Callable[[Any], str]] = {
    "entry": wording.entry_words,
    "duration": wording.years_words,
    "sector": wording.sector_words,
}


@dataclass(frozen=True)
class Option:
    """A choice of a filter, and how many schools of the release it keeps."""

    value: str
    label: str
    count: int


def options_of(units: Iterable[ReleaseUnit], name: str) -> list[Option]:
    """The values of a filter in a release, each with its count, by label. What is unknown is no option."""
    counted = Counter(getattr(unit, CHOICES[name]) for unit in units)
    words = _WORDS.get(name, str)
    found = [Option(str(value), words(value), count) for value, count in counted.items() if value]
    return sorted(found, key=lambda option: (search_key(option.label), option.value))


def orders_of(board: Board) -> list[ReleaseNode]:
    """The nodes a ranking may be sorted by beside its ranks and names: families and criteria that gave points."""
    given = {node for (_unit, node), got in board.points.items() if got.points}
    return [node for node in board.nodes if node.pk in given]


class UnitFilter(filters.FilterSet):
    """Which schools of one release are shown. Choices are those of the release, so an unknown one is an error.

    `min_` and the key of a family: the least points there. `per` belongs to the page and `limit` to the API; both are
    read elsewhere.
    """

    q = filters.CharFilter(method="matching", label=gettext_lazy("Nom de l’école"), max_length=LONGEST_QUERY)
    entry = filters.MultipleChoiceFilter(label=gettext_lazy("Entrée"), widget=forms.CheckboxSelectMultiple)
    duration = filters.MultipleChoiceFilter(
        field_name="duration_years", label=gettext_lazy("Durée"), widget=forms.CheckboxSelectMultiple
    )
    sector = filters.MultipleChoiceFilter(label=gettext_lazy("Statut"), widget=forms.CheckboxSelectMultiple)
    region = filters.ChoiceFilter(label=gettext_lazy("Région"), empty_label=gettext_lazy("Toutes"))
    academie = filters.ChoiceFilter(label=gettext_lazy("Académie"), empty_label=gettext_lazy("Toutes"))
    order = filters.ChoiceFilter(method="ordered", label=gettext_lazy("Trier par"), empty_label=None)

    class Meta:
        model = ReleaseUnit
        fields: list[str] = []

    def __init__(self, board: Board, data: QueryDict | Mapping[str, Any]) -> None:
        self.board = board
        self.options = {name: options_of(board.units, name) for name in CHOICES}
        super().__init__(data=data, queryset=board.release.units.order_by("position"))
        for name, options in self.options.items():
            self.filters[name].extra["choices"] = [(option.value, option.label) for option in options]
        orders = [("rank", _("Rang")), ("name", _("Nom")), *((node.key, node.title) for node in orders_of(board))]
        self.filters["order"].extra["choices"] = orders
        self.filters |= thresholds(board)

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong with each filter, unknown thresholds included; empty when nothing is."""
        found = {name: list(errors) for name, errors in self.form.errors.items()}
        known = ", ".join(thresholds(self.board)) or _("aucun")
        said = _("Cette édition n’a pas cette famille. Seuils connus : %(known)s.") % {"known": known}
        return found | {name: [said] for name in self.unknown}

    @property
    def unknown(self) -> list[str]:
        """The thresholds asked for of families that this release does not have."""
        return sorted(name for name in self.data if name.startswith(PREFIX) and name not in self.filters)

    @property
    def threshold_fields(self) -> list[forms.BoundField]:
        """The fields of the thresholds, in the order of the families."""
        return [self.form[name] for name in thresholds(self.board)]

    def is_valid(self) -> bool:
        """Whether every filter could be read."""
        return not self.errors

    def matching(self, queryset: QuerySet[ReleaseUnit], name: str, value: str) -> QuerySet[ReleaseUnit]:
        """The schools whose name holds every word, accents and case aside."""
        for word in search_key(value).split():
            queryset = queryset.filter(search_key__contains=word)
        return queryset

    def ordered(self, queryset: QuerySet[ReleaseUnit], name: str, value: str) -> QuerySet[ReleaseUnit]:
        """Points are exact texts, which a database would sort as letters: `Board.sorted_by` sorts them."""
        return queryset

    @property
    def order_key(self) -> str:
        """The order asked for, `rank` by default or when it is unknown."""
        return str(self.valid.get("order") or "rank")

    @property
    def valid(self) -> Mapping[str, Any]:
        """What could be read of the query: an invalid filter is not there."""
        self.form.full_clean()
        return self.form.cleaned_data

    @property
    def least(self) -> Mapping[ReleaseNode, Decimal]:
        """The thresholds asked for, by family."""
        asked = {each.node: self.valid.get(name) for name, each in thresholds(self.board).items()}
        return {node: points for node, points in asked.items() if points is not None}

    @property
    def kept(self) -> list[ReleaseUnit]:
        """The schools the valid filters keep, in the order asked for. One query; invalid filters keep everything."""
        found = set(self.qs.order_by().values_list("pk", flat=True))
        least = self.least
        kept = [unit for unit in self.board.units if unit.pk in found and reaches(self.board, unit, least)]
        return self.board.sorted_by(self.order_key, kept)
