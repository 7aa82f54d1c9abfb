"""Words of a release in templates."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from palmares.public import regions, wording
from palmares.public.report import report_address
from rankings.models import Release, ReleaseIndicator, ReleaseUnit
from schools.models import UnitIdentifier

register = template.Library()

_FACT = re.compile(r"(?<=>)[^<>]*(?=</data>)")
_FRENCH = re.compile(r"\b(\d+)(re|er|e)\b")
_ENGLISH = re.compile(r"\b(\d+)(st|nd|rd|th)\b")


@register.filter
def sector_words(sector: str) -> str:
    """`{{ unit.sector|sector_words }}`: « publique »; nothing when it is unknown."""
    return wording.sector_words(sector) if sector else ""


@register.filter
def entry_words(entry: str) -> str:
    """`{{ unit.entry|entry_words }}`: « après le bac »; nothing when it is unknown."""
    return wording.entry_words(entry) if entry else ""


@register.filter
def duration_words(years: int | None) -> str:
    """`{{ unit.duration_years|duration_words }}`: « en 5 ans »; nothing when it is unknown."""
    return "" if years is None else wording.duration_words(years)


@register.filter
def region_slug(name: str) -> str:
    """`{{ unit.region|region_slug }}`: the address of a region."""
    return regions.region_slug(name)


@register.filter
def role_words(role: str) -> str:
    """`{{ cell.role|role_words }}`: what a cell served for, « effectif »; nothing for the value itself."""
    return wording.role_words(role)


@register.filter
def raised(text: str) -> str:
    """`{{ sentence|raised }}`: the letters of its places raised, « 16<sup>e</sup> »; the rest is escaped."""
    pattern = _ENGLISH if get_language() == "en" else _FRENCH
    return mark_safe(pattern.sub(r"\1<sup>\2</sup>", escape(text)))  # noqa: S308


@register.filter
def raised_svg(text: str) -> str:
    """`<text>{{ words|raised_svg }}</text>`: the same in a drawing, where letters are raised by a shift of the line."""
    before, *parts = (_ENGLISH if get_language() == "en" else _FRENCH).split(escape(text))
    for n, letters, after in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        # Each shift is in the size of its own letters; those that are raised are smaller (charts.css).
        back = f'<tspan dy="0.325em">{after}</tspan>' if after else ""
        before += f'{n}<tspan class="sup" dy="-0.5em">{letters}</tspan>{back}'
    return mark_safe(before)  # noqa: S308


@register.filter
def raised_facts(html: str) -> str:
    """`{{ article.rendered|raised_facts }}`: the same clean HTML, the letters of the places in its facts raised."""
    pattern = _ENGLISH if get_language() == "en" else _FRENCH
    # Only the text between a fact's own tags is touched, and it is left as escaped as it came.
    return mark_safe(_FACT.sub(lambda fact: pattern.sub(r"\1<sup>\2</sup>", fact[0]), html))  # noqa: S308


@register.filter
def identifiers(numbers: list[str]) -> str:
    """The numbers of a school as readers know them: « uai 0991078J » → « UAI 0991078J »."""
    labels = dict(UnitIdentifier.Scheme.choices)
    told = (number.partition(" ") for number in numbers)
    return ", ".join(f"{labels.get(scheme, scheme)} {value}" for scheme, _space, value in told)


@register.simple_tag
def report_url(release: Release, unit: ReleaseUnit | None = None, indicator: ReleaseIndicator | None = None) -> str:
    """`{% report_url release unit indicator %}`: the page by which an error there is reported."""
    return report_address(release, unit, indicator)
