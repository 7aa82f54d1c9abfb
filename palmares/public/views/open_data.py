"""Open data: what can be downloaded, and the files themselves."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from palmares.public import shelf
from palmares.public.board import Board
from palmares.public.clock import now
from palmares.public.context import edition_crumbs, page_context
from palmares.public.explanation import Explanation
from palmares.public.freshness import Page, public_page
from palmares.public.spreadsheets import (
    csv_response,
    download,
    has_series,
    may_leave_whole,
    ranking_rows,
    series_rows,
    value_rows,
)
from palmares.public.views.gone import gone
from rankings.models import Release


@public_page
def data(request: HttpRequest) -> Page:
    """Every edition whose files can be downloaded."""
    releases = list(shelf.editions(now(request)))

    def answer() -> HttpResponse:
        latest = releases[0] if releases else None
        example = reverse("public:ranking", args=[latest.ranking_slug, latest.year]) if latest else ""
        context = page_context(
            request, None, nav="data", releases=releases, example=request.build_absolute_uri(example)
        )
        return render(request, "public/data.html", context)

    return Page([release.seal_digest for release in releases], answer)


@public_page
def edition_data(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The files of one edition, what their licences let leave, and its versions."""
    at = now(request)
    release = shelf.edition_or_gone(ranking, year, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    versions = list(shelf.versions(ranking, year, at))
    withdrawals = list(shelf.withdrawals(ranking, year, at))
    seen = [*(version.seal_digest for version in versions), *(taken_back.at for taken_back in withdrawals)]

    def answer() -> HttpResponse:
        context = page_context(
            request,
            release,
            nav="data",
            crumbs=edition_crumbs(release),
            explanation=Explanation(release),
            printed=release.printed if release.archival else None,
            whole=may_leave_whole(release),
            has_series=has_series(release),
            versions=versions,
            withdrawals=withdrawals,
        )
        return render(request, "public/edition_data.html", context)

    return Page(seen, answer)


def _file(
    request: HttpRequest, ranking: str, year: int, make: Callable[[Release], HttpResponse]
) -> Page | HttpResponse:
    release = shelf.edition_or_gone(ranking, year, now(request), heavy=True)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    return Page([release.seal_digest], partial(make, release))


def _refuse_archive(release: Release) -> None:
    if release.archival:
        raise Http404


def _name(release: Release, rest: str) -> str:
    return f"{release.ranking_slug}-{release.year}-v{release.number}-{rest}"


@public_page
def ranking_csv(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The table of the ranking."""

    def make(release: Release) -> HttpResponse:
        return csv_response(ranking_rows(Board(release)), _name(release, "classement.csv"))

    return _file(request, ranking, year, make)


@public_page
def values_csv(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """Every value with its source. Raises Http404 for an archive: a print has places, and no values."""

    def make(release: Release) -> HttpResponse:
        _refuse_archive(release)
        return csv_response(value_rows(release), _name(release, "valeurs.csv"))

    return _file(request, ranking, year, make)


@public_page
def series_csv(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """Every value of the earlier years. Raises Http404 when the release keeps none."""

    def make(release: Release) -> HttpResponse:
        if not has_series(release):
            raise Http404
        return csv_response(series_rows(release), _name(release, "evolution.csv"))

    return _file(request, ranking, year, make)


@public_page
def method_toml(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The method, byte for byte as it was applied. Raises Http404 for an archive: its method is in words."""

    def make(release: Release) -> HttpResponse:
        _refuse_archive(release)
        return download(release.method_text, _name(release, "methode.toml"), "application/toml; charset=utf-8")

    return _file(request, ranking, year, make)


@public_page
def document_json(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The document the digest is taken of, byte for byte. Raises Http404 when a licence keeps a value back."""
    answer = _file(
        request,
        ranking,
        year,
        lambda release: download(release.document, _name(release, "version.json"), "application/json"),
    )
    release = shelf.edition(ranking, year, now(request))
    if release is not None and not may_leave_whole(release):
        raise Http404
    return answer
