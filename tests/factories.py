"""Things for the tests to work on, made by walking the real actions: nothing here is a row nobody could have made.

Every school is fictional. Instants are given, never patched: all is entered sixty days ago, published a month ago,
unless a test says otherwise. Words and figures are the same at every run, so digests are too.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from editorial.actions import articles, editions, prints, values
from editorial.models import Article, User
from rankings.models import Edition, Ranking, Release
from schools.models import Indicator, Kind, Source, Unit, UnitIdentifier, ValueRevision
from schools.naming import free_slug, search_key
from tests.methods import METHOD
from tests.people import cast

NOW = datetime.now(UTC).replace(microsecond=0)
START = NOW - timedelta(days=60)
PAST = NOW - timedelta(days=30)
FUTURE = NOW + timedelta(days=30)
YEAR = 2025

# name, town, region, sector: regions and sectors repeat, so that groups of three and more exist.
SCHOOLS = (
    ("École des mines de Brézac", "Brézac", "Occitanie", "public"),
    ("Institut Ampère-Lavoisier", "Ferrières", "Île-de-France", "public"),
    ("École centrale de Vaucelles", "Vaucelles", "Normandie", "public"),
    ("ENSI Montfaucon", "Montfaucon", "Occitanie", "public"),
    ("École d’aéronautique de Lanternac", "Lanternac", "Occitanie", "private_contract"),
    ("École des eaux et forêts du Morvan", "Corbelle", "Bourgogne-Franche-Comté", "public"),
    ("École de géologie du Forez", "Saint-Ambert", "Auvergne-Rhône-Alpes", "public"),
    ("École des mines de Sauvagnac", "Sauvagnac", "Nouvelle-Aquitaine", "public"),
    ("ENSI Rives-de-Meuse", "Rives-de-Meuse", "Grand Est", "public"),
    ("Institut textile de Roncq-le-Vieil", "Roncq-le-Vieil", "Hauts-de-France", "consular"),
    ("École navale de Port-Morvac", "Port-Morvac", "Bretagne", "public"),
    ("Institut optique du Vercors", "Villard-le-Haut", "Auvergne-Rhône-Alpes", "private"),
)

# After which studies one enters them, and for how long; of some neither is known.
COURSES = (("post_bac", 5), ("post_prepa", 3), ("", None))

# code, French, English, type, decimals, bounds, direction
INDICATORS = (
    ("salaire", "Salaire à la sortie", "Starting salary", "euros", 0, (None, None), "higher"),
    ("emploi", "Emploi à six mois", "In work after six months", "percentage", 1, ("0", "100"), "higher"),
    ("doctorants", "Poursuite en doctorat", "Going on to a doctorate", "percentage", 1, ("0", "100"), "higher"),
    ("mobilite", "Mobilité à l’étranger", "Time spent abroad", "months", 1, ("0", "60"), "higher"),
)


def uai(number: int) -> str:
    """A well-formed number of a school that cannot exist: there is no département 999."""
    return f"999{number:04d}{'ABCDEFGHJKLMNPRSTUVWXYZ'[(9_990_000 + number) % 23]}"


def unit(name: str = "École des mines de Brézac", *, with_uai: bool = True, **fields: Any) -> Unit:
    """A school, found again by its name when it is there already."""
    known = Unit.objects.filter(search_key=search_key(name)).first()
    if known:
        return known
    made = Unit.objects.create(
        name=name,
        slug=free_slug(name, set(Unit.objects.values_list("slug", flat=True))),
        search_key=search_key(name),
        created_at=START,
        **{"sector": "public", "region": "Occitanie", "academie": "Toulouse", "city": "Brézac"} | fields,
    )
    if with_uai:
        number = UnitIdentifier.objects.count() + 1
        UnitIdentifier.objects.create(unit=made, scheme="uai", value=uai(number))
    return made


def units(count: int) -> list[Unit]:
    """So many schools, always the same ones in the same order."""
    made = []
    for place in range(count):
        name, city, region, sector = SCHOOLS[place % len(SCHOOLS)]
        if place >= len(SCHOOLS):
            name = f"{name}, site {place // len(SCHOOLS) + 1}"
        made.append(unit(name, city=city, region=region, sector=sector))
    return made


def units_with_courses(count: int) -> list[Unit]:
    """The same schools, of which all but every third say after which studies one enters, and for how long."""
    made = units(count)
    for place, school in enumerate(made):
        school.entry, school.duration_years = COURSES[place % len(COURSES)]
    Unit.objects.bulk_update(made, ["entry", "duration_years"])
    return made


def indicator(code: str = "emploi", **fields: Any) -> Indicator:
    """An indicator, one of INDICATORS or a percentage of that code; its latest definition when it is there already."""
    known = Indicator.objects.filter(code=code).order_by("version").last()
    if known and not fields:
        return known
    declared = {row[0]: row for row in INDICATORS}
    _code, french, english, measure, decimals, (low, high), direction = declared.get(
        code, (code, code.capitalize(), code.capitalize(), "percentage", 1, ("0", "100"), "higher")
    )
    said = {
        "version": 1,
        "label_fr": french,
        "label_en": english,
        "definition_fr": f"{french}, dans l’enquête de l’année de référence.",
        "definition_en": f"{english}, in the survey of the reference year.",
        "measure": measure,
        "decimals": decimals,
        "minimum": None if low is None else Decimal(low),
        "maximum": None if high is None else Decimal(high),
        "direction": direction,
    }
    return Indicator.objects.create(code=code, **said | fields)


def source(title: str = "Enquête certifiée", **fields: Any) -> Source:
    """A printed document, found again by its title."""
    known = Source.objects.filter(title=title).first()
    return known or Source.objects.create(
        title=title,
        **{
            "publisher": "Observatoire des écoles",
            "licence": "Licence Ouverte 2.0",
            "received_at": START,
            "received_by": cast().hugo,
        }
        | fields,
    )


def entry(
    value: str | None = "87.5",
    *,
    of: Unit | None = None,
    indicator_code: str = "emploi",
    year: int = YEAR,
    kind: str = "",
    said_by: Source | None = None,
    cells: Sequence[tuple[str, str, str, str]] | None = None,
) -> values.Entry:
    """What somebody is about to enter; None is an absence, *missing* unless `kind` says which."""
    return _entry(value, of or unit(), indicator(indicator_code), year, said_by or source(), kind, cells)


def _entry(
    value: str | None,
    of: Unit,
    column: Indicator,
    year: int,
    said_by: Source,
    kind: str = "",
    cells: Sequence[tuple[str, str, str, str]] | None = None,
) -> values.Entry:
    return values.Entry(
        unit=of,
        indicator=column,
        reference_year=year,
        kind=kind or (Kind.MISSING.value if value is None else Kind.KNOWN.value),
        value=None if value is None else Decimal(value),
        source=said_by,
        cells=cells if cells is not None else [("", "p. 12", "Tableau 3", value or "n. c.")],
    )


def entered_value(
    value: str | None = "87.5", *, by: User | None = None, at: datetime = START, **said: Any
) -> ValueRevision:
    """A value that waits for a verifier, entered by Hugo unless `by` says otherwise; the rest is that of `entry`."""
    return values.enter_value(by=by or cast().hugo, at=at, entry=entry(value, **said))


def approved_value(
    value: str | None = "87.5", *, by: User | None = None, at: datetime = START, **said: Any
) -> ValueRevision:
    """A value in force, approved by Lise unless `by` says otherwise."""
    revision = entered_value(value, at=at, **said)
    values.approve_value(by=by or cast().lise, at=at, revision=revision, seen_version=revision.version)
    return revision


def ranking(slug: str = "ecoles-ingenieurs") -> Ranking:
    """A palmarès, found again by its address."""
    known = Ranking.objects.filter(slug=slug).first()
    titles = {"title_fr": "Palmarès des écoles d’ingénieurs", "title_en": "Ranking of engineering schools"}
    return known or editions.open_ranking(by=cast().hugo, at=START, slug=slug, **titles)


TEXTS = editions.Texts(
    purpose_fr="Ce palmarès mesure l’insertion et l’ouverture des écoles. Il ne mesure pas la qualité des cours.",
    purpose_en="This ranking measures employment and openness. It does not measure the quality of teaching.",
    audience_fr="Les candidats et leurs familles.",
    audience_en="Applicants and their families.",
)


def figures(place: int) -> dict[str, str | None]:
    """What the school of this place is said to have: the fourth has the figures of the third, so they tie."""
    row = 2 if place == 3 else place
    return {
        "salaire": str(52_000 - 1_250 * row),
        "emploi": f"{98 - 3 * (row % 11)}.{row % 10}",
        "doctorants": f"{4 + (row * 7) % 19}.5",
        "mobilite": f"{5 + (row * 5) % 12}.0",
    }


def edition(
    schools: int | Sequence[Unit] = 6,
    *,
    year: int = 2026,
    slug: str = "ecoles-ingenieurs",
    unranked: bool = True,
    left_out: bool = True,
    method: str = METHOD,
    reference_year: int = YEAR,
    said_by: Source | None = None,
) -> Edition:
    """An edition ready to be computed: its schools with every value verified, its method, years and texts.

    With `unranked`, the salary of the last school is under statistical secrecy, which this method does not rank; with
    `left_out`, one more school is outside the perimeter, with a reason. Three schools or more: two tie.
    """
    people = cast()
    included = units(schools) if isinstance(schools, int) else list(schools)
    for code, *_ in INDICATORS:
        indicator(code)
    _fill(included, unranked=unranked, year=reference_year, said_by=said_by)
    made = editions.open_edition(by=people.hugo, at=START, ranking=ranking(slug), year=year, texts=TEXTS)
    filed = editions.file_method(by=people.hugo, at=START, ranking=made.ranking, text=method)
    editions.choose_method(by=people.hugo, at=START, edition=made, seen_version=made.version, method=filed)
    columns = dict.fromkeys(filed.indicators.all(), reference_year)
    editions.set_columns(by=people.hugo, at=START, edition=made, seen_version=made.version, years=columns)
    editions.set_perimeter(
        by=people.hugo,
        at=START,
        edition=made,
        seen_version=made.version,
        units=included,
        left_out=_left_out() if left_out else (),
    )
    made.refresh_from_db()
    return made


def _fill(included: Iterable[Unit], *, unranked: bool, year: int, said_by: Source | None) -> None:
    """Every value of these schools that is not in force yet, entered by Hugo and approved by Lise.

    Who, what and where from are read once for all of them: most tests begin here, with dozens of values.
    """
    people, document, everyone = cast(), said_by or source(), list(included)
    columns = {code: indicator(code) for code, *_ in INDICATORS}
    in_force = ValueRevision.objects.in_force().filter(unit__in=everyone, reference_year=year)
    there = set(in_force.values_list("unit", "indicator__code"))
    waiting = []
    for place, school in enumerate(everyone):
        for code, figure in figures(place).items():
            if (school.pk, code) in there:
                continue
            secret = unranked and place == len(everyone) - 1 and code == "salaire"
            said = _entry(None if secret else figure, school, columns[code], year, document, "secret" if secret else "")
            waiting.append(values.enter_value(by=people.hugo, at=START, entry=said))
    seen = [values.Seen(revision, revision.version) for revision in waiting]
    values.approve_values(by=people.lise, at=START, seen=seen)


def _left_out() -> list[editions.LeftOut]:
    closed = unit("Institut des ponts suspendus", city="Cassis-le-Bas", region="Île-de-France", sector="private")
    return [
        editions.LeftOut(
            unit=closed,
            reason_fr="Elle ne recrute plus depuis 2024.",
            reason_en="It has taken no students since 2024.",
        )
    ]


def computed_release(of: Edition | None = None, *, at: datetime = START, **said: Any) -> Release:
    """An edition computed and not signed. What `edition` takes can be said here, when no edition is given."""
    of = of or edition(**said)
    return editions.compute_release(
        by=cast().hugo,
        at=at,
        edition=of,
        **(
            {"reason_fr": "Une valeur a été corrigée.", "reason_en": "A value was corrected."}
            if of.releases.filter(sealed_at__isnull=False).exists()
            else {}
        ),
    )


def signed_release(of: Edition | None = None, *, at: datetime = START, **said: Any) -> Release:
    """The same, signed by Marc."""
    release = computed_release(of, at=at, **said)
    editions.sign_release(by=cast().marc, at=at, release=release, seen_digest=release.digest)
    return release


def sealed_release(
    of: Edition | None = None, *, publish_at: datetime = FUTURE, at: datetime = START, **said: Any
) -> Release:
    """The same, sealed by Claire for this instant: under embargo unless it lies in the past."""
    release = signed_release(of, at=at, **said)
    editions.seal_release(by=cast().claire, at=at, release=release, seen_digest=release.digest, publish_at=publish_at)
    return release


def published_release(of: Edition | None = None, *, publish_at: datetime = PAST, **said: Any) -> Release:
    """A release the public reads since a month."""
    return sealed_release(of, publish_at=publish_at, **said)


def withdrawn_release(of: Edition | None = None, *, withdrawn_at: datetime = NOW - timedelta(days=1)) -> Release:
    """A release that was published, then taken back yesterday."""
    release = published_release(of)
    editions.withdraw_release(
        by=cast().claire,
        at=withdrawn_at,
        release=release,
        reason_fr="Une source s’est rétractée.",
        reason_en="A source has retracted its figures.",
    )
    return release


# As printed in 2018: the ranks of six schools of sixty-three, two of which share theirs.
PRINTED_RANKS = ("1re", "2e", "3e ex aequo", "3e ex aequo", "16e", "52e")
PRINT_WORDS = prints.PrintWords(
    ranked_count=63,
    method_fr="Vingt critères notés sur cinq, pondérés par la rédaction et publiés dans le magazine.",
    method_en="Twenty criteria marked out of five, weighted by the newsroom and printed in the magazine.",
)


def printed_file(*rows: tuple[str, ...], head: tuple[str, ...] = ("UAI", "École", "Rang")) -> bytes:
    """A CSV file of printed places."""
    return "\r\n".join(";".join(row) for row in (head, *rows, ())).encode()


def printed_rows(schools: Sequence[Unit], ranks: Sequence[str] = PRINTED_RANKS) -> list[tuple[str, ...]]:
    """One row a school, by its number, its name and its rank."""
    numbers = [school.identifiers.get().value for school in schools]
    return [(key, unit.name, rank) for key, unit, rank in zip(numbers, schools, ranks, strict=True)]


def received_print(content: bytes, name: str = "palmares_2018.csv", **said: Any) -> prints.Received:
    """A file of printed places, as it came."""
    return prints.Received(
        content=content,
        name=name,
        **{"title": "Le magazine, n° 412, p. 38", "publisher": "Le magazine", "licence": "Reproduction autorisée"}
        | said,
    )


def archival_edition(
    schools: int | Sequence[Unit] = 6,
    *,
    ranks: Sequence[str] = PRINTED_RANKS,
    year: int = 2018,
    slug: str = "ecoles-ingenieurs",
    words: prints.PrintWords = PRINT_WORDS,
) -> Edition:
    """An archival edition whose places are entered."""
    by = cast().hugo
    included = units(schools) if isinstance(schools, int) else list(schools)
    made = editions.open_edition(by=by, at=START, ranking=ranking(slug), year=year, texts=TEXTS, archival=True)
    prints.enter_places(
        by=by,
        at=START,
        edition=made,
        seen_version=made.version,
        received=received_print(printed_file(*printed_rows(included, ranks)), f"palmares_{year}.csv"),
        columns=prints.PlaceColumns(key="UAI"),
        words=words,
    )
    return made


def archival_release(*, publish_at: datetime = PAST, at: datetime = START, **said: Any) -> Release:
    """An archival edition signed by Marc and sealed by Claire, which the public reads since a month."""
    return sealed_release(archival_edition(**said), publish_at=publish_at, at=at)


def draft(**said: str) -> articles.Draft:
    """What an article says; its body quotes the figures of the first school."""
    return articles.Draft(
        **{
            "genre": Article.Genre.ANNOUNCEMENT.value,
            "title_fr": "L’École des mines de Brézac au palmarès",
            "title_en": "École des mines de Brézac in the ranking",
            "summary_fr": "Sa place et son score, tels qu’ils sont publiés.",
            "summary_en": "Its place and score, as published.",
            "body_fr": "Elle est [[rang:ecole-des-mines-de-brezac]] sur [[classees]], avec "
            "[[score:ecole-des-mines-de-brezac]] points.",
            "body_en": "It is [[rang:ecole-des-mines-de-brezac]] of [[classees]].",
        }
        | said
    )


def written_article(release: Release | None = None, *, at: datetime = START, **said: str) -> Article:
    """A draft by Jean."""
    return articles.write_article(by=cast().jean, at=at, release=release or published_release(), draft=draft(**said))


def submitted_article(release: Release | None = None, *, at: datetime = START, **said: str) -> Article:
    """The same, waiting to be reviewed."""
    article = written_article(release, at=at, **said)
    articles.submit_article(by=cast().jean, at=at, article=article, seen_version=article.version)
    return article


def approved_article(
    release: Release | None = None, *, publish_at: datetime | None = None, at: datetime = START, **said: str
) -> Article:
    """The same, approved by Claire for this instant; that of the release it quotes when none is given."""
    release = release or published_release()
    article = submitted_article(release, at=at, **said)
    articles.approve_article(
        by=cast().claire,
        at=at,
        article=article,
        seen_version=article.version,
        publish_at=publish_at or release.publish_at or FUTURE,
    )
    return article
