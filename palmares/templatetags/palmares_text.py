"""Typography in templates: the functions of `schools.typography`, in the language of the page.

Filters that raise letters (« 16<sup>e</sup> ») give HTML; their twins ending in `_text` give plain text, for titles,
attributes and files. A missing figure gives an empty string: say the kind of absence in words instead.
"""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schools import typography
from schools.typography import Figure

register = template.Library()


@register.filter(is_safe=True)
def french(text: object) -> str:
    """`{{ text|french }}`: French spaces and apostrophes when the page is in French; escaped as the text was."""
    return typography.typeset(str(text), get_language())


@register.filter
def ordinal(n: int | None, gender: str = "f") -> str:
    """`{{ n|ordinal }}`: « 16<sup>e</sup> », « 1<sup>re</sup> »; `{{ n|ordinal:"m" }}`: « 1<sup>er</sup> »."""
    if n is None:
        return ""
    # Digits and fixed letters only: nothing to escape.
    return mark_safe(typography.ordinal_html(n, get_language(), masculine=gender == "m"))  # noqa: S308


@register.filter
def ordinal_text(n: int | None, gender: str = "f") -> str:
    """`{{ n|ordinal_text }}`: « 16e », in plain text."""
    return "" if n is None else typography.ordinal(n, get_language(), masculine=gender == "m")


@register.filter
def rank_words(rank: int | None, tied: bool = False) -> str:
    """`{{ rank|rank_words:tied }}`: « 16<sup>e</sup> ex aequo », unbroken."""
    if rank is None:
        return ""
    # Digits and fixed words only: nothing to escape.
    return mark_safe(typography.rank_words_html(rank, tied, get_language()))  # noqa: S308


@register.filter
def rank_text(rank: int | None, tied: bool = False) -> str:
    """`{{ rank|rank_text:tied }}`: « 16e ex aequo », in plain text, unbroken."""
    return "" if rank is None else typography.rank_words(rank, tied, get_language())


@register.simple_tag
def tie_words() -> str:
    """`{% tie_words %}`: « ex aequo », "equal"."""
    return typography.tie_words(get_language())


@register.filter
def number(value: Figure | None, digits: int | None = None) -> str:
    """`{{ value|number:1 }}`: « 41 200,5 », "41,200.5"; without argument, the decimals that are kept."""
    return "" if value is None else typography.number(value, digits, get_language())


@register.filter
def signed(value: Figure | None, digits: int | None = None) -> str:
    """`{{ value|signed }}`: « +36 », « −1 », « 0 »."""
    return "" if value is None else typography.number(value, digits, get_language(), signed=True)


@register.filter
def percent(value: Figure | None, digits: int | None = None) -> str:
    """`{{ share|percent:1 }}`: « 38,4 % », "38.4%", of a share in points of a hundred."""
    return "" if value is None else typography.percent(value, digits, get_language())


@register.simple_tag
def value_with_unit(value: Figure | None, unit_code: str, decimals: int | None = None) -> str:
    """`{% value_with_unit value indicator.unit indicator.decimals %}`: « 41 200 € », « 2,5 mois », « oui »."""
    return "" if value is None else typography.value_with_unit(value, unit_code, decimals, get_language())


@register.filter
def date_words(day: date | None, form: str = "long") -> str:
    """`{{ day|date_words }}`: « 12 janvier 2023 »; `{{ day|date_words:"short" }}`: « 12 janv. 2023 »."""
    return "" if day is None else typography.date_words(day, get_language(), short=form == "short")


@register.filter
def instant_words(instant: datetime | None, form: str = "short") -> str:
    """`{{ at|instant_words }}`: « 12 janv. 2023 à 16 h 20 », in Paris; `"long"` spells the month."""
    return "" if instant is None else typography.instant_words(instant, get_language(), short=form != "long")


@register.filter
def clock_words(instant: datetime | None) -> str:
    """`{{ at|clock_words }}`: « 16 h 20 », in Paris."""
    return "" if instant is None else typography.clock_words(instant, get_language())


@register.filter
def until_words(instant: datetime | None) -> str:
    """`{{ at|until_words }}`: « dans 3 jours et 4 heures »; nothing once the instant has come."""
    left = instant - timezone.now() if instant else timedelta(0)
    if left <= timedelta(0):
        return ""
    return _("dans %(time)s") % {"time": typography.duration_words(left, get_language())}


@register.filter
def instant_iso(instant: datetime | None) -> str:
    """`{{ at|instant_iso }}`: the machine's form, for `<time datetime>`, with the offset of Paris."""
    return "" if instant is None else typography.in_paris(instant).isoformat(timespec="seconds")
