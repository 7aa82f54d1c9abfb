"""The demonstration, played step by step: each by the person whose work it is, through the actions of the desks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from editorial.actions import articles, editions, imports, indicators, values
from editorial.demo.cast import hire
from editorial.demo.catalogue import definitions_in
from editorial.models import Article, User
from rankings.models import Edition, MethodVersion, Ranking, Release
from schools.models import ImportBatch, Indicator, Source, Unit, ValueRevision

HERE = Path(__file__).resolve().parent
SLUG = "ecoles-d-ingenieurs"
YEAR = 2026
REFERENCE_YEAR = 2025

TEXTS = editions.Texts(
    purpose_fr=(
        "Ce palmarès de démonstration compare des écoles fictives par leur recrutement : qui elles attirent, "
        "qui elles admettent, à qui elles s’ouvrent. Il ne dit rien de l’enseignement ni des débouchés."
    ),
    purpose_en=(
        "This demonstration ranking compares fictional schools by their intake: whom they attract, whom they admit, "
        "to whom they are open. It says nothing of teaching or careers."
    ),
    audience_fr="Les lecteurs qui essaient ce logiciel, et les rédactions qui se demandent s’il leur convient.",
    audience_en="Readers who try this software, and newsrooms that wonder whether it suits them.",
)

type Progress = Callable[[Iterable[ValueRevision], str], Iterable[ValueRevision]]


@dataclass
class Story:
    """Plays the demonstration from an instant on; `progress` wraps the long steps."""

    now: datetime
    progress: Progress
    people: dict[str, User] = field(default_factory=dict)

    def play(self) -> Release:
        """From an empty base to a published edition, with work left for every desk."""
        self.people = hire()
        opened = self.now - timedelta(days=40)
        for definition in definitions_in(HERE / "indicators.toml"):
            indicators.define_indicator(by=self.people["hugo"], at=opened, definition=definition)
        self._import("formations.csv", opened + timedelta(days=2))
        self._verify(opened + timedelta(days=5))
        edition = self._edition(opened + timedelta(days=8))
        release = self._publish(edition, opened + timedelta(days=10))
        self._announce(release, opened + timedelta(days=11))
        self._leave_work(edition, release)
        return release

    def _import(self, name: str, at: datetime) -> None:
        hugo = self.people["hugo"]
        batch = self._open(name, at)
        plan = imports.plan_of(batch)
        imports.commit_import(
            by=hugo,
            at=at + timedelta(minutes=12),
            batch=batch,
            seen_version=batch.version,
            seen_digest=plan.digest,
            create_unknown=True,
            leave_out_reason="131 % de femmes : faute de frappe, l’école est interrogée." if plan.refused else "",
        )

    def _open(self, name: str, at: datetime) -> ImportBatch:
        mapping = settings.BASE_DIR / "schools" / "mappings" / "demonstration.toml"
        received = imports.Received(
            content=(HERE / name).read_bytes(),
            name=name,
            title="Formations des écoles fictives, 2025" if name == "formations.csv" else "Complément de novembre",
            publisher="Palmarès, démonstration",
            licence="Licence Ouverte 2.0",
            leaves=Source.Leaves.VALUES,
        )
        return imports.open_import(
            by=self.people["hugo"], at=at, received=received, mapping_text=mapping.read_text(encoding="utf-8")
        )

    def _verify(self, at: datetime) -> None:
        """Two verifiers share the queue; every value is seen by someone who did not enter it."""
        waiting = list(ValueRevision.objects.pending().select_related("unit", "indicator").order_by("id"))
        pair = (self.people["lise"], self.people["vera"])
        for number, revision in enumerate(self.progress(waiting, "Vérification")):
            values.approve_value(
                by=pair[number % 2],
                at=at + timedelta(seconds=20 * number),
                revision=revision,
                seen_version=revision.version,
            )

    def _edition(self, at: datetime) -> Edition:
        hugo = self.people["hugo"]
        ranking = editions.open_ranking(
            by=hugo,
            at=at,
            slug=SLUG,
            title_fr="Palmarès des écoles d’ingénieurs",
            title_en="Ranking of engineering schools",
        )
        method = self._method(ranking, at)
        edition = editions.open_edition(by=hugo, at=at, ranking=ranking, year=YEAR, texts=TEXTS)
        editions.choose_method(by=hugo, at=at, edition=edition, seen_version=edition.version, method=method)
        years = dict.fromkeys(Indicator.objects.order_by("code"), REFERENCE_YEAR)
        editions.set_columns(by=hugo, at=at, edition=edition, seen_version=edition.version, years=years)
        kept = Unit.objects.exclude(slug="ecole-du-verre-de-baccarelle")
        young = editions.LeftOut(
            Unit.objects.get(slug="ecole-du-verre-de-baccarelle"),
            "Première promotion en 2025 : trop tôt pour la comparer.",
            "First class in 2025: too early to compare it.",
        )
        editions.set_perimeter(
            by=hugo, at=at, edition=edition, seen_version=edition.version, units=kept, left_out=[young]
        )
        return edition

    def _method(self, ranking: Ranking, at: datetime) -> MethodVersion:
        path = settings.BASE_DIR / "rankings" / "methods" / "demonstration.toml"
        return editions.file_method(
            by=self.people["hugo"], at=at, ranking=ranking, text=path.read_text(encoding="utf-8")
        )

    def _publish(self, edition: Edition, at: datetime) -> Release:
        hugo, claire = self.people["hugo"], self.people["claire"]
        release = editions.compute_release(by=hugo, at=at, edition=edition)
        editions.sign_release(by=hugo, at=at + timedelta(hours=1), release=release, seen_digest=release.digest)
        editions.seal_release(
            by=claire,
            at=at + timedelta(hours=3),
            release=release,
            seen_digest=release.digest,
            publish_at=at + timedelta(days=1),
        )
        return release

    def _announce(self, release: Release, at: datetime) -> None:
        article = articles.write_article(by=self.people["jean"], at=at, release=release, draft=announcement(release))
        articles.submit_article(by=self.people["jean"], at=at, article=article, seen_version=article.version)
        articles.approve_article(
            by=self.people["claire"],
            at=at + timedelta(hours=1),
            article=article,
            seen_version=article.version,
            publish_at=at + timedelta(hours=2),
        )

    def _leave_work(self, edition: Edition, release: Release) -> None:
        """A complement to verify, which blocks the next version, and an article to review."""
        self._import("complement.csv", self.now - timedelta(days=2))
        leader = release.units.filter(rank__isnull=False).order_by("position")[1]
        draft = articles.Draft(
            genre=Article.Genre.ARTICLE,
            title_fr=f"Portrait : {leader.name}",
            summary_fr="Ce qui porte une école vers le haut du tableau.",
            body_fr=f"{leader.name} est [[rang:{leader.slug}]], avec [[score:{leader.slug}]] points sur 50.",
        )
        jean = self.people["jean"]
        article = articles.write_article(by=jean, at=self.now - timedelta(days=1), release=release, draft=draft)
        articles.submit_article(by=jean, at=self.now - timedelta(days=1), article=article, seen_version=article.version)


def announcement(release: Release) -> articles.Draft:
    """The announcement of an edition: its figures are tokens, so what it says is what the release says."""
    first = release.units.filter(rank=1).order_by("position")[0]
    slug = first.slug
    tied = release.units.filter(tied=True).order_by("position").first()
    lines_fr = [
        f"**{first.name}** prend la tête du palmarès [[millesime]] : [[rang:{slug}]], avec [[score:{slug}]] points "
        "sur 50. [[classees]] écoles sont classées.",
        "Chaque valeur a été comparée à sa source par une autre personne que celle qui l’a entrée.",
    ]
    lines_en = [
        f"**{first.name}** heads the [[millesime]] ranking: [[rang:{slug}]], with [[score:{slug}]] points out of 50. "
        "[[classees]] schools are ranked.",
        "Every value was compared with its source by another person than the one who entered it.",
    ]
    if tied:
        lines_fr.insert(1, f"{tied.name} est [[rang:{tied.slug}]] : rien ne départage deux scores égaux.")
        lines_en.insert(1, f"{tied.name} is [[rang:{tied.slug}]]: nothing breaks a tie between equal scores.")
    return articles.Draft(
        genre=Article.Genre.ANNOUNCEMENT,
        title_fr=f"{first.name} en tête du palmarès {release.year}",
        title_en=f"{first.name} heads the {release.year} ranking",
        summary_fr="Ce que dit cette édition, chiffre par chiffre.",
        summary_en="What this edition says, figure by figure.",
        body_fr="\n\n".join(lines_fr),
        body_en="\n\n".join(lines_en),
    )
