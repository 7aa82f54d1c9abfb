"""Which values of a release are asked for."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.http import QueryDict

from palmares.public.spreadsheets import values_of
from rankings.models import Release, ReleaseValue
from schools.models import Kind


class ValueFilter(filters.FilterSet):
    """Values by school, indicator and kind. Choices are those of the release, so an unknown one is an error."""

    unit = filters.ChoiceFilter(field_name="unit__slug")
    indicator = filters.ChoiceFilter(field_name="indicator__code")
    kind = filters.ChoiceFilter(choices=Kind.choices)

    class Meta:
        model = ReleaseValue
        fields: list[str] = []

    def __init__(self, release: Release, data: QueryDict | Mapping[str, Any]) -> None:
        super().__init__(data=data, queryset=values_of(release))
        slugs = release.units.values_list("slug", flat=True)
        codes = release.indicators.values_list("code", flat=True)
        self.filters["unit"].extra["choices"] = [(slug, slug) for slug in slugs]
        self.filters["indicator"].extra["choices"] = [(code, code) for code in codes]
