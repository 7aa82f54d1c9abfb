"""An archival edition as it would be published: the places of its print, with their cells. Nothing is computed.

Nothing is written here; `editorial.actions.editions` stores what comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rankings.compute import DOCUMENT_FORMAT, describe_unit
from rankings.copies import copied_unit
from rankings.engine.canonical import Json, digest, json_text
from rankings.models import Edition, EditionPlace, EditionPrint, Release, ReleasePrint, ReleaseUnit
from schools.models import Source


@dataclass(frozen=True)
class Print:
    """The print of an edition and its places, in their order: by rank; among equals by name."""

    edition: Edition
    record: EditionPrint
    places: tuple[EditionPlace, ...]

    @cached_property
    def document(self) -> str:
        """The text the digest is taken of: canonical JSON, without clock or person, as that of a computation."""
        record, sha256 = self.record, self.record.source.sha256
        return json_text({
            "format": DOCUMENT_FORMAT,
            "archival": True,
            "ranking": self.edition.ranking.slug,
            "year": str(self.edition.year),
            "print": {
                **describe_source(record.source),
                "ranked_count": str(record.ranked_count),
                "out_of": record.out_of,
                "method_fr": record.method_fr,
                "method_en": record.method_en,
            },
            "units": {place.unit.slug: describe_unit(place.unit) for place in self.places},
            "places": {place.unit.slug: _described(place, sha256) for place in self.places},
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document, in hexadecimal."""
        return digest(self.document)

    def release_fields(self) -> dict[str, object]:
        """The columns of the release itself. What is ranked is counted as printed: the rows may be fewer."""
        edition = self.edition
        return {
            "archival": True,
            "ranking_slug": edition.ranking.slug,
            "year": edition.year,
            "title_fr": edition.ranking.title_fr,
            "title_en": edition.ranking.title_en,
            "purpose_fr": edition.purpose_fr,
            "purpose_en": edition.purpose_en,
            "audience_fr": edition.audience_fr,
            "audience_en": edition.audience_en,
            "document": self.document,
            "digest": self.digest,
            "ranked_count": self.record.ranked_count,
            "unranked_count": 0,
            "out_of": self.record.out_of,
        }

    def write(self, release: Release) -> None:
        """Every row of the release: its print, and a school a place. The caller holds the transaction."""
        source = self.record.source
        ReleasePrint.objects.create(
            release=release,
            method_fr=self.record.method_fr,
            method_en=self.record.method_en,
            source_title=source.title,
            source_publisher=source.publisher,
            source_licence=source.licence,
            source_date=source.document_date,
            source_url=source.url,
            source_file=source.file_name,
            source_sha256=source.sha256,
            entered_at=self.record.entered_at,
        )
        ReleaseUnit.objects.bulk_create(self._units(release), batch_size=1000)

    def _units(self, release: Release) -> Iterator[ReleaseUnit]:
        for position, place in enumerate(self.places):
            yield copied_unit(
                release,
                place.unit,
                position,
                rank=place.rank,
                tied=place.tied,
                score=place.points,
                printed=True,
                cells=place.cells,
            )


def read_print(edition: Edition) -> Print:
    """The places of an archival edition as the base has them. Four queries. Raises ValueError when there are none."""
    record = EditionPrint.objects.filter(edition=edition).select_related("source").first()
    if record is None:
        raise ValueError("no printed place was entered")
    places = edition.places.select_related("unit").prefetch_related("unit__identifiers")
    ordered = sorted(places, key=lambda place: (place.rank, place.unit.search_key, place.unit.slug))
    return Print(edition, record, tuple(ordered))


def describe_source(source: Source) -> dict[str, Json]:
    """The document a print was read in, as documents of releases keep it."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "sha256": source.sha256,
    }


def _described(place: EditionPlace, sha256: str) -> dict[str, Json]:
    return {
        "rank": str(place.rank),
        "tied": place.tied,
        "points": place.points,
        "source": sha256,
        "cells": place.cells,
    }
