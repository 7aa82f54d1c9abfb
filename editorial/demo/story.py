"""The demonstration, played in the order of time: each step by the person whose work it is, at its instant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from editorial.actions import editions, indicators, prints, references
from editorial.demo import texts, writing
from editorial.demo.catalogue import definitions_in
from editorial.demo.columns import mapping_of, read_in, unit_of
from editorial.demo.correcting import put_out_and_correct
from editorial.demo.generator.figures import figures
from editorial.demo.generator.files import Slips, certified, printed, register
from editorial.demo.generator.measures import CATALOGUE
from editorial.demo.generator.roster import known_in, renamed, roster
from editorial.demo.newsroom import Newsroom
from editorial.demo.work import Work, put_out
from rankings.models import Edition, Ranking, Release
from schools.models import Unit, UnitAlias

SLUG = texts.SLUG


def _day(year: int, month: int, day: int, hour: int = 5) -> datetime:
    """Six in the morning in Paris, in winter."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def before(instant: datetime, days: int) -> datetime:
    """A morning at work, so many days before."""
    return (instant - timedelta(days=days)).replace(hour=8, minute=30)


PRINTED = {2018: _day(2017, 12, 6), 2019: _day(2018, 12, 4), 2020: _day(2019, 12, 5)}
COMPUTED = {2021: _day(2020, 12, 17), 2022: _day(2022, 1, 13), 2023: _day(2023, 2, 9)}
# How many schools the prints rank.
RANKED = {2018: 164, 2019: 174, 2020: 167}
CORRECTED_AT = _day(2022, 1, 21, 9)
# The first edition of each method.
_METHODS = {2021: 2021, 2022: 2021, 2023: 2023}
# The campaign typed wrong, and corrected.
_SLIP = ("École des mines de Retz", "doubles_diplomes")

# Edition quoted, article, instant.
PUBLISHED = (
    (2021, writing.EDITION_2021, _day(2020, 12, 17)),
    (2022, writing.CORRECTION, _day(2022, 1, 21, 10)),
    (2023, writing.EDITION_2023, _day(2023, 2, 9)),
    (2023, writing.HERO_ANNOUNCEMENT, _day(2023, 2, 9, 9)),
)


@dataclass
class Story:
    """Plays the demonstration up to the instant `now`; `step` is told what begins."""

    now: datetime
    step: Callable[[str], None]
    releases: dict[int, Release] = field(default_factory=dict)

    def play(self) -> Release:
        """From an empty base to six published editions, with work left for every desk; gives the newest edition."""
        self.step("La rédaction, les écoles, les indicateurs")
        self.room = Newsroom(self.step)
        start = before(PRINTED[2018], 60)
        self.ranking = self._ranking(start)
        for definition in definitions_in(CATALOGUE):
            indicators.define_indicator(by=self.room["hugo"], at=start, definition=definition)
        for year, publish_at in PRINTED.items():
            self.step(f"L’édition {year}, reprise de l’imprimé")
            self.releases[year] = self._printed(year, publish_at)
        for year, publish_at in COMPUTED.items():
            self.step(f"L’édition {year}, calculée")
            self.releases[year] = self._computed(year, publish_at)
            if year == 2022:
                self.step("La correction de 2022")
                self.releases[year] = self._corrected(self.releases[year])
        newest = self.releases[max(COMPUTED)]
        self.step("Les articles, et ce qui attend sur les bureaux")
        for year, draft, publish_at in PUBLISHED:
            put_out(self.room, self.releases[year], draft, publish_at)
        put_out_and_correct(self.room, newest, _day(2023, 2, 10, 11))
        Work(self.room, self.ranking, newest, self.now).leave()
        return newest

    def _ranking(self, at: datetime) -> Ranking:
        return editions.open_ranking(
            by=self.room["hugo"], at=at, slug=SLUG, title_fr=texts.TITLE_FR, title_en=texts.TITLE_EN
        )

    def _register(self, year: int, at: datetime) -> None:
        """The schools that are new this year; those that changed their names are called by the new ones."""
        if any(school.first_year == year for school in known_in(year)):
            self.room.take_in("repertoire", self.room.received("repertoire", year, register(year)), at, create=True)
        for school, since, name in renamed():
            if since == year:
                self._rename(unit_of(school), name, since, at)

    def _rename(self, unit: Unit, name: str, year: int, at: datetime) -> None:
        hugo, former = self.room["hugo"], unit.name
        unit.name = name
        references.keep_reference(by=hugo, at=at, reference=unit)
        until = date(year - 1, 8, 31)
        references.keep_reference(by=hugo, at=at, reference=UnitAlias(unit=unit, name=former, valid_to=until))

    def _printed(self, year: int, publish_at: datetime) -> Release:
        """Places as printed: the values are lost, so nothing is computed."""
        self._register(year, before(publish_at, 50))
        hugo, at = self.room["hugo"], before(publish_at, 20)
        edition = editions.open_edition(
            by=hugo, at=at, ranking=self.ranking, year=year, texts=texts.TEXTS, archival=True
        )
        places = printed(year)
        prints.enter_places(
            by=hugo,
            at=at,
            edition=edition,
            seen_version=edition.version,
            received=self.room.printed(year, places),
            columns=prints.PlaceColumns(key="UAI", points="Points sur 55", header_row=3),
            words=prints.PrintWords(RANKED[year], texts.PRINTED_FR, texts.PRINTED_EN, out_of="55"),
        )
        return self.room.publish(edition, before(publish_at, 8), publish_at)

    def _computed(self, year: int, publish_at: datetime) -> Release:
        self._register(year, before(publish_at, 50))
        for kind, verifier in (("cti", "lise"), ("cdefi", "vera")):
            content = certified(kind, year, slips_of(year))
            received = self.room.received(kind, year, content)
            batch = self.room.take_in(mapping_of(kind, year), received, before(publish_at, 40))
            self.room.verify(batch, before(publish_at, 30), by=verifier)
        edition = self._edition(year, before(publish_at, 20))
        return self.room.publish(edition, before(publish_at, 8), publish_at)

    def _edition(self, year: int, at: datetime) -> Edition:
        hugo = self.room["hugo"]
        edition = editions.open_edition(by=hugo, at=at, ranking=self.ranking, year=year, texts=texts.TEXTS)
        self.room.method(self.ranking, edition, _METHODS[year], at)
        read_in(edition, year - 1, by=hugo, at=at)
        left_out = [
            editions.LeftOut(unit_of(school), *texts.LEFT_OUT[year][school.name])
            for school in roster()
            if school.name in texts.LEFT_OUT[year]
        ]
        editions.set_perimeter(
            by=hugo,
            at=at,
            edition=edition,
            seen_version=edition.version,
            units=[unit_of(school) for school in known_in(year) if school.name not in texts.LEFT_OUT[year]],
            left_out=left_out,
        )
        return edition

    def _corrected(self, release: Release) -> Release:
        """A school says that a figure was typed wrong: its file again, verified again, a second version."""
        name, _code = _SLIP
        received = self.room.received("cti", 2022, certified("cti", 2022, only={name}), note="rectificatif")
        batch = self.room.take_in(mapping_of("cti", 2022), received, CORRECTED_AT - timedelta(days=2))
        self.room.verify(batch, CORRECTED_AT - timedelta(days=1), by="vera")
        reasons = (texts.CORRECTED_FR, texts.CORRECTED_EN)
        return self.room.publish(release.edition, CORRECTED_AT - timedelta(hours=5), CORRECTED_AT, reasons=reasons)


def slips_of(year: int) -> Slips:
    """What was typed wrong in the files of an edition: in 2022, a comma one place too far."""
    if year != 2022:
        return {}
    name, code = _SLIP
    school = next(school for school in roster() if school.name == name)
    figure = figures(school, year - 1)[code]
    if not isinstance(figure, Decimal):
        raise ValueError(f"{name} gives no {code}: choose another slip")
    return {_SLIP: figure * 10}
