"""Dates and instants as they are read: French or English words, always the clock of Paris."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schools.typography.text import NBSP, is_french

PARIS = ZoneInfo("Europe/Paris")

_FRENCH = (
    ("janvier", "janv."),
    ("février", "févr."),
    ("mars", "mars"),
    ("avril", "avr."),
    ("mai", "mai"),
    ("juin", "juin"),
    ("juillet", "juill."),
    ("août", "août"),
    ("septembre", "sept."),
    ("octobre", "oct."),
    ("novembre", "nov."),
    ("décembre", "déc."),
)
_ENGLISH = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "March"),
    ("April", "April"),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug"),
    ("September", "Sept"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)


def date_words(day: date, lang: str | None = "fr", *, short: bool = False) -> str:
    """A day in words: « 1er janvier 2023 », « 12 janv. 2023 » when short, "12 January 2023".

    An aware instant gives its day in Paris; a naive one is refused with ValueError, since its day is unknown.
    """
    if isinstance(day, datetime):
        day = in_paris(day).date()
    first = "1er" if is_french(lang) else "1"
    names = _FRENCH if is_french(lang) else _ENGLISH
    # The day never leaves its month at the end of a line.
    return f"{first if day.day == 1 else day.day}{NBSP}{names[day.month - 1][short]} {day.year}"


def instant_words(instant: datetime, lang: str | None = "fr", *, short: bool = True) -> str:
    """An instant on the clock of Paris: « 12 janv. 2023 à 16 h 20 », "12 Jan 2023 at 16:20". Naive: ValueError."""
    return f"{date_words(instant, lang, short=short)} {'à' if is_french(lang) else 'at'} {clock_words(instant, lang)}"


def clock_words(instant: datetime, lang: str | None = "fr") -> str:
    """The time of an instant in Paris: « 16 h 20 », « 9 h » on the hour, "16:20". Naive: ValueError."""
    local = in_paris(instant)
    if not is_french(lang):
        return f"{local:%H:%M}"
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")


_SPANS = ((86_400, "jour", "day"), (3600, "heure", "hour"), (60, "minute", "minute"))


def duration_words(span: timedelta, lang: str | None = "fr") -> str:
    """How long, by its two largest units, rounded down: « 3 jours et 4 heures », « 12 minutes », "1 day and 2 hours".

    Less than a minute is said so. A day is 24 hours.
    """
    left, parts = int(span.total_seconds()), list[str]()
    for seconds, french, english in _SPANS:
        count, left = divmod(left, seconds)
        if count > 0 and len(parts) < 2:
            parts.append(f"{count}{NBSP}{french if is_french(lang) else english}{'s' if count > 1 else ''}")
        elif parts:
            # « 3 jours et 5 minutes » would say more than anybody asks.
            break
    if not parts:
        return "moins d’une minute" if is_french(lang) else "less than a minute"
    return (" et " if is_french(lang) else " and ").join(parts)


def in_paris(instant: datetime) -> datetime:
    """The same instant on the clock of Paris. Raises ValueError when it has no time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {instant.isoformat()}")
    return instant.astimezone(PARIS)
