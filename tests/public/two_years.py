"""Two editions of one ranking, under two methods: what moved and what changed from one to the other is known."""

from datetime import timedelta

from rankings.models import Release
from tests import factories as make
from tests.methods import METHOD

_OPENNESS = 'key = "ouverture"\ntitle = { fr = "Ouverture", en = "Openness" }'
_RESEARCH = 'key = "recherche"\ntitle = { fr = "Recherche", en = "Research" }'


def _before() -> str:
    """The method of the year before: out of 5, without mobility, its second family called otherwise."""
    text = METHOD[: METHOD.index('[[node.node]]\nkey = "mobilite"')]
    said = {
        "points = 10\nminimum_coverage = 0.5": "points = 5\nminimum_coverage = 0.6",
        "points = [0, 4, 7, 10]": "points = [0, 2, 3.5, 5]",
        _OPENNESS: _RESEARCH,
        'not_communicated = "zero"': 'not_communicated = "leave_out"',
    }
    for now, then in said.items():
        assert now in text
        text = text.replace(now, then)
    return text


METHOD_BEFORE = _before()


def earlier(schools: int = 9, slug: str = "ecoles-ingenieurs") -> Release:
    """The edition of 2025: all of these schools but the first."""
    units = make.units(schools)[1:]
    edition = make.edition(units, slug=slug, year=2025, reference_year=2024, method=METHOD_BEFORE)
    return make.published_release(edition, publish_at=make.PAST - timedelta(days=9))


def later(schools: int = 9, slug: str = "ecoles-ingenieurs") -> Release:
    """The edition of 2026: all of them but the second, the greatest figures given to the last."""
    units = make.units(schools)
    return make.published_release(make.edition([units[0], *reversed(units[2:])], slug=slug))


def both(schools: int = 9, slug: str = "ecoles-ingenieurs") -> Release:
    """The two, the later given back."""
    earlier(schools, slug)
    return later(schools, slug)
