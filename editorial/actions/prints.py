"""Archival editions: taking the places of a print from a file, all of it or nothing."""

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
from editorial.exceptions import Refused
from editorial.models import User
from rankings.doubts import Doubt, doubts
from rankings.models import Edition, EditionPlace, EditionPrint
from schools import files
from schools.importing import (
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
) -> Entered:
    """Keep a file of printed places, and make its places those of this archival edition, in place of those before.

    Schools are known by their numbers, else by their names and other names. Raises `FileRefused` with every fault by
    its cell, or `Refused`: then nothing at all is kept. What only looks wrong is kept, as a print may be wrong, and
    told by what is returned.
    """
    refuse(rules.why_not_enter_places(by, edition))
    words = _clean(words)
    document = read_document(received.content, received.name)
    known = NamedUnits(edition.year)
    read = read_places(document, columns, partial(known.find, columns.scheme), ranked_count=words.ranked_count)
    if read.refused:
        raise FileRefused(read.refused)
    refuse(_why_not_so_many(words, len(read.places)))
    source = source_of(by, at, received, document)
    refuse(_why_not_leave(source))
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


def _why_not_leave(source: Source) -> str | None:
    if source.leaves == Source.Leaves.VALUES:
        return None
    return _("La licence de ce document ne laisse pas sortir ce qu’il dit : ses places ne peuvent pas être publiées.")


def _replace(
    edition: Edition, read: PlacesRead, words: PrintWords, *, source: Source, by: User, at: datetime
) -> EditionPrint:
    units = Unit.objects.in_bulk([place.unit for place in read.places])
    edition.places.all().delete()
    EditionPlace.objects.bulk_create(
        (
            EditionPlace(
                edition=edition,
                unit=units[place.unit],
                rank=place.rank,
                tied=place.tied,
                points=place.points,
                cells=[asdict(cell) for cell in place.cells],
            )
            for place in read.places
        ),
        batch_size=CHUNK,
    )
    said = {**asdict(words), "source": source, "entered_by": by, "entered_at": at}
    record, _created = EditionPrint.objects.update_or_create(edition=edition, defaults=said)
    return record
