"""What each node of a method counts for in the score."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from rankings.engine import Method
from rankings.engine.exact import round_value, shown_decimal
from rankings.engine.method import Node, is_bonus
from rankings.method_changes import Place, placed


@dataclass(frozen=True)
class Weight:
    """A node in the table of weights. `percent`: what it counts for in the score when every value is known.

    None for a bonus, which has no weight.
    """

    title: str
    level: int
    out_of: Decimal
    percent: Decimal | None


def weights_of(method: Method) -> list[Weight]:
    """Every node that has a weight, in the order of the method, then the bonuses."""
    bonuses = [Weight(title_of(leaf), 0, shown_decimal(leaf.out_of), None) for leaf in method.bonuses]
    return [*(_weight(place) for place in placed(method) if not is_bonus(place.node)), *bonuses]


def title_of(node: Node) -> str:
    """The title of a node in the reader's language."""
    return node.title.get(get_language() or "fr", node.title["fr"])


def _weight(place: Place) -> Weight:
    percent = round_value(place.share * 100, 1, "half_up")
    return Weight(title_of(place.node), place.level, shown_decimal(place.node.out_of), percent)
