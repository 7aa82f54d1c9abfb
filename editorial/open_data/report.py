"""What the open ranking came to, in words and as tables: what was read, recognised, decided, refused, left, ranked."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from editorial.open_data.datasets import FIGURES, PERIMETER
from editorial.open_data.story import SLUG, YEAR, Told
from rankings.models import EditionUnit, Release, ReleaseValue
from schools.anomalies import Anomaly, checks_for, find_anomalies
from schools.importing import Document, parse_mapping
from schools.matching import report as matching
from schools.models import UnitIdentifier, ValueRevision
from schools.models.matches import Verdict

HEAD = 15


def told_of(told: Told) -> Iterator[str]:
    """What became of one file: its rows, its matches, its values."""
    counts = told.plan.counts
    yield f"\n{told.dataset.title} ({told.dataset.file})"
    rows = [f"{counts['rows_read']} lignes lues", f"{counts['rows_used']} retenues"]
    if counts["rows_left_out"]:
        rows.append(f"{counts['rows_left_out']} hors du sujet")
    if told.dataset in FIGURES:
        decided = counts["rows_read"] - counts["rows_used"] - counts["rows_left_out"]
        rows.append(f"{decided} laissées par décision")
    rows.append(f"cellules refusées : {len(told.plan.refused)}")
    yield "  " + ", ".join(rows)
    if told.dataset == PERIMETER:
        yield f"  {len(told.plan.units)} écoles : le périmètre"
    else:
        yield from _matched(told)
    if told.compared:
        yield from _verified(told)


def _matched(told: Told) -> Iterator[str]:
    found = matching.counts(told.matches)
    decided = {name.removeprefix("decided_"): n for name, n in found.items() if name.startswith("decided_") and n}
    sure = found["sure_identifier"] + found["sure_name"] + found["sure_alias"]
    yield (
        f"  {found['read']} établissements : {sure} reconnus sûrement ({found['sure_identifier']} par numéro, "
        f"{found['sure_name']} par nom exact, {found['sure_alias']} par autre nom), {sum(decided.values())} décidés, "
        f"{found['unmatched']} sans rapprochement, {found['doubtful']} douteux"
    )
    for verdict, number in decided.items():
        yield f"    décidé, {Verdict(verdict).label} : {number}"
    for problem in told.plan.refused[:5]:
        yield f"    refusé, {problem.place} : {problem.message}"


def _verified(told: Told) -> Iterator[str]:
    compared = told.compared
    if compared is None or not compared.rows:
        return
    counts = compared.counts
    yield (
        f"  {len(compared.rows)} valeurs : {told.approved} égales à leur source et approuvées, "
        f"{counts['anomalous']} touchées par une anomalie et laissées en attente, {counts['differs']} différentes"
    )


def anomalies_of(told: Told, document: Document) -> tuple[Anomaly, ...]:
    """Everything that looks wrong in the whole file, what was left out of the import included."""
    mapping = parse_mapping(told.batch.mapping_text)
    checks = checks_for(mapping.title)
    return find_anomalies(document, mapping, checks) if checks else ()


def anomaly_lines(found: Sequence[Anomaly]) -> Iterator[str]:
    """The blocking ones, one by one, and how many remarks of each kind."""
    for anomaly in found:
        if anomaly.severity == "blocking":
            yield f"    {' '.join(anomaly.subjects)}, {' '.join(anomaly.cells[:2])} : {anomaly.message}"
    remarks = Counter(anomaly.code for anomaly in found if anomaly.severity != "blocking")
    for code, number in sorted(remarks.items()):
        yield f"    remarques, {code} : {number}"


def result_lines(release: Release, base_url: str) -> Iterator[str]:
    """Who is ranked, why the others are not, the head, the addresses."""
    total = release.ranked_count + release.unranked_count
    yield f"\n{release.ranked_count} écoles classées sur {total}"
    reasons = Counter(release.units.filter(rank=None).values_list("unranked_fr", flat=True))
    for reason, number in reasons.most_common():
        yield f"  {number:>3} non classées : {reason}"
    aside = release.edition.set_aside.current().count()
    if aside:
        yield f"  {aside} valeurs en attente, mises de côté avec leur raison"
    yield f"\nLes {HEAD} premières"
    for unit in release.units.filter(rank__isnull=False).order_by("position")[:HEAD]:
        tie = " ex aequo" if unit.tied else ""
        yield f"  {str(unit.rank) + tie:<12} {unit.score:>5}  {unit.name}"
    address = f"{base_url}/{SLUG}/{YEAR}/"
    yield f"\nLe classement   {address}"
    yield f"La méthode      {address}methode/"
    yield f"Les données     {address}donnees/"
    yield f"Les articles    {base_url}/articles/"
    yield f"La rédaction    {base_url}/redaction/ (les comptes de la démonstration)"
    yield f"\nEmpreinte de l’édition {YEAR} : {release.digest}"


def write_tables(folder: Path, told: Iterable[Told], found: dict[str, tuple[Anomaly, ...]], release: Release) -> None:
    """The same as tables: the matches, the anomalies, the refusals, and one row a school."""
    folder.mkdir(parents=True, exist_ok=True)
    told = list(told)
    _write(
        folder / "rapprochements.csv",
        matching.head(),
        (row for each in told if each.matches for row in matching.rows(each.matches)),
    )
    _write(
        folder / "anomalies.csv",
        ("fichier", "nature", "gravité", "cellules", "colonnes", "identifiants", "constat"),
        (
            (each.dataset.file, a.code, a.severity, " ".join(a.cells), " ; ".join(a.columns), " ".join(a.subjects),
             a.message)
            for each in told
            for a in found.get(each.dataset.code, ())
        ),
    )  # fmt: skip
    _write(
        folder / "refus.csv",
        ("fichier", "cellule", "colonne", "lu", "constat", "gravité"),
        (
            (each.dataset.file, p.cell, p.column, p.read, p.message, p.severity)
            for each in told
            for p in each.plan.extraction.problems
        ),
    )
    _write(folder / "ecoles.csv", *_schools(told, release))


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    # With a mark of order, so that a spreadsheet reads the accents.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        writer.writerows(rows)


def _schools(told: Sequence[Told], release: Release) -> tuple[list[str], list[list[str]]]:
    """Each school: its number in the list, the keys that lead to it in each file, its figures, quotients and rank."""
    keys = {each.dataset.code: _keys(each) for each in told if each.dataset != PERIMETER}
    indicators = list(release.indicators.order_by("code"))
    leaves = [node for node in release.nodes.order_by("position") if node.indicator]
    head = ["cti", "école", "statut", "région", *keys, "rang", "ex aequo", "score", "raison"]
    head += [f"{i.code}{part}" for i in indicators for part in ("", " (année)")] + [node.key for node in leaves]
    listed = UnitIdentifier.objects.filter(scheme=UnitIdentifier.Scheme.CTI).select_related("unit")
    numbers = {identifier.unit.slug: identifier.value for identifier in listed}
    verified = _verified_of_the_left_out(release)
    rows = []
    for unit in release.units.order_by("position").prefetch_related("values__indicator", "points__node"):
        number = numbers.get(unit.slug, "")
        values = {v.indicator.code: v for v in unit.values.all()} or verified.get(unit.slug, {})
        quotients = {p.node.key: p.value for p in unit.points.all()}
        row = [number, unit.name, unit.sector, unit.region]
        row += [" ".join(found.get(number, ())) for found in keys.values()]
        row += [str(unit.rank or ""), "oui" if unit.tied else "", unit.score, unit.unranked_fr]
        for indicator in indicators:
            value = values.get(indicator.code)
            row += list(_said(value))
        rows.append(row + [quotients.get(node.key, "") for node in leaves])
    return head, rows


def _said(value: ReleaseValue | ValueRevision | None) -> tuple[str, str]:
    """The figure and its year, empty when it is not known."""
    if value is None or value.figure is None:
        return "", ""
    year = value.year if isinstance(value, ReleaseValue) else value.reference_year
    return str(value.figure), str(year)


def _verified_of_the_left_out(release: Release) -> dict[str, dict[str, ValueRevision]]:
    """What is in force of the schools that the edition leaves out, which has no copy of it: slug → code → value."""
    found: dict[str, dict[str, ValueRevision]] = {}
    left_out = release.edition.perimeter.filter(status=EditionUnit.Status.EXCLUDED).values("unit")
    in_force = ValueRevision.objects.in_force().filter(unit__in=left_out).select_related("unit", "indicator")
    for revision in in_force.order_by("reference_year"):
        found.setdefault(revision.unit.slug, {})[revision.indicator.code] = revision
    return found


def _keys(told: Told) -> dict[str, list[str]]:
    """Number in the list → the keys of this file whose rows are the school's."""
    found: dict[str, list[str]] = {}
    for match in told.matches:
        if match.unit is None or any(not decision.counts for decision in match.decisions):
            continue
        for identifier in match.unit.identifiers:
            if identifier.scheme == "cti":
                found.setdefault(identifier.value, []).extend(match.subject.keys)
    return found
