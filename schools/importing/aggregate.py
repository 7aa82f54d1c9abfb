"""From the rows of one school to its one value."""

from collections.abc import Sequence
from fractions import Fraction

from schools.importing.contributions import Contribution
from schools.importing.mapping import ABSENCES, Absence, ValueRule


def aggregated(parts: Sequence[Contribution], rule: ValueRule) -> Fraction | Absence:
    """The value of these rows, exact and not yet rounded, or why there is none. None of the rows may be refused.

    Rows of weight zero count for nothing, absent or not; when all are, the answer is the mapping's zero_weight. Any
    other absent row makes the whole absent, unless the mapping leaves such rows out; among several kinds the most
    binding is answered: secret, not communicated, missing, not applicable.
    """
    counting = [part for part in parts if part.weight != 0]
    if not counting:
        return rule.zero_weight
    absent = {part.absence for part in counting if part.absence is not None}
    known = [(part.number, part.weight) for part in counting if part.number is not None]
    if absent and (rule.absent_rows == "absent" or not known):
        return next(kind for kind in ABSENCES if kind in absent)
    numbers = [number for number, _ in known]
    match rule.aggregate:
        case "sum":
            return sum(numbers, Fraction(0))
        case "weighted_mean":
            return sum((number * weight for number, weight in known), Fraction(0)) / sum(weight for _, weight in known)
        case "max":
            return max(numbers)
        case "min":
            return min(numbers)
        case "only" | _:
            return numbers[0]
