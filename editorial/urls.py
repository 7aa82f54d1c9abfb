"""The addresses of the newsroom, under /redaction/."""

from django.urls import path

from editorial.desks import articles, editions, entry, home, imports, matches, perimeters, releases, trail, verification

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("verification/", verification.queue, name="queue"),
    path("verification/suivante/", verification.following, name="value-next"),
    path("verification/<int:pk>/", verification.value, name="value"),
    path("verification/<int:pk>/approuver/", verification.approve, name="value-approve"),
    path("verification/<int:pk>/rejeter/", verification.reject, name="value-reject"),
    path("verification/<int:pk>/retirer/", verification.withdraw, name="value-withdraw"),
    path("saisie/", entry.entry, name="entry"),
    path("saisie/retirer/<int:pk>/", entry.entry_withdraw, name="entry-withdraw"),
    path("saisie/<slug:slug>/", entry.entry_unit, name="entry-unit"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/enregistrer/", imports.commit, name="import-commit"),
    path("imports/<int:pk>/abandonner/", imports.discard, name="import-discard"),
    path("imports/<int:pk>/retirer/", imports.withdraw, name="import-withdraw"),
    path("imports/<int:pk>/fichier/", imports.original, name="import-file"),
    path("rapprochements/", matches.matches, name="matches"),
    path("rapprochements/<slug:slug>/", matches.match_unit, name="match-unit"),
    path("editions/", editions.editions, name="editions"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/textes/", editions.texts, name="edition-texts"),
    path("editions/<int:pk>/methode/", editions.method, name="edition-method"),
    path("editions/<int:pk>/annees/", editions.columns, name="edition-columns"),
    path("editions/<int:pk>/ecoles/", perimeters.perimeter, name="edition-units"),
    path("editions/<int:pk>/calculer/", editions.compute, name="edition-compute"),
    path("versions/<int:pk>/", releases.release, name="release"),
    path("versions/<int:pk>/signer/", releases.sign, name="release-sign"),
    path("versions/<int:pk>/sceller/", releases.seal, name="release-seal"),
    path("versions/<int:pk>/retirer/", releases.withdraw, name="release-withdraw"),
    path("articles/", articles.articles, name="articles"),
    path("articles/nouveau/", articles.article_new, name="article-new"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/modifier/", articles.article_edit, name="article-edit"),
    path("articles/<int:pk>/relecture/", articles.submit, name="article-submit"),
    path("articles/<int:pk>/renvoyer/", articles.send_back, name="article-send-back"),
    path("articles/<int:pk>/approuver/", articles.approve, name="article-approve"),
    path("articles/<int:pk>/retirer/", articles.withdraw, name="article-withdraw"),
    path("journal/", trail.trail, name="trail"),
]
