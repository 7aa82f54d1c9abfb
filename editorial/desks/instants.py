"""From a date and a time of Paris to one instant, or the reason why there is none."""

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from schools.typography import in_paris
from schools.typography.dates import PARIS


class NoSuchInstant(ValueError):
    """The clocks of Paris never show this time, or show it twice; `reason` says which, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def instant_in_paris(day: date, clock: time) -> datetime:
    """The one instant at which the clocks of Paris show this. Raises `NoSuchInstant` around the changes of hour.

    >>> instant_in_paris(date(2026, 1, 12), time(16, 20)).isoformat()
    '2026-01-12T15:20:00+00:00'
    """
    first = datetime.combine(day, clock, tzinfo=PARIS)
    second = first.replace(fold=1)
    if in_paris(first.astimezone(UTC)).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NoSuchInstant(
            _("Ce jour-là, les horloges sautent de 2 h à 3 h : cette heure n’existe pas. Choisissez-en une autre.")
        )
    if first.utcoffset() != second.utcoffset():
        raise NoSuchInstant(
            _("Ce jour-là, les horloges reculent de 3 h à 2 h : cette heure existe deux fois. Choisissez-en une autre.")
        )
    return first.astimezone(UTC)


def midnight(day: date) -> datetime:
    """The instant at which this day begins in Paris, where no change of hour ever falls at midnight."""
    return datetime.combine(day, time(), tzinfo=PARIS)


def day_began(at: datetime) -> datetime:
    """The instant at which the newsroom's day began."""
    return midnight(in_paris(at).date())
