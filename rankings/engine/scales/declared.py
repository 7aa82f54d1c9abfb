"""The table `scale` of a criterion, whatever its kind."""

from collections.abc import Mapping
from decimal import Decimal

from rankings.engine.scales.base import Scale
from rankings.engine.scales.distance import Distance
from rankings.engine.scales.gaps import Gaps
from rankings.engine.scales.lookup import Lookup
from rankings.engine.scales.minmax import MinMax
from rankings.engine.scales.percentile import Percentile
from rankings.engine.scales.places import Places
from rankings.engine.scales.quantiles import Quantiles
from rankings.engine.scales.thresholds import Thresholds
from rankings.engine.scales.zscore import ZScore
from rankings.engine.tables import Table

_ALL: tuple[type[Scale], ...] = (MinMax, Thresholds, Quantiles, Gaps, ZScore, Percentile, Distance, Places, Lookup)
SCALES: Mapping[str, type[Scale]] = {scale.kind: scale for scale in _ALL}


def read_scale(table: Table, points: Decimal) -> Scale:
    """The scale of a criterion out of so many points; a stand-in after a problem."""
    read = table.table("scale")
    kind = read.word("kind", SCALES) if read else ""
    if read is None or not kind:
        return MinMax("", None, None)
    read.close(SCALES[kind].keys)
    return SCALES[kind].read(read, points)


def check_scale_of_a_bonus(table: Table, scale: Scale) -> None:
    """Note what would let the bonus of one unit move those of the others, or take points from anybody."""
    place = table.place("scale")
    if isinstance(scale, MinMax):
        bounds = {"low": scale.low, "high": scale.high} if scale.better else {}
        for key, bound in bounds.items():
            if bound is None:
                table.note(place, "missing-key", key=key, expected="a declared bound, as for any bonus")
    elif scale.fitted:
        table.note(place, "fitted-bonus", read=scale.kind)
    if not getattr(scale, "clamp", True):
        table.note(f"{place}.clamp", "unclamped-bonus")
