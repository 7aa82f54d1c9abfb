"""Every page of the site: what it is called, whose eyes look at it, what its address is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import override


@dataclass(frozen=True)
class Shown:
    """One page. `args`: each part of its address, by the name under which `exhibit` gives it; `who` signs in first."""

    name: str
    args: tuple[str, ...] = ()
    who: str = ""
    query: str = ""
    status: tuple[int, ...] = (200,)
    lang: str = "fr"
    known: dict[str, str] = field(default_factory=dict, compare=False)

    def address(self, parts: dict[str, Any]) -> str:
        """Its path and query on the site whose exhibits these are."""
        with override(self.lang):
            path = reverse(self.name, args=[self.known.get(arg) or parts[arg] for arg in self.args])
        return path + self.query.format(**parts)

    def __str__(self) -> str:
        return f"{self.lang} {self.name} {'-'.join(self.args)}{self.query}".strip()


EDITION = ("ranking", "year")
# An edition whose criteria divide, with the years before, figures carried over and a value set aside.
SHARES = ("shares_ranking", "year")
# An edition with a bonus, one criterion of which is made of several.
FAMILIES = ("families_ranking", "year")
PUBLIC = [
    Shown("public:home"),
    Shown("public:articles"),
    Shown("public:articles", query="?genre=article&year=abc&unit=inconnue"),
    Shown("public:article", ("slug",)),
    Shown("public:article", ("corrected_slug",)),
    Shown("public:article-version", ("corrected_slug", "first_text"), known={"first_text": "1"}),
    Shown("public:data"),
    Shown("public:api"),
    Shown("public:search", query="?q=institut"),
    Shown("public:search", query="?q=xyz"),
    Shown("public:article", ("withdrawn_slug",), status=(410,)),
    Shown("public:corrections"),
    Shown("public:contact"),
    Shown("public:contact", query="?palmares={ranking}&annee={year}&ecole={unit}&indicateur=salaire"),
    Shown("public:about"),
    Shown("public:independence"),
    Shown("public:legal"),
    Shown("public:privacy"),
    Shown("public:accessibility"),
    Shown("public:ranking-latest", ("ranking",)),
    Shown("public:ranking", EDITION),
    Shown("public:ranking", EDITION, query="?q=institut&sector=public&order=ouverture"),
    Shown("public:ranking", EDITION, query="?q=xyz&region=Atlantide"),
    Shown("public:ranking", ("ranking", "withdrawn_year"), status=(410,)),
    Shown("public:unit", (*EDITION, "unit")),
    Shown("public:unit", (*EDITION, "unranked_unit")),
    Shown("public:unit", (*SHARES, "shares_unit")),
    Shown("public:compare", EDITION, query="?ecole={unit}&q=institut"),
    Shown("public:compare", EDITION, query="?ecole={unit}&ecole={unranked_unit}"),
    Shown("public:compare", EDITION, query="?ecole={unit}&ecole=inconnue"),
    Shown("public:compare", SHARES, query="{shares_query}"),
    Shown("public:criteria", EDITION),
    Shown("public:criteria", SHARES),
    Shown("public:criterion", (*EDITION, "key"), known={"key": "salaire"}),
    Shown("public:criterion", (*EDITION, "key"), known={"key": "insertion"}),
    Shown("public:criterion", (*SHARES, "key"), known={"key": "parite"}),
    Shown("public:indicator", (*SHARES, "code"), known={"code": "femmes"}),
    Shown("public:regions", EDITION, query="?order=median"),
    Shown("public:region", (*EDITION, "region"), known={"region": "occitanie"}),
    Shown("public:region", (*EDITION, "region"), known={"region": "bretagne"}),
    Shown("public:method", EDITION),
    Shown("public:method", SHARES),
    Shown("public:ranking", SHARES, query="?order=parite"),
    Shown("public:ranking", FAMILIES),
    Shown("public:unit", (*FAMILIES, "families_unit")),
    Shown("public:method", FAMILIES),
    Shown("public:edition-data", EDITION),
    Shown("public:version", (*EDITION, "number")),
    Shown("public:version", (*EDITION, "first"), known={"first": "1"}),
]
DESKS = [
    Shown("login"),
    Shown("desk:home", who="hugo"),
    Shown("desk:home", who="claire"),
    Shown("desk:home", who="paul"),
    Shown("desk:queue", who="lise"),
    Shown("desk:queue", who="lise", query="?ecole=institut&edition={open_edition}&anomalie=aucune"),
    Shown("desk:value-next", who="lise"),
    Shown("desk:decided", who="lise"),
    Shown("desk:value", ("read_value",), "lise"),
    Shown("desk:value", ("disputed_value",), "lise"),
    Shown("desk:value", ("disputed_value",), "hugo"),
    Shown("desk:value", ("rejected_value",), "hugo"),
    Shown("desk:value", ("secret_value",), "lise"),
    Shown("desk:value", ("value_in_force",), "lise"),
    Shown("desk:entry", who="hugo", query="?q=ecole"),
    Shown("desk:entry-unit", ("school",), "hugo"),
    Shown("desk:entry-unit", ("school",), "hugo", query="?indicateur={indicator}&annee=2024"),
    Shown("desk:grid", who="hugo"),
    Shown("desk:grid-unit", ("school",), "hugo"),
    Shown("desk:grid-unit", ("school",), "lise", query="?edition={edition}&voir=attente"),
    Shown("desk:grid-indicator", ("code",), "hugo", query="?tri=ecart", known={"code": "emploi"}),
    Shown("desk:grid-indicator", ("code",), "lise", query="?annee=1999&voir=anomalies", known={"code": "admis"}),
    Shown("desk:imports", who="hugo"),
    Shown("desk:imports", who="claire"),
    Shown("desk:import", ("open_import",), "hugo"),
    Shown("desk:import", ("open_import",), "hugo", query="?voir=nouvelles"),
    Shown("desk:import", ("open_import",), "hugo", query="?voir=inconnues"),
    Shown("desk:import", ("recorded_import",), "hugo"),
    Shown("desk:import", ("given_up_import",), "hugo"),
    Shown("desk:import-compare", ("recorded_import",), "lise"),
    Shown("desk:import-compare", ("recorded_import",), "hugo", query="?voir=egales"),
    Shown("desk:matches", who="hugo"),
    Shown("desk:matches", who="lise", query="?mots=ecole&verdict=site"),
    Shown("desk:match-unit", ("school",), "hugo"),
    Shown("desk:editions", who="hugo"),
    Shown("desk:edition", ("edition",), "hugo"),
    Shown("desk:edition", ("open_edition",), "hugo"),
    Shown("desk:edition", ("edition",), "lise"),
    Shown("desk:edition", ("archive",), "hugo"),
    Shown("desk:edition", ("open_archive",), "lise"),
    Shown("desk:release", ("archive_release",), "claire"),
    Shown("desk:edition-places", ("open_archive",), "hugo"),
    Shown("desk:edition-places", ("archive",), "hugo"),
    Shown("desk:edition-places", ("archive",), "lise"),
    Shown("desk:edition-units", ("edition",), "hugo", query="?q=ecole"),
    Shown("desk:edition-aside", ("edition",), "hugo"),
    Shown("desk:edition-aside", ("edition",), "lise"),
    Shown("desk:release", ("release",), "claire", query="?verifier=1"),
    Shown("desk:release", ("computed_release",), "hugo"),
    Shown("desk:release", ("embargoed_release",), "claire"),
    Shown("desk:release", ("withdrawn_release",), "claire"),
    Shown("desk:articles", who="jean"),
    Shown("desk:article-new", who="jean"),
    Shown("desk:article", ("draft",), "jean"),
    Shown("desk:article-edit", ("draft",), "jean", query="?ecole=institut"),
    Shown("desk:article", ("submitted_article",), "claire"),
    Shown("desk:article", ("published_article",), "claire"),
    Shown("desk:article", ("withdrawn_article",), "lise"),
    Shown("desk:article-correct", ("correctable_article",), "jean"),
    Shown("desk:correction", ("begun_correction",), "jean"),
    Shown("desk:correction-edit", ("begun_correction",), "jean"),
    Shown("desk:correction", ("waiting_correction",), "claire"),
    Shown("desk:trail", who="claire"),
    Shown("desk:trail", who="claire", query="?acte=value.approve&depuis=hier"),
    Shown("desk:trail-story", ("valeur", "value_in_force"), "claire", known={"valeur": "valeur"}),
    Shown("desk:trail-story", ("palmares", "edition"), "hugo", known={"palmares": "edition"}),
    Shown("desk:trail-days", who="claire"),
    Shown("desk:trail-proof", who="claire"),
    Shown("preview-release", ("computed_release",), "claire"),
    Shown("preview-article", ("draft",), "jean"),
    Shown("preview-correction", ("waiting_correction",), "claire"),
    Shown("styleguide", who="hugo"),
    Shown("desk:queue", who="jean", status=(403,)),
]
# What is answered there is not a page: a file, data, text for machines, or another address.
NO_PAGES = {
    "livez": "a probe", "readyz": "a probe", "logout": "takes a post", "desk-language": "leads elsewhere",
    "public:feed-articles": "Atom", "public:feed-editions": "Atom", "public:feed-unit": "Atom",
    "site:robots": "text", "site:sitemap": "XML", "site:sitemap-site": "XML", "site:sitemap-edition": "XML",
    "public:share-site": "a picture", "public:share-home": "a picture", "public:share-ranking": "a picture",
    "public:share-unit": "a picture", "public:share-article": "a picture",
    "public:ranking-csv": "a file", "public:values-csv": "a file", "public:series-csv": "a file",
    "public:method-file": "a file",
    "public:document": "a file", "desk:import-file": "a file", "desk:trail-file": "a file",
    "desk:trail-story-file": "a file",
    "admin:login": "leads to the one login page", "admin:logout": "takes a post", "admin:jsi18n": "a script",
    "admin:autocomplete": "JSON", "admin:view_on_site": "leads elsewhere",
    "admin:password_change_done": "said after a post",
}  # fmt: skip
# Pages of Django's admin that its other pages stand for: the same frame around a list or a question.
STOOD_FOR = ("_history", "_delete", "_password_change")


def admin_pages() -> list[Shown]:
    """Django's admin as an administrator sees it: its index, and for each model its list and a row of it."""
    pages = [Shown("admin:index", who="alice"), Shown("admin:password_change", who="alice")]
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages += [Shown(f"{base}_changelist", who="alice"), Shown(f"{base}_change", (model._meta.label,), "alice")]
    apps = {model._meta.app_label for model in admin.site._registry}
    return pages + [Shown("admin:app_list", ("app",), "alice", known={"app": app}) for app in sorted(apps)]


def admin_forms() -> list[Shown]:
    """The form of each model; most models are written by the actions alone, and theirs is refused."""
    labels = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    return [Shown(f"admin:{label}_add", who="alice", status=(200, 403)) for label in labels]


def named(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the site, with its namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern
