"""How a value came out of its document: the cells in their sheet, and how several became one."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editorial.desks.extracts import Extract, Mark, document_of, extract, landmarks_of
from schools import files
from schools.importing import FileRefused, parse_mapping
from schools.importing.mapping import ValueRule
from schools.models import SourceCell, ValueRevision
from schools.typography import number


def source_views(revision: ValueRevision) -> dict[str, object]:
    """What the page of a value shows of its source.

    `cells`: as read; `extract`: their neighbourhood in the kept file, None for a printed page; `file_problem`: why the
    kept file could not be read again, empty when it was; `formed`: how an aggregate was made, empty for a single cell.
    """
    cells = list(revision.cells.all())
    shown, problem = _extract(revision, cells)
    return {"cells": cells, "extract": shown, "file_problem": problem, "formed": formation(revision, cells)}


def _extract(revision: ValueRevision, cells: list[SourceCell]) -> tuple[Extract | None, str]:
    if not revision.source.sha256:
        return None, ""
    try:
        document = document_of(revision.source)
    except files.FileChanged:
        return None, _(
            "Le fichier gardé n’est plus celui qui a été reçu : n’approuvez rien, et prévenez la cellule data."
        )
    except FileRefused as refused:
        return None, _("Le fichier gardé ne se lit plus : %(problem)s") % {"problem": refused}
    marks = [Mark(cell.sheet, cell.reference, says=cell.get_role_display()) for cell in cells]
    return extract(document, marks, landmarks_of(revision.batch)), ""


def formation(revision: ValueRevision, cells: list[SourceCell]) -> str:
    """How the value was made of its cells, in one sentence; empty when it was read as it stands."""
    rule = _rule(revision)
    if rule is None:
        return ""
    read = sum(cell.role == SourceCell.Role.VALUE for cell in cells)
    sentence = _aggregate_sentence(rule, read)
    if rule.multiply != 1:
        factor = str(rule.multiply.normalize() if rule.multiply % 1 else rule.multiply.to_integral_value())
        sentence += " " + _("Le fichier est multiplié par %(factor)s.") % {
            "factor": number(factor, None, get_language())
        }
    return sentence.strip()


def _rule(revision: ValueRevision) -> ValueRule | None:
    if revision.batch is None:
        return None
    mapping = parse_mapping(revision.batch.mapping_text)
    return next((rule for rule in mapping.values if rule.indicator == revision.indicator.code), None)


def _aggregate_sentence(rule: ValueRule, read: int) -> str:
    words = {"column": rule.column, "count": read, "weight": rule.weight, "factor": rule.times}
    if rule.aggregate == "only" or not read:
        return ""
    if rule.times:
        return (
            ngettext(
                "Un seul produit : « %(column)s » par « %(factor)s ».",
                "Somme de %(count)s produits : « %(column)s » par « %(factor)s ».",
                read,
            )
            % words
        )
    if rule.aggregate == "sum":
        return (
            ngettext(
                "Somme d’une seule cellule de « %(column)s ».",
                "Somme de %(count)s cellules de « %(column)s ».",
                read,
            )
            % words
        )
    if rule.aggregate == "weighted_mean":
        return (
            ngettext(
                "Moyenne d’une seule cellule de « %(column)s », pondérée par « %(weight)s ».",
                "Moyenne de %(count)s cellules de « %(column)s », pondérée par « %(weight)s ».",
                read,
            )
            % words
        )
    if rule.aggregate == "max":
        return _("La plus grande des %(count)s cellules de « %(column)s ».") % words
    return _("La plus petite des %(count)s cellules de « %(column)s ».") % words
