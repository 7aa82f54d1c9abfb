"""The open ranking, made step by step through the actions of the desks, each by the person whose work it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from editorial.actions import articles, editions, imports, indicators, matches, set_aside, values, verification
from editorial.demo.cast import hire
from editorial.demo.catalogue import definitions_in
from editorial.models import User
from editorial.open_data import texts
from editorial.open_data.datasets import FIGURES, PERIMETER, REGISTERS, Dataset
from rankings.blocks import waiting_values
from rankings.models import Edition, Release
from schools.import_plan import Plan
from schools.importing import parse_mapping, read_document
from schools.known_units import known_units
from schools.matching import Match, match, parse_decisions
from schools.matching.subjects import subjects_of
from schools.models import ImportBatch, Indicator, Unit, ValueRevision

HERE = Path(__file__).resolve().parent
DECISIONS = HERE / "decisions.toml"
INDICATORS = HERE / "indicators.toml"
METHOD = settings.BASE_DIR / "rankings" / "methods" / "open_data.toml"
SLUG = "ecoles-d-ingenieurs-donnees-ouvertes"
YEAR = 2025
# The years in which the figures are read, since when the evolution is shown, and how far back one may be carried:
# as far as the enrolments go, for their last known year counts, whichever it is.
INTAKE_YEAR, ENROLMENT_YEAR, SINCE = 2025, 2022, 2006
CARRIED = ENROLMENT_YEAR - SINCE
ENROLMENTS = ("inscrits", "femmes", "hommes", "mobilite", "doctorants", "eleves_ingenieurs")
FEWEST_ADMITTED = Decimal(20)


class MissingFile(Exception):
    """One of the official files is not in the folder; the message says which, and what it is."""


def contents_of(folder: Path) -> dict[str, bytes]:
    """The five official files in this folder, by the code of their dataset. Raises `MissingFile` for the first."""
    contents = {}
    for dataset in (PERIMETER, *REGISTERS, *FIGURES):
        path = folder / dataset.file
        try:
            contents[dataset.code] = path.read_bytes()
        except OSError as error:
            what = f"«\u00a0{dataset.title}\u00a0», {dataset.publisher}"
            raise MissingFile(f"{path} ne s’ouvre pas ({error.strerror})\u00a0: c’est {what}.") from error
    return contents


@dataclass
class Told:
    """What became of one file. `matches` is empty for the perimeter, which makes the schools."""

    dataset: Dataset
    batch: ImportBatch
    plan: Plan
    matches: tuple[Match, ...] = ()
    compared: verification.Comparison | None = None
    approved: int = 0


@dataclass
class Story:
    """Plays the whole from the instant `now` on; `step` is told what begins."""

    folder: Path
    now: datetime
    step: Callable[[str], None]
    people: dict[str, User] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def play(self) -> Release:
        """From an empty base to a published edition. Raises `MissingFile` before anything is written."""
        contents = contents_of(self.folder)
        self.people = hire()
        for definition in definitions_in(INDICATORS):
            indicators.define_indicator(by=self.people["hugo"], at=self.now, definition=definition)
        self.step("Le périmètre")
        self._record(PERIMETER, contents[PERIMETER.code], create=True)
        for dataset in REGISTERS + FIGURES:
            self.step(dataset.title)
            matched = self._match(dataset, contents[dataset.code])
            self._record(dataset, contents[dataset.code]).matches = matched
        self.step("Vérification par une seconde personne")
        for told in self.told:
            self._verify(told)
        self.step("Calcul, signature, publication")
        release = self._publish(self._edition())
        self._explain(release)
        return release

    def _match(self, dataset: Dataset, content: bytes) -> tuple[Match, ...]:
        document = read_document(content, dataset.file)
        mapping = parse_mapping(dataset.mapping.read_text(encoding="utf-8"))
        decided = parse_decisions(DECISIONS.read_text(encoding="utf-8"))
        found = match(
            subjects_of(dataset.code, document, mapping),
            known_units(),
            [decision for decision in decided.decisions if decision.dataset == dataset.code],
        )
        matches.apply_matches(by=self.people["hugo"], at=self.now, dataset=dataset.code, matches=found, file=decided)
        return found

    def _record(self, dataset: Dataset, content: bytes, *, create: bool = False) -> Told:
        received = imports.Received(
            content=content,
            name=dataset.file,
            title=dataset.title,
            publisher=dataset.publisher,
            licence=dataset.licence,
            url=dataset.url,
        )
        hugo = self.people["hugo"]
        batch = imports.open_import(
            by=hugo, at=self.now, received=received, mapping_text=dataset.mapping.read_text(encoding="utf-8")
        )
        plan = imports.plan_of(batch)
        imports.commit_import(
            by=hugo,
            at=self.now,
            batch=batch,
            seen_version=batch.version,
            seen_digest=plan.digest,
            create_unknown=create,
            leave_out_reason=f"{len(plan.refused)} cellules de la source ne peuvent pas servir."
            if plan.refused
            else "",
        )
        self.told.append(Told(dataset, batch, plan))
        return self.told[-1]

    def _verify(self, told: Told) -> None:
        told.compared = verification.comparison(told.batch)
        if told.compared.approvable_by(self.people["lise"].pk):
            done = verification.approve_equal(
                by=self.people["lise"], at=self.now, batch=told.batch, seen_digest=told.compared.digest
            )
            told.approved = done.values

    def _edition(self) -> Edition:
        hugo = self.people["hugo"]
        ranking = editions.open_ranking(
            by=hugo, at=self.now, slug=SLUG, title_fr=texts.TITLE_FR, title_en=texts.TITLE_EN
        )
        method = editions.file_method(by=hugo, at=self.now, ranking=ranking, text=METHOD.read_text(encoding="utf-8"))
        edition = editions.open_edition(by=hugo, at=self.now, ranking=ranking, year=YEAR, texts=texts.TEXTS)
        editions.choose_method(by=hugo, at=self.now, edition=edition, seen_version=edition.version, method=method)
        self._columns(edition)
        small = _small_intakes()
        editions.set_perimeter(
            by=hugo,
            at=self.now,
            edition=edition,
            seen_version=edition.version,
            units=Unit.objects.exclude(pk__in=small),
            left_out=[
                editions.LeftOut(unit, texts.SMALL_FR, texts.SMALL_EN) for unit in Unit.objects.filter(pk__in=small)
            ],
        )
        waiting = [values.Seen(revision, revision.version) for revision in waiting_values(edition)]
        if waiting:
            set_aside.set_aside(
                by=hugo,
                at=self.now,
                edition=edition,
                seen=waiting,
                reason_fr=texts.PENDING_FR,
                reason_en=texts.PENDING_EN,
            )
        return edition

    def _columns(self, edition: Edition) -> None:
        known = list(Indicator.objects.order_by("code"))
        enrolments = [indicator for indicator in known if indicator.code in ENROLMENTS]
        editions.set_columns(
            by=self.people["hugo"],
            at=self.now,
            edition=edition,
            seen_version=edition.version,
            years=dict.fromkeys(known, INTAKE_YEAR) | dict.fromkeys(enrolments, ENROLMENT_YEAR),
            carry_over=dict.fromkeys(enrolments, CARRIED),
            context_from=dict.fromkeys(enrolments, SINCE),
        )

    def _publish(self, edition: Edition) -> Release:
        hugo, marc, claire = self.people["hugo"], self.people["marc"], self.people["claire"]
        release = editions.compute_release(by=hugo, at=self.now, edition=edition)
        editions.sign_release(by=marc, at=self.now, release=release, seen_digest=release.digest)
        editions.seal_release(by=claire, at=self.now, release=release, seen_digest=release.digest, publish_at=self.now)
        return release

    def _explain(self, release: Release) -> None:
        """The page that says what this ranking is, written by one person and approved by another."""
        jean, claire = self.people["jean"], self.people["claire"]
        article = articles.write_article(by=jean, at=self.now, release=release, draft=texts.NOTICE)
        articles.submit_article(by=jean, at=self.now, article=article, seen_version=article.version)
        articles.approve_article(
            by=claire,
            at=self.now,
            article=article,
            seen_version=article.version,
            publish_at=self.now,
        )


def _small_intakes() -> list[int]:
    """The schools that are known to have admitted somebody, and fewer than twenty."""
    admitted = ValueRevision.objects.in_force().filter(indicator__code="admis", reference_year=INTAKE_YEAR)
    return [row.unit_id for row in admitted if row.value is not None and 0 < row.value < FEWEST_ADMITTED]
