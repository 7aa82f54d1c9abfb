"""What is behind the figures of a school: six qualities, in thousandths of a standard deviation."""

from collections.abc import Mapping
from functools import cache

from editorial.demo.generator.chance import normal
from editorial.demo.generator.roster import School

# Kind of school → prestige, company, openness, social, size.
_TILTS = {
    "G": (1300, 500, 800, -500, 400),
    "M": (900, 600, 500, -100, 0),
    "X": (600, 300, 0, -100, -300),
    "T": (400, 400, 300, -100, 0),
    "C": (400, -200, 200, 300, -400),
    "A": (200, -300, 200, 500, 0),
    "P": (200, 0, 200, 300, -200),
    "I": (400, 300, 600, 500, 900),
    "U": (-600, 0, -400, 600, 0),
    "N": (-400, 300, 0, 400, -100),
    "S": (-600, 500, -100, -700, 200),
    "V": (-1000, 300, -200, -900, 300),
    "W": (0, 100, 0, -500, -200),
    "K": (-700, 600, -200, 100, -200),
}
# What prestige brings to each of the others, in thousandths of it.
_FROM_PRESTIGE = {"company": 200, "openness": 400, "social": -150, "size": 300}
_SPREAD, _TREND = 750, 60
_ORIGIN = 2020
_CAPITAL = "Île-de-France"


@cache
def qualities(school: School, year: int) -> Mapping[str, int]:
    """Prestige, company, openness, social, size, then whether private and whether in the capital's region."""
    tilts = dict(zip(("prestige", "company", "openness", "social", "size"), _TILTS[school.kind], strict=True))
    prestige = tilts["prestige"] + _own(school, "prestige", year)
    found = {"prestige": prestige}
    for name, share in _FROM_PRESTIGE.items():
        found[name] = tilts[name] + share * prestige // 1000 + _own(school, name, year)
    found["private"] = 1000 if school.is_private else 0
    found["paris"] = 1000 if school.region == _CAPITAL else -300
    return found


def _own(school: School, quality: str, year: int) -> int:
    trend = normal(school.name, quality, "trend") * _TREND * (year - _ORIGIN) // 1000
    return normal(school.name, quality) * _SPREAD // 1000 + trend
