"""Instants typed in the clocks of Paris."""

from datetime import UTC, date, datetime, time

import pytest

from editorial.desks.edition_forms import InstantForm
from editorial.desks.instants import NoSuchInstant, instant_in_paris


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (date(2026, 1, 12), time(16, 20), datetime(2026, 1, 12, 15, 20, tzinfo=UTC)),
        (date(2026, 7, 1), time(6, 0), datetime(2026, 7, 1, 4, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_instant_is_that_of_the_clocks_of_paris(day: date, clock: time, expected: datetime) -> None:
    assert instant_in_paris(day, clock) == expected


@pytest.mark.parametrize(
    ("day", "clock", "word"),
    [
        (date(2026, 3, 29), time(2, 0), "n’existe pas"),
        (date(2026, 3, 29), time(2, 59), "n’existe pas"),
        (date(2026, 10, 25), time(2, 0), "deux fois"),
        (date(2026, 10, 25), time(2, 59), "deux fois"),
    ],
)
def test_instant_that_clocks_skip_or_repeat_is_refused_with_the_reason(day: date, clock: time, word: str) -> None:
    with pytest.raises(NoSuchInstant) as refused:
        instant_in_paris(day, clock)
    assert word in refused.value.reason


def test_form_asks_for_day_and_time_unless_it_is_now() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    now = InstantForm({"when": "now"})
    assert now.is_valid()
    assert now.publish_at(at) == at
    later = InstantForm({"when": "later", "day": "2026-05-02", "clock": "08:00"})
    assert later.is_valid()
    assert later.publish_at(at) == datetime(2026, 5, 2, 6, tzinfo=UTC)
    assert set(InstantForm({"when": "later"}).errors) == {"day", "clock"}
    assert set(InstantForm({"when": "later", "day": "hier", "clock": "08:00"}).errors) == {"day"}
    assert set(InstantForm({"when": "later", "day": "2026-03-29", "clock": "02:30"}).errors) == {"clock"}
    assert set(InstantForm({}).errors) == {"when"}
