"""The public pages: French without prefix, the same addresses in English under /en/."""

from django.urls import URLPattern, path

from palmares.public import converters  # noqa: F401  # Its import registers <year:> and <number:>.
from palmares.public.views import articles, developers, home, method, open_data, ranking, site, unit

EDITION = "<slug:ranking>/<year:year>/"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("donnees/", open_data.data, name="data"),
    path("api/", developers.api, name="api"),
    path("recherche/", site.search, name="search"),
    path("a-propos/", site.about, name="about"),
    path("accessibilite/", site.accessibility, name="accessibility"),
    path("<slug:ranking>/", home.latest, name="ranking-latest"),
    path(EDITION, ranking.ranking, name="ranking"),
    path(f"{EDITION}ecoles/<slug:slug>/", unit.unit, name="unit"),
    path(f"{EDITION}methode/", method.method, name="method"),
    path(f"{EDITION}donnees/", open_data.edition_data, name="edition-data"),
    path(f"{EDITION}donnees/classement.csv", open_data.ranking_csv, name="ranking-csv"),
    path(f"{EDITION}donnees/valeurs.csv", open_data.values_csv, name="values-csv"),
    path(f"{EDITION}donnees/evolution.csv", open_data.series_csv, name="series-csv"),
    path(f"{EDITION}donnees/methode.toml", open_data.method_toml, name="method-file"),
    path(f"{EDITION}donnees/version.json", open_data.document_json, name="document"),
    path(f"{EDITION}version/<number:number>/", ranking.version, name="version"),
]
