"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from palmares import health
from palmares.preview import views as preview
from palmares.styleguide import styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("redaction/connexion/", LoginView.as_view(), name="login"),
    path("redaction/deconnexion/", LogoutView.as_view(), name="logout"),
    path("redaction/langue/", set_language, name="desk-language"),
    path("redaction/admin/", admin.site.urls),
    path("redaction/charte/", staff_member_required(styleguide, login_url="login"), name="styleguide"),
    path("redaction/apercu/version/<int:pk>/", preview.release, name="preview-release"),
    path("redaction/apercu/version/<int:pk>/<path:path>", preview.release),
    path("redaction/apercu/article/<int:pk>/", preview.article, name="preview-article"),
    path("redaction/apercu/article/<int:pk>/<path:path>", preview.article),
    path("redaction/apercu/correction/<int:pk>/", preview.correction, name="preview-correction"),
    path("redaction/apercu/correction/<int:pk>/<path:path>", preview.correction),
    path("redaction/", include(("editorial.urls", "desk"))),
    path("", include(("palmares.public.root_urls", "site"))),
    path("api/v1/", include(("palmares.public.api_urls", "api"))),
    # French has no prefix, English lies under /en/; the back office speaks the language of its cookie.
    *i18n_patterns(path("", include(("palmares.public.urls", "public"))), prefix_default_language=False),
]
