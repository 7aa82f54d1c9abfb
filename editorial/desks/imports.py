"""The desk of imports: send a file, see what it would change, record it whole or not at all."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import rules
from editorial.actions import imports as actions
from editorial.desks.fields import CertifiedFile, DocumentFields
from editorial.desks.mappings import mapping_choices, mapping_text
from editorial.desks.pages import desk_page, opened_by, page_of, person, seen_version
from editorial.desks.previews import preview, recorded
from editorial.exceptions import Refused
from schools import files
from schools.import_plan import UnknownIndicators
from schools.importing import FileRefused, MappingRefused
from schools.importing.limits import MAX_MAPPING_TEXT
from schools.models import ImportBatch, ValueState


class UploadForm(DocumentFields):
    """A file, the mapping that reads it, and what is known of the document."""

    field_order = ("file", "choice", "mapping", "title", "publisher", "licence", "leaves", "document_date", "url")

    file = CertifiedFile()
    choice = forms.ChoiceField(label=gettext_lazy("Correspondance"), required=False, choices=mapping_choices)
    mapping = forms.CharField(
        label=gettext_lazy("Texte de la correspondance"),
        required=False,
        strip=False,
        max_length=MAX_MAPPING_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy("Collez-la ici si elle n’est pas dans la liste."),
    )

    def clean(self) -> dict[str, Any]:
        """One text of mapping, chosen or pasted."""
        said = super().clean() or self.cleaned_data
        chosen = mapping_text(said.get("choice", "")) if said.get("choice") else said.get("mapping", "")
        if not chosen.strip() and "mapping" not in self.errors:
            self.add_error("mapping", _("Choisissez une correspondance, ou collez-en une."))
        said["mapping_text"] = chosen
        return said


@opened_by("schools.view_importbatch", "GET", "HEAD", "POST")
def imports(request: HttpRequest) -> HttpResponse:
    """The imports, the latest first, and the form that opens one."""
    if request.method != "POST":
        return _list(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        batch = _open(request, form)
    except (FileRefused, MappingRefused) as refused:
        return _list(request, form, problems=_lines(refused), status=422)
    except UnknownIndicators as unknown:
        return _list(request, form, problems=[{"place": "", "message": unknown.reason}], status=422)
    except Refused as refusal:
        return _list(request, form, refusal=refusal)
    return redirect("desk:import", batch.pk)


def _open(request: HttpRequest, form: UploadForm) -> ImportBatch:
    said = form.cleaned_data
    received = actions.Received(
        content=said["file"].read(),
        name=said["file"].name,
        **{name: said[name] for name in ("title", "publisher", "licence", "leaves", "document_date", "url")},
    )
    return actions.open_import(
        by=person(request), at=timezone.now(), received=received, mapping_text=said["mapping_text"]
    )


def _lines(refused: FileRefused | MappingRefused) -> list[dict[str, str]]:
    """Each problem with its place: file, sheet and cell, or the key of the mapping."""
    if isinstance(refused, FileRefused):
        return [{"place": problem.place, "message": problem.message} for problem in refused.problems]
    return [
        {"place": _("correspondance, %(key)s") % {"key": problem.path}, "message": problem.message}
        for problem in refused.problems
    ]


def _list(
    request: HttpRequest,
    form: UploadForm,
    *,
    problems: list[dict[str, str]] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = Count("revisions", filter=Q(revisions__state=ValueState.PENDING))
    rows = (
        ImportBatch.objects.select_related("source", "created_by", "closed_by")
        .annotate(waiting=waiting)
        .order_by("-created_at", "-pk")
    )
    context = {
        "form": form,
        "problems": problems,
        "page_obj": page_of(request, rows),
        "query": request.GET,
        "why_not": rules.why_not_import(person(request)),
    }
    return desk_page(request, "desk/imports.html", context, desk="imports", refusal=refusal, status=status)


def _batch(pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("source", "created_by", "closed_by"), pk=pk)


@opened_by("schools.view_importbatch")
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its preview while it is open, what became of its values after."""
    return _page(request, _batch(pk))


def _page(request: HttpRequest, batch: ImportBatch, *, refusal: Refused | None = None) -> HttpResponse:
    if batch.state == ImportBatch.State.PREVIEWED:
        context = preview(request, batch)
        return desk_page(request, "desk/import_preview.html", context, desk="imports", refusal=refusal)
    return desk_page(request, "desk/import_closed.html", recorded(request, batch), desk="imports", refusal=refusal)


@opened_by("schools.view_importbatch", "POST")
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the import as the person saw it."""
    batch = _batch(pk)
    try:
        plan = actions.commit_import(
            by=person(request),
            at=timezone.now(),
            batch=batch,
            seen_version=seen_version(request),
            seen_digest=request.POST.get("digest", ""),
            create_unknown="create_unknown" in request.POST,
            leave_out_reason=request.POST.get("leave_out_reason", "")[:1000],
        )
    except Refused as refusal:
        return _page(request, _batch(pk), refusal=refusal)
    except (files.FileChanged, FileRefused, UnknownIndicators):
        gone = Refused(_("Le fichier gardé ou ses indicateurs ne se lisent plus : rien n’a été enregistré."))
        return _page(request, _batch(pk), refusal=gone)
    written = plan.counts["new"] + plan.counts["changed"] + plan.counts["conflict"]
    messages.success(
        request, _("%(count)s valeurs enregistrées : elles attendent une vérification.") % {"count": written}
    )
    return redirect("desk:import", pk)


@opened_by("schools.view_importbatch", "POST")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the preview; nothing is recorded."""
    try:
        actions.discard_import(
            by=person(request), at=timezone.now(), batch=_batch(pk), seen_version=seen_version(request)
        )
    except Refused as refusal:
        return _page(request, _batch(pk), refusal=refusal)
    messages.success(request, _("Import abandonné : rien n’a été enregistré."))
    return redirect("desk:imports")


@opened_by("schools.view_importbatch", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back every waiting value of the import, with a reason."""
    try:
        count = actions.withdraw_import(
            by=person(request),
            at=timezone.now(),
            batch=_batch(pk),
            seen_version=seen_version(request),
            reason=request.POST.get("reason", "")[:1000],
        )
    except Refused as refusal:
        return _page(request, _batch(pk), refusal=refusal)
    messages.success(request, _("Import retiré, avec %(count)s valeurs.") % {"count": count})
    return redirect("desk:import", pk)


@opened_by("schools.view_importbatch")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was received, byte for byte, for the person's own spreadsheet: never shown by the browser."""
    source = _batch(pk).source
    try:
        content = files.read(source.sha256)
    except files.FileChanged as changed:
        raise Http404 from changed
    response = HttpResponse(content, content_type="application/octet-stream")
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in source.file_name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(source.file_name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
