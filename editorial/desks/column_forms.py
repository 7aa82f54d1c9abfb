"""The form of the years an edition reads."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import rules
from rankings.models import EditionIndicator
from schools.models import Indicator

# What is said of each indicator: the beginning of the field's name, and the end of its label.
YEAR, CARRY, SINCE = "year", "carry", "since"


class ColumnsForm(forms.Form):
    """For each indicator that is read: its year, how far back it is carried over, since when its evolution is kept.

    The method's are all due; one given for information is no longer read without a year, and another can be added.
    """

    add = forms.ModelChoiceField(
        label=gettext_lazy("Un indicateur de plus, pour information"),
        queryset=Indicator.objects.all(),
        required=False,
        empty_label=gettext_lazy("un de plus, pour information"),
    )
    add_year = forms.IntegerField(
        label=gettext_lazy("Son année"),
        required=False,
        min_value=rules.FIRST_YEAR,
        max_value=rules.LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, used: list[Indicator], columns: list[EditionIndicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = {indicator.code for indicator in used}
        known = {column.indicator.code: column for column in columns}
        self.used = used
        self.others = [column.indicator for column in columns if column.indicator.code not in codes]
        for indicator in (*used, *self.others):
            self._ask(indicator, known.get(indicator.code), due=indicator.code in codes)

    def _ask(self, indicator: Indicator, column: EditionIndicator | None, *, due: bool) -> None:
        first, last = rules.FIRST_YEAR, rules.LAST_YEAR
        asked: dict[str, tuple[str, int | None, int, int | None]] = {
            YEAR: (_("%(label)s, année lue"), column.reference_year if column else None, first, last),
            CARRY: (_("%(label)s, reprise en années"), column.carry_over_years if column else 0, 0, None),
            SINCE: (_("%(label)s, évolution depuis"), column.context_from_year if column else None, first, last),
        }
        for name, (label, initial, least, most) in asked.items():
            self.fields[f"{name}_{indicator.pk}"] = forms.IntegerField(
                label=label % {"label": indicator.label},
                initial=initial,
                required=due and name == YEAR,
                min_value=least,
                max_value=most,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """The lines of the table: the indicator, its three fields, and whether the method uses it."""
        for indicator in (*self.used, *self.others):
            fields = [self[f"{name}_{indicator.pk}"] for name in (YEAR, CARRY, SINCE)]
            yield {"indicator": indicator, "fields": fields, "used": indicator in self.used}

    def clean(self) -> dict[str, Any]:
        """An indicator is added with its year."""
        said = super().clean() or self.cleaned_data
        if said.get("add") and not said.get("add_year") and "add_year" not in self.errors:
            self.add_error("add_year", _("Dites en quelle année il se lit."))
        return said

    @property
    def years(self) -> dict[Indicator, int]:
        """The year of each indicator that is read."""
        found: dict[Indicator, int] = self._told(YEAR)
        added = self.cleaned_data.get("add")
        return found | {added: self.cleaned_data["add_year"]} if added else found

    @property
    def carry_over(self) -> dict[Indicator, int]:
        """How many years back each is carried over; none are not there."""
        return {indicator: years for indicator, years in self._told(CARRY).items() if years and indicator in self.years}

    @property
    def context_from(self) -> dict[Indicator, int]:
        """The first year of each evolution."""
        return {indicator: year for indicator, year in self._told(SINCE).items() if indicator in self.years}

    def _told(self, name: str) -> dict[Indicator, int]:
        every = (*self.used, *self.others)
        told = {indicator: self.cleaned_data.get(f"{name}_{indicator.pk}") for indicator in every}
        return {indicator: number for indicator, number in told.items() if number is not None}
