"""What a picture says, in the reader's language: nothing else is drawn."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Mark:
    """What stands in the margin: « 16 », its raised letters « e », and the words below."""

    figure: str
    raised: str = ""
    below: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.figure + self.raised, *self.below) if part)


@dataclass(frozen=True)
class Line:
    """A school of a ranking, its rank in the margin."""

    mark: Mark
    name: str
    place: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.mark.words, self.name, self.place) if part)


@dataclass(frozen=True)
class Stop:
    """The rank of one year; `apart`: its rules are not those of the stop before it, or are not known."""

    year: int
    rank: int
    said: str
    apart: bool = False


@dataclass(frozen=True)
class Card:
    """One picture, of the site of this name. `marked`: whether its title is under the marker."""

    site: str
    title: str
    kicker: str = ""
    lead: str = ""
    mark: Mark | None = None
    marked: bool = False
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    foot: str = ""

    @property
    def words(self) -> str:
        """All that it says, for who cannot see it."""
        ranks = ", ".join(_("%(rank)s en %(year)s") % {"rank": stop.said, "year": stop.year} for stop in self.stops)
        mark = self.mark.words if self.mark else ""
        told = (self.kicker, self.title, mark, self.lead, *(line.words for line in self.lines), *self.notes, ranks)
        return " · ".join(part for part in (*told, self.foot) if part)
