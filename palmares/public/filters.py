"""The filters of a ranking, the same for its page and for the API."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from palmares.public.board import Board
from rankings.models import ReleaseNode, ReleaseUnit
from schools.models import Sector
from schools.naming import search_key

LONGEST_QUERY = 80
PER_PAGE = {"25": 25, "50": 50, "all": None}
DEFAULT_PER_PAGE = "50"


@dataclass(frozen=True)
class Option:
    """A choice of a filter, and how many schools of the release it keeps."""

    value: str
    label: str
    count: int


def options_of(units: Iterable[ReleaseUnit], field: str) -> list[Option]:
    """The values of a field in a release, each with its count, by label. An empty value is no option."""
    counted = Counter(getattr(unit, field) for unit in units)
    labels = {value: str(Sector(value).label) if field == "sector" else value for value in counted if value}
    found = [Option(value, label, counted[value]) for value, label in labels.items()]
    return sorted(found, key=lambda option: search_key(option.label))


def orders_of(nodes: Iterable[ReleaseNode]) -> list[tuple[str, Any]]:
    """What a ranking may be sorted by: its rank, the names, or the points at a node of the first two levels."""
    sortable = [(node.key, node.title) for node in nodes if node.level <= 1]
    return [("rank", _("Rang")), ("name", _("Nom")), *sortable]


class UnitFilter(filters.FilterSet):
    """Which schools of one release are shown. Choices are those of the release, so an unknown one is an error.

    `per` belongs to the page and `limit` to the API; both are read elsewhere.
    """

    q = filters.CharFilter(method="matching", label=_("Nom de l’école"), max_length=LONGEST_QUERY)
    region = filters.ChoiceFilter(label=_("Région"), empty_label=_("Toutes"))
    sector = filters.MultipleChoiceFilter(label=_("Statut"), widget=forms.CheckboxSelectMultiple)
    academie = filters.ChoiceFilter(label=_("Académie"), empty_label=_("Toutes"))
    order = filters.ChoiceFilter(method="ordered", label=_("Trier par"), empty_label=None)

    class Meta:
        model = ReleaseUnit
        fields: list[str] = []

    def __init__(self, board: Board, data: QueryDict | Mapping[str, Any]) -> None:
        self.options = {name: options_of(board.units, name) for name in ("region", "sector", "academie")}
        super().__init__(data=data, queryset=board.release.units.order_by("position"))
        for name, options in self.options.items():
            self.filters[name].extra["choices"] = [(option.value, option.label) for option in options]
        self.filters["order"].extra["choices"] = orders_of(board.nodes)

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

    def kept(self, board: Board) -> list[ReleaseUnit]:
        """The schools the valid filters keep, in the order asked for. One query; invalid filters keep everything."""
        found = set(self.qs.order_by().values_list("pk", flat=True))
        return board.sorted_by(self.order_key, [unit for unit in board.units if unit.pk in found])
