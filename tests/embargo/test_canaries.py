"""Nothing of an edition under embargo leaves before its instant, by any address, method or person without a role.

Two worlds hold the same published edition; in one of them another edition, full of canaries, is sealed for later.
Until its instant the two must answer every request with the same bytes.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import brotli
import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from editorial.models import Article
from palmares.public import clock
from rankings.models import Release
from schools.models import Unit
from tests import corrections
from tests import factories as make
from tests.people import Cast, cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db

CANARY = "canari7f3a"
FIGURE = "73918"
CANARIES = (CANARY, "Canari7F3A", FIGURE, "73\u202f918", "73,918")
SECRET_YEAR = 2031


def published_world() -> None:
    release = make.published_release(schools=5)
    make.approved_article(release)


def embargoed_edition(publish_at: datetime) -> tuple[Release, Article]:
    """The next edition: a school, a text, a source, a value and an article that nobody may hear of yet.

    And a correction of an article that is published, which waits to be approved.
    """
    schools = [*make.units(4), make.unit(f"École {CANARY} du Lac", region=f"Région {CANARY}", city="Canari7F3A-le-Lac")]
    source = make.source(f"Enquête {CANARY}", sha256="7f3a" * 16, file_name=f"{CANARY}.csv", size_bytes=7)
    make.approved_value(FIGURE, of=schools[-1], indicator_code="salaire", year=SECRET_YEAR, said_by=source)
    edition = make.edition(schools, year=SECRET_YEAR, reference_year=SECRET_YEAR, said_by=source, unranked=False)
    release = make.sealed_release(edition, publish_at=publish_at)
    slug = f"ecole-{CANARY}-du-lac"
    article = make.approved_article(
        release,
        publish_at=publish_at,
        title_fr=f"Surprise {CANARY}",
        title_en=f"Surprise {CANARY}",
        summary_fr=f"Elle est {CANARY}.",
        body_fr=f"Le {CANARY} : [[rang:{slug}]].",
        body_en=f"The {CANARY}: [[rang:{slug}]].",
    )
    corrections.submitted(
        Article.objects.get(slug="l-ecole-des-mines-de-brezac-au-palmares"),
        title_fr=f"Correction {CANARY}",
        title_en=f"Correction {CANARY}",
        body_fr=f"Le {CANARY}, corrigé.",
        note_fr=f"La note du {CANARY}.",
        note_en=f"The note of the {CANARY}.",
    )
    return release, article


PARAMETERS = {
    "ranking": ["ecoles-ingenieurs"],
    "year": ["2026", str(SECRET_YEAR)],
    "slug": [
        "ecole-des-mines-de-brezac",
        f"ecole-{CANARY}-du-lac",
        "l-ecole-des-mines-de-brezac-au-palmares",
        f"surprise-{CANARY}",
    ],
    "key": ["salaire", "ouverture"],
    "region": ["occitanie", f"region-{CANARY}"],
    "number": ["1", "2"],
    "code": ["salaire", "emploi"],
}
QUERIES = ("", f"?q={CANARY}", f"?year={SECRET_YEAR}&edition={SECRET_YEAR}", "?order=salaire&per=all", "?status=draft",
           f"?ecole=ecole-des-mines-de-brezac&ecole=ecole-{CANARY}-du-lac")  # fmt: skip
TAMPERED = (
    f"/ecoles-ingenieurs/{SECRET_YEAR}", f"//ecoles-ingenieurs/{SECRET_YEAR}/", f"/ECOLES-INGENIEURS/{SECRET_YEAR}/",
    f"/ecoles-ingenieurs/%2e%2e/{SECRET_YEAR}/", f"/ecoles-ingenieurs/{SECRET_YEAR};x/",
    f"/ecoles-ingenieurs/{SECRET_YEAR}/x.css",
    f"/media/{CANARY}.csv", f"/static/{CANARY}.csv", f"/sources/7f/{'7f3a' * 16}", "/latest/", "/feed/", "/.git/config",
    f"/ecoles-ingenieurs/{SECRET_YEAR}/donnees/classement.csv.gz", f"/articles/surprise-{CANARY}.html",
)  # fmt: skip


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        prefixes = ("", "en/") if isinstance(entry.pattern, LocalePrefixPattern) else (str(entry.pattern),)
        for prefix in prefixes:
            if isinstance(entry, URLResolver):
                yield from patterns(entry, before + prefix)
            else:
                yield before + prefix, entry


def every_route() -> list[str]:
    return sorted({route for route, _pattern in patterns(get_resolver())})


def is_public(route: str) -> bool:
    return not route.startswith("redaction/")


def addresses(route: str) -> list[str]:
    """The route filled with everything its parameters may be; a regular expression is turned into a plain path."""
    plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
    plain = plain.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "").replace("/?", "/")
    found = [plain]
    for name in dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", plain)):
        wanted = PARAMETERS.get(name, ["1", "2"])
        hole = re.compile(rf"<(?:\w+:)?{name}>")
        found = [hole.sub(value, address) for address in found for value in wanted]
    return [f"/{address}" for address in found]


def body(response: HttpResponseBase) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    encoding = response.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        return gzip.decompress(content)
    return brotli.decompress(content) if encoding == "br" else content


def stranger(client: Client) -> Client:
    """The same client as if it had never come: a new one would load every middleware again."""
    client.cookies.clear()
    return client


def answer(client: Client, method: str, address: str) -> tuple[int, dict[str, str], bytes]:
    # From an address of its own: the throttle of the API would otherwise answer in place of the API.
    origin = f"10.{'.'.join(str(part) for part in hashlib.sha256(f'{method} {address}'.encode()).digest()[:3])}"
    response = client.generic(method, address, headers={"accept-encoding": "gzip, br"}, REMOTE_ADDR=origin)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return response.status_code, headers, body(response)


def requests(routes: list[str]) -> Iterator[tuple[str, str]]:
    for route in routes:
        for place, address in enumerate(addresses(route)):
            for query in QUERIES if is_public(route) and place == 0 else ("",):
                yield "GET", address + query
            for method in ("HEAD", "OPTIONS", "POST"):
                yield method, address
    for address in TAMPERED:
        yield "GET", address
        yield "GET", f"/en{address}"


type Answers = dict[tuple[str, str, str], tuple[int, dict[str, str], bytes]]


def visit(routes: list[str]) -> Answers:
    """Every request by somebody unknown, and every reading by somebody known without a role."""
    paul, nobody = Client(), Client()
    paul.force_login(cast().paul)
    found = {("nobody", *said): answer(stranger(nobody), *said) for said in requests(routes)}
    for method, address in requests(routes):
        if method == "GET" and "deconnexion" not in address:
            found["paul", method, address] = answer(paul, method, address)
    return found


def read(routes: list[str]) -> Answers:
    """Every reading by somebody unknown."""
    nobody = Client()
    said = ((method, address) for method, address in requests(routes) if method == "GET")
    return {("nobody", method, address): answer(stranger(nobody), method, address) for method, address in said}


def leaks(answers: Answers) -> list[tuple[str, str, str]]:
    """The requests whose answer holds a canary that the request itself did not bring."""
    return [key for key, (_status, headers, content) in answers.items() if _leaks(key[2], headers, content)]


def _leaks(address: str, headers: dict[str, str], content: bytes) -> bool:
    said = "\n".join(headers.values()) + content.decode("utf-8", "replace")
    # A page may repeat what was asked of it, as asked; not more often than that, in fields and links.
    if CANARY in address:
        said = said.replace(address, "").replace(CANARY, "")
    return any(canary.casefold() in said.casefold() for canary in CANARIES)


# What differs from one request to the next for reasons of its own.
_NOISE = (
    re.compile(rb'name="csrfmiddlewaretoken" value="\w+"'),
    re.compile(rb'"instant": ?"[^"]+"'),
)


def settled(answered: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], bytes]:
    status, headers, content = answered
    for noise in _NOISE:
        content = noise.sub(b"", content)
    kept = {
        k: v
        for k, v in headers.items()
        if k not in {"set-cookie", "date", "content-length", "last-modified", "expires"}
    }
    return status, kept, content


@pytest.fixture
def public_routes() -> list[str]:
    return [route for route in every_route() if is_public(route)]


@scene(published_world)
def test_before_the_instant_the_edition_might_as_well_not_exist(people: Cast) -> None:
    routes = every_route()
    without = visit(routes)
    embargoed_edition(make.NOW + timedelta(days=20))
    with_it = visit(routes)
    assert leaks(with_it) == []
    assert len(with_it) > 500
    different = {key: (settled(without[key]), settled(with_it[key])) for key in without}
    different = {key: pair for key, pair in different.items() if pair[0] != pair[1]}
    assert list(different.items())[:1] == []


def test_every_route_is_exercised() -> None:
    """An address nobody fills is an address nobody looked at: its parameters must be known here."""
    for route in every_route():
        for address in addresses(route):
            assert not re.search(r"[<>()?*|]", address), f"{route} is not filled: teach PARAMETERS about it"


@scene(published_world)
def test_after_the_instant_it_is_there(people: Cast, public_routes: list[str]) -> None:
    release, article = embargoed_edition(make.NOW - timedelta(seconds=1))
    found = {address for _who, _method, address in leaks(read(public_routes))}
    assert f"/ecoles-ingenieurs/{SECRET_YEAR}/" in found
    assert f"/en/ecoles-ingenieurs/{SECRET_YEAR}/" in found
    assert "/" in found
    assert "/articles/" in found
    assert f"/sitemap/ecoles-ingenieurs/{SECRET_YEAR}.xml" in found
    assert "/sitemap/site.xml" in found
    for channel in ("donnees/classement.csv", "donnees/valeurs.csv", "donnees/version.json"):
        assert f"/ecoles-ingenieurs/{SECRET_YEAR}/{channel}" in found
    assert [address for address in found if address.startswith("/api/v1/")]
    assert release.is_published(at=make.NOW)
    assert Article.objects.published(at=make.NOW).filter(pk=article.pk).exists()


@scene(published_world)
def test_with_the_gate_open_the_same_walk_finds_leaks(
    people: Cast, public_routes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the predicate lets everything through, and the walk must see it."""
    embargoed_edition(make.NOW + timedelta(days=20))
    for model in (Release, Article):
        queryset = type(model.objects.all())
        monkeypatch.setattr(queryset, "published", lambda self, *, at: self.all())
    found = {address for _who, _method, address in leaks(read(public_routes))}
    assert f"/ecoles-ingenieurs/{SECRET_YEAR}/" in found
    assert len(found) > 10


@scene(published_world)
def test_one_microsecond_decides(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    instant = make.FUTURE
    embargoed_edition(instant)
    page = f"/ecoles-ingenieurs/{SECRET_YEAR}/"
    tick = timedelta(microseconds=1)
    for at, status in ((instant - tick, 404), (instant, 200), (instant + tick, 200)):
        request_clock = Client(headers={})
        request_clock.handler.get_response = _at(request_clock.handler, at)
        assert request_clock.get(page).status_code == status, at
    assert clock.now.__doc__
    assert Unit.objects.filter(name__contains=CANARY).exists()


def _at(handler, at: datetime):
    """Give every request its instant, as the edge does."""
    handler.load_middleware()
    inner = handler.get_response

    def get_response(request):
        request.palmares_instant = at
        return inner(request)

    return get_response
