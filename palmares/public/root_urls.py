"""Addresses that robots know, the same in every language."""

from django.urls import URLPattern, path

from palmares.public import converters  # noqa: F401  # Its import registers <year:>.
from palmares.public.views import site, sitemap

urlpatterns: list[URLPattern] = [
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/site.xml", sitemap.site, name="sitemap-site"),
    path("sitemap/<slug:ranking>/<year:year>.xml", sitemap.edition, name="sitemap-edition"),
]
