"""The desk of articles: write with the facts of a release, have it reviewed, schedule it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions import articles as actions
from editorial.desks.edition_forms import InstantForm
from editorial.desks.pages import desk_page, number_in, opened_by, page_of, person, seen_version
from editorial.desks.words import history
from editorial.exceptions import Refused
from editorial.models import Article, ArticleState
from editorial.rendering import render, unsayable
from rankings.facts import Fact, Facts
from rankings.models import Release, ReleaseUnit
from schools.naming import search_key

MOST_SCHOOLS = 12


def _text(label: Any, rows: int, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DraftForm(forms.Form):
    """What an article says, and of which release."""

    release = forms.ModelChoiceField(label=gettext_lazy("Version citée"), queryset=Release.objects.all())
    genre = forms.ChoiceField(label=gettext_lazy("Genre"), choices=Article.Genre.choices)
    title_fr = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    summary_fr = _text(gettext_lazy("Chapeau"), 2, 400)
    body_fr = _text(
        gettext_lazy("Texte"),
        14,
        60_000,
        help_text=gettext_lazy("En Markdown. Un chiffre s’écrit par son repère, entre doubles crochets."),
    )
    title_en = forms.CharField(label=gettext_lazy("Titre anglais"), max_length=200, required=False)
    summary_en = _text(gettext_lazy("Chapeau anglais"), 2, 400, required=False)
    body_en = _text(gettext_lazy("Texte anglais"), 8, 60_000, required=False)

    @property
    def draft(self) -> actions.Draft:
        """What was said, without the release."""
        return actions.Draft(**{name: text for name, text in self.cleaned_data.items() if name != "release"})


@opened_by("editorial.view_article")
def articles(request: HttpRequest) -> HttpResponse:
    """The articles, by state."""
    found = Article.objects.select_related("author", "release", "approved_by").order_by("-edited_at", "-pk")
    state = request.GET.get("etat", "")
    if state in ArticleState.values:
        found = found.filter(state=state)
    every = list(Article.objects.values_list("state", flat=True))
    context = {
        "page_obj": page_of(request, found),
        "query": request.GET,
        "counts": [
            {
                "n": every.count(one.value),
                "label": one.label,
                "url": f"?etat={one.value}",
                "current": one.value == state,
            }
            for one in ArticleState
        ],
        "why_not_write": rules.why_not_write(person(request)),
    }
    return desk_page(request, "desk/articles.html", context, desk="articles")


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    if request.method != "POST":
        return _form_page(request, DraftForm(initial={"release": _wanted_release(request)}), None)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, None, status=422)
    try:
        article = actions.write_article(
            by=person(request), at=timezone.now(), release=form.cleaned_data["release"], draft=form.draft
        )
    except Refused as refusal:
        return _form_page(request, form, None, refusal=refusal)
    return redirect("desk:article", article.pk)


def _wanted_release(request: HttpRequest) -> int | None:
    """The release the address asks to write on (`version`); the last computed when it asks for none."""
    asked = Release.objects.filter(pk=number_in(request.GET.get("version")) or 0)
    found = asked.first() or Release.objects.order_by("-computed_at").first()
    return found.pk if found else None


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("author", "release", "approved_by"), pk=pk)


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def article_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own draft."""
    article = _article(pk)
    if request.method != "POST":
        said = {name: getattr(article, name) for name in DraftForm.base_fields}
        return _form_page(request, DraftForm(initial=said | {"release": article.release_id}), article)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, article, status=422)
    try:
        actions.edit_article(
            by=person(request),
            at=timezone.now(),
            article=article,
            seen_version=seen_version(request),
            release=form.cleaned_data["release"],
            draft=form.draft,
        )
    except Refused as refusal:
        return _form_page(request, form, article, refusal=refusal)
    messages.success(request, _("Article enregistré."))
    return redirect("desk:article", pk)


def _form_page(
    request: HttpRequest,
    form: DraftForm,
    article: Article | None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    release = _quoted(form)
    context = {
        "form": form,
        "article": article,
        "errors": [form] if form.is_bound and form.errors else [],
        "why_not": rules.why_not_write(person(request), article),
        "release": release,
        **_facts(request, release),
    }
    return desk_page(request, "desk/article_form.html", context, desk="articles", refusal=refusal, status=status)


def _quoted(form: DraftForm) -> Release | None:
    value = form["release"].value()
    return Release.objects.filter(pk=value).first() if str(value or "").isdigit() else None


def _facts(request: HttpRequest, release: Release | None) -> dict[str, object]:
    """The facts one may quote: those of the school asked for, and what cannot be said of it; else the edition's.

    Several schools of that name are proposed, each by its own address.
    """
    if release is None:
        return {"facts": [], "words": ""}
    words = request.GET.get("ecole", "").strip()[:120]
    facts = Facts(release)
    if not words:
        return {"facts": _lines(facts.of_edition()), "words": ""}
    found = _schools(release, words)
    if len(found) != 1:
        return {"facts": [], "words": words, "schools": found}
    told = facts.all_of_unit(found[0].slug)
    return {
        "facts": _lines([fact for fact in told if fact.known]),
        "refused": [
            {"token": f"[[{fact.token}]]", "reason": fact.reason(_language())} for fact in told if not fact.known
        ],
        "words": words,
        "schools": found,
    }


def _schools(release: Release, words: str) -> list[ReleaseUnit]:
    """The schools of a release whose name holds these words; the one of this very name, or of this address, alone."""
    exact = release.units.filter(Q(slug=words) | Q(search_key=search_key(words))).first()
    if exact:
        return [exact]
    units = release.units.all()
    for word in search_key(words).split():
        units = units.filter(search_key__contains=word)
    return list(units[:MOST_SCHOOLS])


def _language() -> str:
    return "en" if get_language() == "en" else "fr"


def _lines(facts: list[Fact]) -> list[dict[str, object]]:
    lang = _language()
    return [
        {
            "token": f"[[{fact.token}]]",
            "figure": fact.figure(lang),
            "sentence": fact.sentence(lang),
            "unit": fact.unit_slug,
            "distinction": fact.distinction,
            "rule": fact.definition(lang),
            "denominator": fact.denominator(lang),
            "note": fact.note(lang),
        }
        for fact in facts
    ]


@opened_by("editorial.view_article")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article as it would be read, and what may be done with it."""
    return _page(request, _article(pk))


def _page(
    request: HttpRequest,
    article: Article,
    *,
    refusal: Refused | None = None,
    instant: InstantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = person(request), timezone.now()
    context: dict[str, Any] = {
        "article": article,
        "instant_form": instant or InstantForm(),
        "errors": [instant] if instant is not None and instant.errors else [],
        "typed": request.POST,
        "why_not_edit": rules.why_not_write(user, article),
        "why_not_review": rules.why_not_review(user, article),
        "why_not_withdraw": rules.why_not_withdraw_article(user, article, reason="…"),
        "published": Article.objects.published(at=now).filter(pk=article.pk).exists(),
        "events": history(audit.trail_of(article)[:20]),
        **_preview(article),
    }
    return desk_page(request, "desk/article.html", context, desk="articles", refusal=refusal, status=status)


def _preview(article: Article) -> dict[str, object]:
    """The two texts as they would be read; as they were frozen once approved. Unknown figures instead, if any."""
    if article.rendered_fr:
        return {"french": article.rendered_fr, "english": article.rendered_en, "frozen": True, "unknown": []}
    facts = Facts(article.release)
    refused = {fact.token: fact for text in (article.body_fr, article.body_en) for fact in unsayable(text, facts)}
    if refused:
        unknown = [{"token": token, "reason": fact.reason(_language())} for token, fact in refused.items()]
        return {"unknown": unknown, "frozen": False}
    french = render(article.body_fr, facts, "fr")
    english = render(article.body_en, facts, "en") if article.body_en.strip() else None
    return {"french": french.html, "english": english.html if english else "", "frozen": False, "unknown": []}


@opened_by("editorial.view_article", "POST")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the review of one's own draft."""
    try:
        actions.submit_article(
            by=person(request), at=timezone.now(), article=_article(pk), seen_version=seen_version(request)
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article à relire par une autre personne."))
    return redirect("desk:article", pk)


@opened_by("editorial.view_article", "POST")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to its author, with the reason."""
    try:
        actions.send_back_article(
            by=person(request),
            at=timezone.now(),
            article=_article(pk),
            seen_version=seen_version(request),
            reason=request.POST.get("reason", "")[:2000],
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article renvoyé à son auteur."))
    return redirect("desk:articles")


@opened_by("editorial.view_article", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve and schedule it, for now or for the instant chosen."""
    form, at = InstantForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, _article(pk), instant=form, status=422)
    try:
        actions.approve_article(
            by=person(request),
            at=at,
            article=_article(pk),
            seen_version=seen_version(request),
            publish_at=form.publish_at(at),
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal, instant=form)
    messages.success(request, _("Article approuvé."))
    return redirect("desk:article", pk)


@opened_by("editorial.view_article", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scheduled or published article back."""
    try:
        actions.withdraw_article(
            by=person(request),
            at=timezone.now(),
            article=_article(pk),
            seen_version=seen_version(request),
            reason=request.POST.get("reason", "")[:2000],
            reason_en=request.POST.get("reason_en", "")[:2000],
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article retiré."))
    return redirect("desk:article", pk)
