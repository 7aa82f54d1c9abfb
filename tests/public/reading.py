"""What the tests of the public site share: addresses, words as read, and releases with telling values."""

import html
import re

from django.http import HttpResponse

from rankings.models import Release
from tests import factories

EDITION = "/ecoles-ingenieurs/2026/"
COMPARED = f"{EDITION}comparer/?ecole=ecole-des-mines-de-brezac&ecole=institut-ampere-lavoisier"
PAGES = (
    "/",
    EDITION,
    f"{EDITION}?region=Occitanie&sector=public&order=salaire&per=all",
    f"{EDITION}ecoles/ecole-des-mines-de-brezac/",
    f"{EDITION}comparer/",
    COMPARED,
    f"{EDITION}criteres/",
    f"{EDITION}criteres/salaire/",
    f"{EDITION}criteres/ouverture/",
    f"{EDITION}regions/?order=median",
    f"{EDITION}regions/occitanie/",
    f"{EDITION}methode/",
    f"{EDITION}donnees/",
    f"{EDITION}version/1/",
    "/articles/",
    "/donnees/",
    "/api/",
    "/recherche/?q=mines",
    "/corrections/",
    "/contact/",
    "/a-propos/",
    "/independance/",
    "/mentions-legales/",
    "/vie-privee/",
    "/accessibilite/",
)
FILES = tuple(f"{EDITION}donnees/{name}" for name in ("classement.csv", "valeurs.csv", "methode.toml", "version.json"))
API = (
    "/api/v1/rankings/",
    "/api/v1/editions/",
    f"/api/v1/editions{EDITION}",
    f"/api/v1/editions{EDITION}releases/",
    f"/api/v1/editions{EDITION}nodes/",
    f"/api/v1/editions{EDITION}indicators/",
    f"/api/v1/editions{EDITION}document/",
    f"/api/v1/editions{EDITION}units/",
    f"/api/v1/editions{EDITION}units/ecole-des-mines-de-brezac/",
    f"/api/v1/editions{EDITION}units/ecole-des-mines-de-brezac/facts/",
    f"/api/v1/editions{EDITION}changes/",
    f"/api/v1/editions{EDITION}units/?format=csv",
    f"/api/v1/editions{EDITION}values/",
    f"/api/v1/editions{EDITION}values/?format=csv",
    f"/api/v1/editions{EDITION}releases/1/",
    "/api/v1/units/",
    "/api/v1/units/ecole-des-mines-de-brezac/",
    "/api/v1/articles/",
    "/api/v1/schema/",
)
MAP = f"/sitemap{EDITION[:-1]}.xml"
ROBOTS = ("/robots.txt", "/sitemap.xml", "/sitemap/site.xml", MAP)


def words(response: HttpResponse) -> str:
    """The page as it is read: no tags, entities and unbreakable spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def schools_in_order(response: HttpResponse) -> list[str]:
    """The slugs of the schools of a table, in the order of the page, each once."""
    return list(dict.fromkeys(re.findall(r'class="sch"><a href="[^"]*/ecoles/([^/"]+)/"', response.content.decode())))


def release_with_licences() -> Release:
    """A release in which the first school has a value to look at only, one that may not leave, one of many cells."""
    school = factories.units(6)[0]
    shown = factories.source("Enquête réservée", leaves="display", licence="Consultation seule")
    kept = factories.source("Base des salaires", leaves="points", licence="Licence restreinte")
    said = {"of": school, "year": factories.YEAR}
    factories.approved_value(
        "51739", indicator_code="salaire", said_by=kept, cells=[("Salaires", "F47", "Net", "51 739")], **said
    )
    factories.approved_value(
        "97.3", indicator_code="emploi", said_by=shown, cells=[("Emploi", "K47", "Taux", "97,3")], **said
    )
    many = [("Effectifs", f"F{row}", "Doctorants", f"lu {row}") for row in range(3, 12)]
    factories.approved_value("7.5", indicator_code="doctorants", cells=many, **said)
    return factories.published_release()
