"""Where schools are, as files write it: towns among numbers of départements, districts and codes of fields."""

import re
from dataclasses import dataclass

from schools.naming import search_key

# « 59 - Douai 59 - Villeneuve-d’Ascq », « 80 Amiens », « Lyon 5e » (in a key, the dashes are spaces already).
_DEPARTMENT = re.compile(r"\b(?:97\d|2[ab]|\d{2})\b")
_DISTRICT = re.compile(r"\b\d{1,2} ?(?:er?|eme)\b|\bcedex\b.*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source or our base says a school is; each is empty when it does not say."""

    city: str = ""
    academie: str = ""
    region: str = ""

    @property
    def towns(self) -> tuple[str, ...]:
        """The towns as keys, in their order.

        >>> Place("59 - Douai 59 - Villeneuve-d’Ascq").towns, Place("Lyon 5e").towns
        (('douai', 'villeneuve d ascq'), ('lyon',))
        """
        plain = _DISTRICT.sub(" ", search_key(self.city))
        return tuple(" ".join(part.split()) for part in _DEPARTMENT.split(plain) if part.strip())

    def shared_town(self, other: "Place") -> str:
        """A town of both, as a key; empty when there is none. Files add words after a town, so a beginning will do."""
        for mine in self.towns:
            for theirs in other.towns:
                short, long = sorted((mine, theirs), key=len)
                if f"{long} ".startswith(f"{short} "):
                    return short
        return ""

    def same_academie(self, other: "Place") -> bool | None:
        """Whether both are in one académie; None when one of them does not say."""
        mine, theirs = search_key(self.academie), search_key(other.academie)
        return None if not mine or not theirs else mine == theirs
