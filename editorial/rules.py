"""Who may do what, now, and if not why: one function a verb, giving the reason or nothing.

The action raises `Refused` with the reason; the page writes the same reason beside the disabled button. The last word
is the database's (`editorial.triggers` and the constraints of the models).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from django.db import models
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editorial.models import User
from rankings.models import Edition, Release
from schools.models import ABSENCES, WITH_VALUE, ImportBatch, Indicator, SourceCell, Unit, ValueRevision, ValueState
from schools.typography import number

# The most digits a stored decimal may have: SQLite gives back fifteen.
MOST_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1990, 2100
# What the database keeps of a public reason.
LONGEST_REASON = 300
_CELL_FIELDS = ("sheet", "reference", "column", "text")


def lacks_right(by: User, permission: str, sentence: str) -> str | None:
    """Why this person has no right to this, or None; one place so that a disabled account has none anywhere."""
    if not by.is_active:
        return _("Ce compte est désactivé.")
    return None if by.has_perm(permission) else sentence


# Values


def why_not_enter(
    by: User, indicator: Indicator, *, kind: str, value: Decimal | None, reference_year: int
) -> str | None:
    """Why this person may not enter this figure."""
    lacks = lacks_right(by, "schools.enter_value", _("Entrer une valeur revient à la cellule data."))
    if lacks:
        return lacks
    if not FIRST_YEAR <= reference_year <= LAST_YEAR:
        return why_not_year()
    if kind in WITH_VALUE:
        return why_not_a_figure(indicator, value)
    if kind not in ABSENCES:
        return _("« %(kind)s » n’est pas une nature de valeur.") % {"kind": kind}
    return None if value is None else _("Une valeur absente n’a pas de chiffre : videz le champ ou changez sa nature.")


def why_not_keep(by: User, reference: models.Model) -> str | None:
    """Why this person may not add or change this school, number or name of one, or indicator."""
    kind = "indicator" if isinstance(reference, Indicator) else "unit"
    verb = "change" if reference.pk else "add"
    if kind == "unit" and not isinstance(reference, Unit):
        verb = "change"
    sentence = _("Tenir les écoles et les indicateurs revient à la cellule data.")
    return lacks_right(by, f"schools.{verb}_{kind}", sentence)


def why_not_cite(by: User) -> str | None:
    """Why this person may not cite a document as a source."""
    return lacks_right(by, "schools.enter_value", _("Citer une source revient à la cellule data."))


def why_not_year() -> str:
    """What is said of a year of reference outside FIRST_YEAR and LAST_YEAR."""
    return _("L’année de référence doit être entre %(first)s et %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}


def why_not_a_figure(indicator: Indicator, value: Decimal | None) -> str | None:
    """Why this number cannot be a value of this indicator: absent, not a number, too fine, too long, out of bounds."""
    if value is None:
        return _("Il manque le chiffre. S’il n’existe pas, dites pourquoi : une valeur absente n’est jamais un zéro.")
    if not value.is_finite():
        return _("Ce n’est pas un nombre.")
    # Before any arithmetic on it: rounding 1E+999999 would be a fault of ours, not of hers.
    if len(value.as_tuple().digits) > MOST_DIGITS or abs(value) >= Decimal(10) ** 9:
        return _("Ce nombre a trop de chiffres pour être gardé exactement.")
    if value != round(value, indicator.decimals):
        return _("« %(label)s » se donne avec %(decimals)s décimale(s) au plus.") % {
            "label": indicator.label,
            "decimals": indicator.decimals,
        }
    return _out_of_bounds(indicator, value)


def _out_of_bounds(indicator: Indicator, value: Decimal) -> str | None:
    if indicator.minimum is not None and value < indicator.minimum:
        return _("%(value)s est sous la borne basse de « %(label)s » (%(bound)s).") % {
            "value": _written(value),
            "label": indicator.label,
            "bound": _written(indicator.minimum),
        }
    if indicator.maximum is not None and value > indicator.maximum:
        return _("%(value)s dépasse la borne haute de « %(label)s » (%(bound)s).") % {
            "value": _written(value),
            "label": indicator.label,
            "bound": _written(indicator.maximum),
        }
    return None


def _written(figure: Decimal) -> str:
    """A figure as the reader writes it, without the zeros the database adds."""
    text = f"{figure:f}"
    return number(text.rstrip("0").rstrip(".") if "." in text else text, lang=get_language())


def why_not_cells(cells: Sequence[tuple[str, str, str, str]]) -> str | None:
    """Why these cells (sheet, reference, column, text) cannot be kept: none named, or one too long or unreadable."""
    if not any(reference.strip() for _sheet, reference, _column, _text in cells):
        return _("Dites où la valeur se lit : une cellule, une page, un paragraphe.")
    for cell in cells:
        for said, name in zip(cell, _CELL_FIELDS, strict=True):
            field = cast("models.CharField[str, str]", SourceCell._meta.get_field(name))
            if len(said) > (field.max_length or 0):
                return _("« %(field)s » est trop long : %(most)s signes au plus.") % {
                    "field": field.verbose_name,
                    "most": field.max_length,
                }
            if "\x00" in said:
                return _("Le caractère NUL ne peut pas être gardé.")
    return None


def why_not_verify(by: User, revision: ValueRevision) -> str | None:
    """Why this person may neither approve nor reject this value: no right, her own, or already decided."""
    lacks = lacks_right(by, "schools.verify_value", _("Vérifier revient aux vérificatrices."))
    if lacks:
        return lacks
    if revision.author_id == by.pk:
        return _("Vous avez entré cette valeur : une autre personne doit la vérifier.")
    if revision.state != ValueState.PENDING:
        return _("Cette valeur n’attend plus de décision : elle est %(state)s.") % {
            "state": revision.get_state_display()
        }
    return None


def why_not_approve(by: User, revision: ValueRevision) -> str | None:
    """Why this person may not approve this value. One query: a rival entry must be settled first."""
    reason = why_not_verify(by, revision)
    if reason:
        return reason
    rival = ValueRevision.objects.pending().same_cell_as(revision).select_related("author").first()
    if rival:
        return _(
            "%(name)s a entré une autre valeur pour la même case (n° %(number)s) : rejetez d’abord l’une des deux."
        ) % {
            "name": rival.author.display_name,
            "number": rival.pk,
        }
    return None


def why_not_reject(by: User, revision: ValueRevision, *, reason: str) -> str | None:
    """Why this person may not reject this value for this reason."""
    return why_not_verify(by, revision) or (
        None if reason.strip() else _("Un rejet se motive : dites ce qui ne va pas.")
    )


def why_not_withdraw_value(by: User, revision: ValueRevision) -> str | None:
    """Why this person may not take back this value: only its author may, while it waits."""
    if revision.author_id != by.pk:
        return _("Seule la personne qui l’a entrée peut la retirer.")
    if revision.state != ValueState.PENDING:
        return _("Cette valeur est décidée : entrez-en une nouvelle.")
    return lacks_right(by, "schools.enter_value", _("Entrer une valeur revient à la cellule data."))


def why_not_define(by: User) -> str | None:
    """Why this person may not define indicators."""
    return lacks_right(by, "schools.add_indicator", _("Définir un indicateur revient à la cellule data."))


def why_not_approve_equal(by: User, batch: ImportBatch) -> str | None:
    """Why this person may not approve in bulk what an import says. One query: something of it must wait for her."""
    lacks = lacks_right(by, "schools.verify_value", _("Vérifier revient aux vérificatrices."))
    if lacks:
        return lacks
    if batch.state != ImportBatch.State.COMMITTED:
        return _("Cet import est %(state)s : rien n’y attend de décision.") % {"state": batch.get_state_display()}
    waiting = set(batch.revisions.pending().order_by().values_list("author_id", flat=True).distinct())
    if not waiting:
        return _("Aucune valeur de cet import n’attend de décision.")
    if waiting == {by.pk}:
        return _("Vous avez enregistré cet import : une autre personne doit le comparer à sa source.")
    return None


# Imports


def why_not_import(by: User) -> str | None:
    """Why this person may not import files."""
    return lacks_right(by, "schools.import_file", _("Importer un fichier revient à la cellule data."))


def why_not_close_import(by: User, batch: ImportBatch) -> str | None:
    """Why this person may neither record nor discard this import."""
    if batch.state != ImportBatch.State.PREVIEWED:
        return _("Cet import est déjà %(state)s.") % {"state": batch.get_state_display()}
    return why_not_import(by)


def why_not_withdraw_import(by: User, batch: ImportBatch) -> str | None:
    """Why this person may not withdraw this import. One query: none of its values may count or have counted."""
    if batch.state != ImportBatch.State.COMMITTED:
        return _("Cet import est %(state)s : il n’y a rien à retirer.") % {"state": batch.get_state_display()}
    counted = batch.revisions.filter(state__in=[ValueState.IN_FORCE, ValueState.SUPERSEDED]).count()
    if counted:
        return _("%(count)s de ses valeurs ont été vérifiées : corrigez-les une à une.") % {"count": counted}
    return why_not_import(by)


# Matches


def why_not_match(by: User) -> str | None:
    """Why this person may not say which of our schools a source speaks of."""
    return lacks_right(by, "schools.import_file", _("Rapprocher les écoles revient à la cellule data."))


# Editions and releases


def why_not_compute(by: User) -> str | None:
    """Why this person may not compute an edition."""
    return lacks_right(
        by, "rankings.compute_release", _("Calculer revient à la cellule data ou à la rédaction en chef.")
    )


def why_not_change_edition(by: User) -> str | None:
    """Why this person may not change what editions are made of. The rights alone: a release has its own copy."""
    return lacks_right(
        by, "rankings.change_edition", _("Préparer une édition revient à la cellule data ou à la rédaction en chef.")
    )


def why_not_prepare(by: User, edition: Edition) -> str | None:
    """Why this person may not say what this edition is computed from: the rights, and that it is computed at all."""
    if edition.archival:
        return _("Une édition d’archive ne se calcule pas : ses places sont celles de l’imprimé.")
    return why_not_change_edition(by)


def why_not_enter_places(by: User, edition: Edition) -> str | None:
    """Why this person may not enter printed places in this edition: the rights, and that it is archival."""
    if not edition.archival:
        return _("Cette édition se calcule : seules celles d’archive prennent leurs places d’un imprimé.")
    return why_not_change_edition(by) or why_not_import(by)


def why_not_set_aside(by: User, *, reason_fr: str, reason_en: str) -> str | None:
    """Why this person may not let an edition go out without values that wait, for this reason.

    Who prepares editions may, the author of a value included: nothing is vouched for by leaving it out, the reason is
    public, and two other signatures are due before the edition is.
    """
    lacks = why_not_change_edition(by)
    if lacks:
        return lacks
    if not (reason_fr.strip() and reason_en.strip()):
        return _("Une valeur mise de côté se motive, en français et en anglais : la raison sera publique.")
    if max(len(reason_fr.strip()), len(reason_en.strip())) > LONGEST_REASON:
        return _("Cette raison est trop longue : %(most)s signes au plus.") % {"most": LONGEST_REASON}
    return None


def why_not_sign(by: User, release: Release, *, blocks: int) -> str | None:
    """Why this person may not sign this computation off; `blocks` is how many things still block publication."""
    lacks = lacks_right(by, "rankings.sign_release", _("Signer revient à la cellule data ou à la rédaction en chef."))
    if lacks:
        return lacks
    if release.sealed_at is not None:
        return _("Cette version est scellée.")
    if release.signed_at is not None:
        return _("Cette version est déjà signée.")
    if blocks:
        return _why_blocked(blocks)
    return None


def why_not_seal(by: User, release: Release, *, blocks: int, publish_at: datetime | None, at: datetime) -> str | None:
    """Why this person may not seal this release for this instant: rights, one signature by another, blocks, instant."""
    lacks = lacks_right(by, "rankings.seal_release", _("Sceller et programmer revient à la rédaction en chef."))
    if lacks:
        return lacks
    if release.sealed_at is not None:
        return _("Cette version est déjà scellée.")
    if release.signed_at is None:
        return _("Personne n’a encore signé ce calcul.")
    if release.signed_by_id == by.pk:
        return _("Vous avez signé ce calcul : une autre personne doit le sceller.")
    if blocks:
        return _why_blocked(blocks)
    return why_not_at(publish_at, at=at)


def _why_blocked(blocks: int) -> str:
    sentence = ngettext(
        "%(count)s point bloque la publication : réglez-le, puis recalculez.",
        "%(count)s points bloquent la publication : réglez-les, puis recalculez.",
        blocks,
    )
    return sentence % {"count": blocks}


def why_not_at(publish_at: datetime | None, *, at: datetime) -> str | None:
    """Why nothing may be scheduled for this instant: absent, past, or more than two years away."""
    if publish_at is None:
        return _("Donnez l’instant de publication.")
    if publish_at < at:
        return _("L’instant de publication est passé : choisissez maintenant ou plus tard.")
    if publish_at > at + timedelta(days=731):
        return _("L’instant de publication est dans plus de deux ans : vérifiez la date.")
    return None


def why_not_withdraw_release(by: User, release: Release, *, reason: str) -> str | None:
    """Why this person may not withdraw this release for this reason. One query."""
    lacks = lacks_right(by, "rankings.withdraw_release", _("Retirer une publication revient à la rédaction en chef."))
    if lacks:
        return lacks
    if release.sealed_at is None:
        return _("Cette version n’est pas scellée : recalculez-la.")
    if hasattr(release, "withdrawal"):
        return _("Cette version est déjà retirée.")
    return None if reason.strip() else _("Un retrait se motive : la raison sera publique.")
