"""Archival editions: taking the places of a print from a file, all of it or nothing."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._moving import refuse
from editorial.actions._received import Received as Received
from editorial.actions._received import source_of
from editorial.actions.editions import change_edition
from editorial.audit import canonical_json
from editorial.exceptions import Refused, Stale
from editorial.models import User
from rankings.doubts import Doubt, doubts
from rankings.models import Edition, EditionPlace, EditionPrint
from schools import files
from schools.importing import (
    Document,
    FileRefused,
    NotANumber,
    PlacesRead,
    parse_number,
    read_document,
    read_places,
)
from schools.importing import PlaceColumns as PlaceColumns
from schools.models import Source, Unit
from schools.named_units import NamedUnits

# Rows written by one INSERT.
CHUNK = 1000


@dataclass(frozen=True)
class PrintWords:
    """What a print says of itself: how many schools it ranks, the points they are ranked on, and how.

    `out_of`: the highest number of points, empty where none is printed.
    """

    ranked_count: int
    method_fr: str
    method_en: str
    out_of: str = ""


@dataclass(frozen=True)
class Entered:
    """What came of a file of places: the reading, whose problems are all to be confirmed, and what looks wrong."""

    read: PlacesRead
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Previewed:
    """What a file of places would enter, as it was shown: `digest` stands for all of it. Nothing is recorded.

    `places`: rows that are not in the base, none when anything is refused.
    """

    document: Document
    read: PlacesRead
    places: tuple[EditionPlace, ...]
    doubts: tuple[Doubt, ...]
    digest: str


def preview_places(
    *, by: User, edition: Edition, received: Received, columns: PlaceColumns, words: PrintWords
) -> Previewed:
    """Read a file of places and say what `enter_places` would make of it; raises what it would raise before reading.

    A file that would be taken is kept under its digest, so that it need not be sent again to be entered.
    """
    refuse(rules.why_not_enter_places(by, edition))
    words = _clean(words)
    document, read = _read(edition, received, columns, words)
    refuse(None if read.refused else _why_not_so_many(words, len(read.places)))
    known = Source.objects.filter(sha256=document.sha256).first()
    refuse(_why_not_leave(known.leaves if known else received.leaves))
    places = tuple(_rows(edition, read))
    if not read.refused:
        files.keep(received.content)
    record = EditionPrint(edition=edition, ranked_count=words.ranked_count, out_of=words.out_of)
    return Previewed(document, read, places, doubts(record, places), _digest(read, words))


def _read(
    edition: Edition, received: Received, columns: PlaceColumns, words: PrintWords
) -> tuple[Document, PlacesRead]:
    document = read_document(received.content, received.name)
    find = partial(NamedUnits(edition.year).find, columns.scheme)
    return document, read_places(document, columns, find, ranked_count=words.ranked_count)


def _digest(read: PlacesRead, words: PrintWords) -> str:
    """What a person saw of a file, as one number: its places, what is to be confirmed, the words of the print."""
    problems = [(problem.code, problem.sheet, problem.cell) for problem in read.problems]
    seen = [[asdict(place) for place in read.places], problems, asdict(words)]
    return hashlib.sha256(canonical_json(seen).encode()).hexdigest()


@transaction.atomic
def enter_places(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    seen_version: int,
    received: Received,
    columns: PlaceColumns,
    words: PrintWords,
    seen_digest: str = "",
) -> Entered:
    """Keep a file of printed places, and make its places those of this archival edition, in place of those before.

    Schools are known by their numbers, else by their names and other names. Raises `FileRefused` with every fault by
    its cell, or `Refused`: then nothing at all is kept. What only looks wrong is kept, as a print may be wrong, and
    told by what is returned. `Stale` when the file no longer reads as in the preview of this digest, if one is given.
    """
    refuse(rules.why_not_enter_places(by, edition))
    words = _clean(words)
    document, read = _read(edition, received, columns, words)
    if seen_digest and seen_digest != _digest(read, words):
        raise Stale(_("Depuis votre aperçu, les écoles ou leurs noms ont changé : relisez-le."))
    if read.refused:
        raise FileRefused(read.refused)
    refuse(_why_not_so_many(words, len(read.places)))
    source = source_of(by, at, received, document)
    refuse(_why_not_leave(source.leaves))
    change_edition(edition, seen_version)
    record = _replace(edition, read, words, source=source, by=by, at=at)
    details = {"sha256": source.sha256, "places": len(read.places), **asdict(words)}
    audit.record(by=by, at=at, verb="edition.places", on=edition, details=details)
    edition.refresh_from_db()
    # Last, so that a file is on the disk only if its rows are about to be committed.
    files.keep(received.content)
    return Entered(read, doubts(record, list(edition.places.select_related("unit"))))


@transaction.atomic
def word_print(*, by: User, at: datetime, edition: Edition, seen_version: int, words: PrintWords) -> None:
    """Change what is said of a print, without sending its places again."""
    refuse(rules.why_not_enter_places(by, edition))
    record = EditionPrint.objects.filter(edition=edition).first()
    if record is None:
        raise Refused(_("Envoyez d’abord les places de l’imprimé."))
    words = _clean(words)
    refuse(_why_not_so_many(words, edition.places.count()))
    beyond = edition.places.filter(rank__gt=words.ranked_count).order_by("-rank").first()
    if beyond:
        said = {"rank": beyond.rank, "count": words.ranked_count}
        raise Refused(_("Une école est au rang %(rank)s : plus de %(count)s écoles sont classées.") % said)
    change_edition(edition, seen_version)
    before = {name: getattr(record, name) for name in asdict(words)}
    EditionPrint.objects.filter(pk=record.pk).update(**asdict(words))
    audit.record(by=by, at=at, verb="edition.print", on=edition, details={"before": before, "after": asdict(words)})
    edition.refresh_from_db()


def _clean(words: PrintWords) -> PrintWords:
    """The same words, trimmed, the points as exact text. Raises `Refused` for what cannot be published."""
    if not (words.method_fr.strip() and words.method_en.strip()):
        raise Refused(_("Dites la méthode de l’imprimé, en français et en anglais : elle sera publique."))
    if words.ranked_count < 1:
        raise Refused(_("Dites combien d’écoles l’imprimé classe."))
    return PrintWords(words.ranked_count, words.method_fr.strip(), words.method_en.strip(), _out_of(words.out_of))


def _out_of(text: str) -> str:
    if not text.strip():
        return ""
    try:
        points = parse_number(text)
    except NotANumber as error:
        raise Refused(_("« %(text)s » n’est pas un nombre de points.") % {"text": text.strip()}) from error
    if points <= Decimal(0):
        raise Refused(_("« %(text)s » n’est pas un nombre de points.") % {"text": text.strip()})
    return f"{points:f}"


def _why_not_so_many(words: PrintWords, places: int) -> str | None:
    if places <= words.ranked_count:
        return None
    said = {"places": places, "count": words.ranked_count}
    return _("%(places)s places sont données, et l’imprimé ne classerait que %(count)s écoles.") % said


def _why_not_leave(leaves: str) -> str | None:
    if leaves == Source.Leaves.VALUES:
        return None
    return _("La licence de ce document ne laisse pas sortir ce qu’il dit : ses places ne peuvent pas être publiées.")


def _replace(
    edition: Edition, read: PlacesRead, words: PrintWords, *, source: Source, by: User, at: datetime
) -> EditionPrint:
    edition.places.all().delete()
    EditionPlace.objects.bulk_create(_rows(edition, read), batch_size=CHUNK)
    said = {**asdict(words), "source": source, "entered_by": by, "entered_at": at}
    record, _created = EditionPrint.objects.update_or_create(edition=edition, defaults=said)
    return record


def _rows(edition: Edition, read: PlacesRead) -> list[EditionPlace]:
    """The places as rows of the edition, not saved. One query."""
    units = Unit.objects.in_bulk([place.unit for place in read.places])
    return [
        EditionPlace(
            edition=edition,
            unit=units[place.unit],
            rank=place.rank,
            tied=place.tied,
            points=place.points,
            cells=[asdict(cell) for cell in place.cells],
        )
        for place in read.places
    ]
