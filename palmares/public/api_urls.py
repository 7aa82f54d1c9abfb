"""The addresses of the API, the same in every language."""

from django.urls import URLPattern, path, re_path

from palmares.public import converters  # noqa: F401  # Its import registers <year:>.
from palmares.public.api import articles, history, told, views
from palmares.public.api.base import NotFoundView

EDITION = "editions/<slug:ranking>/<year:year>/"

urlpatterns: list[URLPattern] = [
    path("schema/", views.SchemaView.as_view(), name="schema"),
    path("rankings/", views.RankingsView.as_view(), name="rankings"),
    path("editions/", views.EditionsView.as_view(), name="editions"),
    path(EDITION, views.OneEditionView.as_view(), name="edition"),
    path(f"{EDITION}releases/", views.VersionsView.as_view(), name="releases"),
    path(f"{EDITION}releases/<number:number>/", views.VersionView.as_view(), name="release"),
    path(f"{EDITION}nodes/", views.NodesView.as_view(), name="nodes"),
    path(f"{EDITION}indicators/", views.IndicatorsView.as_view(), name="indicators"),
    path(f"{EDITION}document/", views.DocumentView.as_view(), name="document"),
    path(f"{EDITION}units/", views.UnitsView.as_view(), name="units"),
    path(f"{EDITION}units/<slug:slug>/", views.UnitView.as_view(), name="unit"),
    path(f"{EDITION}units/<slug:slug>/facts/", told.FactsView.as_view(), name="facts"),
    path(f"{EDITION}values/", views.ValuesView.as_view(), name="values"),
    path(f"{EDITION}changes/", told.ChangesView.as_view(), name="changes"),
    path("units/", history.SchoolsView.as_view(), name="schools"),
    path("units/<slug:slug>/", history.SchoolView.as_view(), name="school"),
    path("articles/", articles.ArticlesView.as_view(), name="articles"),
    path("articles/<slug:slug>/", articles.ArticleView.as_view(), name="article"),
    re_path("^", NotFoundView.as_view(), name="unknown"),
]
