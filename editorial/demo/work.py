"""What waits on the desks of the demonstration: the edition of 2024, half verified, and articles on their way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from editorial.actions import articles, editions, imports, values, verification
from editorial.actions.articles import Draft
from editorial.demo import texts, writing
from editorial.demo.columns import mapping_of, read_in, unit_of
from editorial.demo.generator.files import Slips, certified
from editorial.demo.generator.roster import known_in
from editorial.demo.newsroom import Newsroom
from editorial.models import Article
from rankings.models import Ranking, Release
from schools.models import Indicator, ValueRevision

YEAR = 2024
CAMPAIGN = YEAR - 1
# A count of people that does not add up, in two schools; a salary for half a year; a share above a hundred.
_TYPED_WRONG: Slips = {
    ("École du temps et du climat", "eleves"): Decimal(912),
    ("Unipoly Azur", "femmes"): Decimal(12),
    ("École centrale de Lorsange", "salaire_sortie"): Decimal(22650),
}
_IMPOSSIBLE: Slips = {("INSIA Berry", "part_boursiers"): Decimal("131.0")}
_DISPUTED = ("Agro Hurepoix", "doubles_diplomes")


@dataclass
class Work:
    """Leaves work for every role, in the days before `now`."""

    room: Newsroom
    ranking: Ranking
    release: Release
    now: datetime

    def leave(self) -> None:
        """All of it."""
        self._edition(self._ago(24))
        self._certified(self._ago(20))
        self._first_answers(self._ago(12))
        self._inquiry(self._ago(9))
        self._given_up(self._ago(8))
        self._articles()

    def _ago(self, days: int) -> datetime:
        """A morning so many days before."""
        return (self.now - timedelta(days=days)).replace(hour=8, minute=30, second=0, microsecond=0)

    def _edition(self, at: datetime) -> None:
        """Open, with method and schools: its values are what it waits for."""
        hugo = self.room["hugo"]
        edition = editions.open_edition(by=hugo, at=at, ranking=self.ranking, year=YEAR, texts=texts.TEXTS)
        self.room.method(self.ranking, edition, 2023, at)
        read_in(edition, CAMPAIGN, by=hugo, at=at)
        kept = [unit_of(school) for school in known_in(YEAR)]
        editions.set_perimeter(by=hugo, at=at, edition=edition, seen_version=edition.version, units=kept)

    def _certified(self, at: datetime) -> None:
        """Taken in, approved where equal to its source; what looks wrong there is left to look at one by one."""
        received = self.room.received("cti", YEAR, certified("cti", YEAR, _TYPED_WRONG))
        batch = self.room.take_in(mapping_of("cti", YEAR), received, at)
        self._reject(at + timedelta(days=2))
        self._dispute(at + timedelta(days=3))
        compared = verification.comparison(batch)
        verification.approve_equal(
            by=self.room["lise"], at=at + timedelta(days=5), batch=batch, seen_digest=compared.digest
        )

    def _reject(self, at: datetime) -> None:
        revision = self._waiting("École centrale de Lorsange", "salaire_sortie")
        reason = "Moitié de l’an passé : un semestre pour une année ? L’école est interrogée."
        values.reject_value(
            by=self.room["lise"], at=at, revision=revision, seen_version=revision.version, reason=reason
        )

    def _dispute(self, at: datetime) -> None:
        """Another person of the data cell read another figure in a letter: the verifiers will settle it."""
        revision = self._waiting(*_DISPUTED)
        if revision.figure is None:
            raise ValueError("choose a disputed figure that is known")
        entry = values.Entry(
            unit=revision.unit,
            indicator=revision.indicator,
            reference_year=CAMPAIGN,
            kind=revision.kind,
            value=revision.figure + 1,
            source=revision.source,
            cells=[("Lettre de l’école", "p. 2", "", f"{revision.figure + 1} %")],
            comment="La directrice des études donne un autre chiffre que le fichier.",
        )
        values.enter_value(by=self.room["nadia"], at=at, entry=entry)

    def _waiting(self, school: str, code: str) -> ValueRevision:
        indicator = Indicator.objects.get(code=code)
        waiting = ValueRevision.objects.pending().select_related("unit", "indicator", "source")
        return waiting.get(unit__name=school, indicator=indicator, reference_year=CAMPAIGN)

    def _inquiry(self, at: datetime) -> None:
        """Read, not recorded: a cell of it is impossible, and the school has been asked."""
        self.room.open("cdefi", self.room.received("cdefi", YEAR, certified("cdefi", YEAR, _IMPOSSIBLE)), at)

    def _first_answers(self, at: datetime) -> None:
        """Those of one region came alone, before: recorded, and nobody has verified them yet."""
        names = {school.name for school in known_in(YEAR) if school.region == "Bretagne"}
        content = certified("cdefi", YEAR, only=names)
        self.room.take_in("cdefi", self.room.received("cdefi", YEAR, content, note="Bretagne"), at)

    def _given_up(self, at: datetime) -> None:
        """The file of the year before, sent by mistake."""
        received = self.room.received("cti", YEAR, certified("cti", YEAR, only={"INSIA Berry"}), note="doublon")
        batch = self.room.open(mapping_of("cti", YEAR), received, at)
        imports.discard_import(
            by=self.room["hugo"], at=at + timedelta(hours=1), batch=batch, seen_version=batch.version
        )

    def _articles(self) -> None:
        """One scheduled, one to review, one sent back, one begun."""
        jean, claire = self.room["jean"], self.room["claire"]
        approved = self._written(writing.SCHEDULED, self._ago(3), submit=True)
        articles.approve_article(
            by=claire,
            at=self._ago(2),
            article=approved,
            seen_version=approved.version,
            publish_at=(self.now + timedelta(days=3)).replace(hour=5, minute=0, second=0, microsecond=0),
        )
        self._written(writing.TO_REVIEW, self._ago(1), submit=True)
        returned = self._written(writing.SENT_BACK, self._ago(4), submit=True)
        articles.send_back_article(
            by=claire,
            at=self._ago(2),
            article=returned,
            seen_version=returned.version,
            reason="Dites d’où vient la comparaison avec les autres régions, ou retirez-la.",
        )
        articles.write_article(by=jean, at=self._ago(1), release=self.release, draft=writing.UNFINISHED)

    def _written(self, draft: Draft, at: datetime, *, submit: bool) -> Article:
        return write(self.room, self.release, draft, at, submit=submit)


def write(room: Newsroom, release: Release, draft: Draft, at: datetime, *, submit: bool) -> Article:
    """Jean writes an article, and asks for its review or not."""
    jean = room["jean"]
    article = articles.write_article(by=jean, at=at, release=release, draft=draft)
    if submit:
        articles.submit_article(by=jean, at=at + timedelta(hours=1), article=article, seen_version=article.version)
    return article


def put_out(room: Newsroom, release: Release, draft: Draft, publish_at: datetime) -> Article:
    """Jean writes, Claire approves, for this instant."""
    article = write(room, release, draft, publish_at - timedelta(hours=20), submit=True)
    articles.approve_article(
        by=room["claire"],
        at=publish_at - timedelta(hours=12),
        article=article,
        seen_version=article.version,
        publish_at=publish_at,
    )
    return article
