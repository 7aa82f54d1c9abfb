"""The public pages: French without prefix, the same addresses in English under /en/."""

from django.urls import URLPattern, path

from palmares.public import converters  # noqa: F401  # Its import registers <year:> and <number:>.
from palmares.public.views import (
    about,
    articles,
    compare,
    criteria,
    developers,
    feeds,
    home,
    method,
    open_data,
    ranking,
    regions,
    register,
    share,
    site,
    unit,
)

EDITION = "<slug:ranking>/<year:year>/"
VERSION = f"{EDITION}version/<number:number>/"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/version/<number:number>/", articles.earlier, name="article-version"),
    path("flux/articles.xml", feeds.articles, name="feed-articles"),
    path("flux/palmares.xml", feeds.editions, name="feed-editions"),
    path("flux/ecoles/<slug:slug>.xml", feeds.unit, name="feed-unit"),
    path("donnees/", open_data.data, name="data"),
    path("api/", developers.api, name="api"),
    path("recherche/", site.search, name="search"),
    path("corrections/", register.corrections, name="corrections"),
    path("contact/", register.contact, name="contact"),
    path("a-propos/", about.about, name="about"),
    path("independance/", about.independence, name="independence"),
    path("mentions-legales/", about.legal, name="legal"),
    path("vie-privee/", about.privacy, name="privacy"),
    path("accessibilite/", about.accessibility, name="accessibility"),
    path("partage.png", share.site, name="share-site"),
    path("articles/<slug:slug>/partage/<number:number>.png", share.article, name="share-article"),
    path("<slug:ranking>/", home.latest, name="ranking-latest"),
    path(EDITION, ranking.ranking, name="ranking"),
    path(f"{EDITION}ecoles/<slug:slug>/", unit.unit, name="unit"),
    path(f"{EDITION}comparer/", compare.compare, name="compare"),
    path(f"{EDITION}criteres/", criteria.criteria, name="criteria"),
    path(f"{EDITION}criteres/<slug:key>/", criteria.criterion, name="criterion"),
    path(f"{EDITION}indicateurs/<slug:code>/", criteria.indicator, name="indicator"),
    path(f"{EDITION}regions/", regions.regions, name="regions"),
    path(f"{EDITION}regions/<slug:region>/", regions.region, name="region"),
    path(f"{EDITION}methode/", method.method, name="method"),
    path(f"{EDITION}donnees/", open_data.edition_data, name="edition-data"),
    path(f"{EDITION}donnees/classement.csv", open_data.ranking_csv, name="ranking-csv"),
    path(f"{EDITION}donnees/valeurs.csv", open_data.values_csv, name="values-csv"),
    path(f"{EDITION}donnees/evolution.csv", open_data.series_csv, name="series-csv"),
    path(f"{EDITION}donnees/methode.toml", open_data.method_toml, name="method-file"),
    path(f"{EDITION}donnees/version.json", open_data.document_json, name="document"),
    path(VERSION, ranking.version, name="version"),
    path(f"{VERSION}partage/accueil.png", share.home, name="share-home"),
    path(f"{VERSION}partage/classement.png", share.ranking, name="share-ranking"),
    path(f"{VERSION}partage/ecoles/<slug:slug>.png", share.unit, name="share-unit"),
]
