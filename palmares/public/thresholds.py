"""A least number of points, by family: `min_academique=20`. Compared exactly, as decimals."""

import re
from collections.abc import Mapping
from decimal import Decimal

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palmares.public.board import Board
from rankings.models import ReleaseNode, ReleaseUnit
from schools.typography import number

PREFIX = "min_"
_POINTS = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?", re.ASCII)


class PointsField(forms.Field):
    """A number of points, with a comma or a point, from 0 to the most the family can bring."""

    def __init__(self, node: ReleaseNode) -> None:
        super().__init__(required=False, label=_("%(family)s, au moins") % {"family": node.title})
        self.node = node
        self.most = Decimal(node.out_of)

    def to_python(self, value: str | None) -> Decimal | None:
        """The exact number that was typed; None for nothing."""
        text = (value or "").strip()
        if not text:
            return None
        if not _POINTS.fullmatch(text) or not 0 <= (points := Decimal(text.replace(",", "."))) <= self.most:
            most = number(self.most, None, get_language())
            raise ValidationError(_("Un nombre de points de 0 à %(most)s.") % {"most": most})
        return points


class Threshold(filters.Filter):
    """The least points in one family. It keeps every row: points are exact texts, which no database compares."""

    def __init__(self, node: ReleaseNode) -> None:
        super().__init__()
        self.node = node

    @property
    def field(self) -> PointsField:
        return PointsField(self.node)

    def filter(self, qs: QuerySet[ReleaseUnit], value: Decimal | None) -> QuerySet[ReleaseUnit]:
        """Everything; `reaches` answers for each school."""
        return qs


def thresholds(board: Board) -> dict[str, Threshold]:
    """One a family, by its name in an address."""
    return {PREFIX + node.key: Threshold(node) for node in board.families}


def reaches(board: Board, unit: ReleaseUnit, least: Mapping[ReleaseNode, Decimal]) -> bool:
    """Whether a school has at least these points; one that was given none in a family does not reach any."""
    for node, points in least.items():
        got = board.got(unit, node).points
        if not got or Decimal(got) < points:
            return False
    return True
