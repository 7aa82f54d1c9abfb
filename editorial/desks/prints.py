"""The desk of an archival edition: send the file of its printed places, look at what is read, enter it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial import rules
from editorial.actions import prints as actions
from editorial.desks.editions import edition_or_404
from editorial.desks.extracts import Extract, Landmarks, Mark, extract
from editorial.desks.pages import desk_page, opened_by, person, seen_version
from editorial.desks.print_forms import PlacesForm, SendForm, WordsForm, document_of, words_of
from editorial.exceptions import Refused, Stale
from rankings.models import Edition, EditionPlace, EditionPrint
from schools import files
from schools.importing import FileRefused, Problem

SALT = "editorial.desks.prints"
# A preview is confirmed within the day, or looked at again.
LIVES_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Line:
    """A place as the preview shows it; `before` is that of the same school now, None when it has none."""

    place: EditionPlace
    before: EditionPlace | None

    @property
    def changed(self) -> bool:
        """Whether it has another place now."""
        new, old = self.place, self.before
        return old is not None and (old.rank, old.tied, old.points) != (new.rank, new.tied, new.points)


@dataclass(frozen=True)
class Told:
    """A problem of the file, its sentence in the words of the form: those of a mapping are not on this page."""

    problem: Problem

    @property
    def message(self) -> str:
        """What was read and what to do."""
        labels = {name: PlacesForm.base_fields[name].label for name in ("header_row", "sheet")}
        return reduce(lambda text, name: text.replace(name, str(labels[name])), labels, self.problem.message)


def _told(problems: Iterable[Problem]) -> list[Told]:
    return [Told(problem) for problem in problems]


@opened_by("rankings.view_edition", "GET", "HEAD", "POST")
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the file; a post reads it and shows what it says, and what of it cannot be taken."""
    edition = edition_or_404(pk)
    if request.method != "POST":
        return _page(request, edition)
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, edition, form=form, errors=[form], status=422)
    file = form.cleaned_data["file"]
    received = actions.Received(content=file.read(), name=file.name, **form.document)
    try:
        seen = actions.preview_places(
            by=person(request), edition=edition, received=received, columns=form.columns, words=form.words
        )
    except FileRefused as refused:
        return _page(request, edition, form=form, problems=_told(refused.problems), status=422)
    except Refused as refusal:
        return _page(request, edition, form=form, refusal=refusal)
    if seen.read.refused:
        shown: dict[str, Any] = {"problems": _told(seen.read.refused), "extract": _extract(seen, form.columns)}
        return _page(request, edition, form=form, status=422, **shown)
    return _page(request, edition, form=form, **_shown(edition, seen, form, file.name))


def _shown(edition: Edition, seen: actions.Previewed, form: SendForm, name: str) -> dict[str, Any]:
    """What the preview shows, and what its confirmation carries: the file is kept under its digest."""
    before = {place.unit_id: place for place in edition.places.all()}
    lines = [Line(place, before.pop(place.unit_id, None)) for place in _in_order(seen.places)]
    said = {field: form.data.get(field, "") for field in PlacesForm.base_fields}
    held = {"said": said, "sha256": seen.document.sha256, "name": name, "digest": seen.digest, "edition": edition.pk}
    return {
        "seen": seen,
        "lines": lines,
        "changed": sum(line.changed for line in lines),
        "new": sum(line.before is None for line in lines),
        "gone": len(before),
        "ranked_count": form.words.ranked_count,
        "suspicious": _told(problem for problem in seen.read.problems if problem.severity == "suspicious"),
        "extract": _extract(seen, form.columns),
        "held": signing.dumps(held, salt=SALT, compress=True),
    }


def _in_order(places: tuple[EditionPlace, ...]) -> list[EditionPlace]:
    return sorted(places, key=lambda place: (place.rank, place.unit.search_key))


def _extract(seen: actions.Previewed, columns: actions.PlaceColumns) -> Extract | None:
    """The cells that cannot be taken, or that somebody should look at, in their sheet."""
    words = {"refused": ("err", _("refusée")), "suspicious": ("sus", _("à confirmer"))}
    marks = [
        Mark(problem.sheet, problem.cell, *words[problem.severity]) for problem in seen.read.problems if problem.cell
    ]
    headings = tuple(header for header in (columns.key, columns.name) if header)
    return extract(seen.document, marks, Landmarks(columns.header_row, headings))


@opened_by("rankings.view_edition", "POST")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the places as they were seen."""
    edition = edition_or_404(pk)
    try:
        held = _held(request, edition)
        form = PlacesForm(held["said"])
        if not form.is_valid():
            raise _gone()
        received = actions.Received(content=files.read(held["sha256"]), name=held["name"], **form.document)
        entered = actions.enter_places(
            by=person(request),
            at=timezone.now(),
            edition=edition,
            seen_version=seen_version(request),
            received=received,
            columns=form.columns,
            words=form.words,
            seen_digest=held["digest"],
        )
    except (signing.BadSignature, files.FileChanged, FileRefused):
        return _page(request, edition, refusal=_gone())
    except Refused as refusal:
        return _page(request, edition_or_404(pk), refusal=refusal)
    count = len(entered.read.places)
    said = ngettext("%(count)s place entrée.", "%(count)s places entrées.", count) % {"count": count}
    messages.success(request, said)
    return redirect("desk:edition", pk)


def _held(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """What the preview carried. Raises `BadSignature` for what is not ours, too old, or of another edition."""
    held: dict[str, Any] = signing.loads(request.POST.get("held", ""), salt=SALT, max_age=LIVES_SECONDS)
    if held["edition"] != edition.pk:
        raise signing.BadSignature("of another edition")
    return held


def _gone() -> Stale:
    return Stale(_("Cet aperçu ne vaut plus : envoyez de nouveau le fichier."))


@opened_by("rankings.view_edition", "POST")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of the print, without its places."""
    edition, form = edition_or_404(pk), WordsForm(request.POST, prefix="words")
    if not form.is_valid():
        return _page(request, edition, words_form=form, errors=[form], status=422)
    try:
        actions.word_print(
            by=person(request), at=timezone.now(), edition=edition, seen_version=seen_version(request), words=form.words
        )
    except Refused as refusal:
        return _page(request, edition_or_404(pk), words_form=form, refusal=refusal)
    messages.success(request, _("Description de l’imprimé enregistrée."))
    return redirect("desk:edition", pk)


def _page(
    request: HttpRequest,
    edition: Edition,
    *,
    form: forms.Form | None = None,
    words_form: WordsForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    record = EditionPrint.objects.filter(edition=edition).select_related("source").first()
    said = words_of(record)
    context = {
        "edition": edition,
        "record": record,
        "form": form or SendForm(initial=said | document_of(record.source if record else None)),
        "words_form": words_form or WordsForm(initial=said, prefix="words"),
        "why_not": rules.why_not_enter_places(person(request), edition),
        "steps": [_("Fichier"), _("Aperçu"), _("Enregistrement"), _("Signature")],
        **shown,
    }
    return desk_page(request, "desk/edition_places.html", context, desk="editions", refusal=refusal, status=status)
