"""Where the demonstration finds things: its schools in the base, the campaign of an edition, the mapping of a file."""

from datetime import datetime

from editorial.actions import editions
from editorial.demo.generator.measures import measures
from editorial.demo.generator.roster import School
from editorial.models import User
from rankings.models import Edition
from schools.models import Indicator, Unit

# The first campaign that was taken in.
FIRST_CAMPAIGN = 2020
# Where a school gives nothing, its figure of the year before is read; and what is shown over the years.
CARRIED = {"doctorants": 1}
SHOWN = ("salaire_sortie", "part_boursiers", "part_etrangers", "moyenne_bac")


def read_in(edition: Edition, campaign: int, *, by: User, at: datetime) -> None:
    """Have an edition read each indicator in this campaign, if it was collected then."""
    collected = [measure.code for measure in measures() if measure.until is None or campaign <= measure.until]
    known = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=collected)}
    later = campaign > FIRST_CAMPAIGN
    editions.set_columns(
        by=by,
        at=at,
        edition=edition,
        seen_version=edition.version,
        years=dict.fromkeys(known.values(), campaign),
        carry_over={known[code]: years for code, years in CARRIED.items() if later},
        context_from={known[code]: FIRST_CAMPAIGN for code in SHOWN if later},
    )


def mapping_of(kind: str, year: int) -> str:
    """The mapping of a file: that of the certified data changed in 2023, when the chairs left it."""
    return f"{kind}_2021" if kind == "cti" and year < 2023 else kind


def unit_of(school: School) -> Unit:
    """The school as the base knows it, by its number."""
    return Unit.objects.known_by("uai", school.uai).get()
