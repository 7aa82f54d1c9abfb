"""The whole way, from a file to a published page, as the people who walk it: Hugo, Lise, Claire, Jean and a reader."""

from datetime import timedelta
from pathlib import Path

from tests.browser import deciding, publishing, reading, story


def walk(way: story.Story, folder: Path, *, after: timedelta | None) -> None:
    """Every step, in the order in which a newsroom takes them."""
    story.refuses_what_is_no_file(way, folder)
    story.refuses_a_share_of_140_percent(way, folder)
    story.imports_the_file(way)
    story.enters_by_hand(way, "hugo", "31,0")
    deciding.verifies_a_few(way, 3)
    deciding.rejects_one(way)
    deciding.may_not_approve_her_own(way)
    edition = publishing.opens_the_edition(way)
    publishing.prepares_the_edition(way, edition)
    way.person("hugo").reads("valeurs attendent d’être vérifiées")
    # The desk approves one value at a time, on purpose; two hundred would take a browser minutes.
    assert way.site.work("approve_rest") > 100
    page, digest = publishing.computes_and_signs(way, edition)
    reading.finds_nothing_yet(way)
    sealed = publishing.seals(way, page, digest, after=after)
    if after:
        reading.waits_for(way, sealed)
    publishing.recomputes_the_same(way, sealed)
    name, address = reading.reads_the_ranking(way)
    reading.follows_a_value_to_its_cell(way, name, address)
    reading.reads_the_method(way, digest)
    reading.takes_the_files(way, digest, name, folder)
    draft = publishing.writes_the_announcement(way, name, address.rstrip("/").rpartition("/")[2])
    text = publishing.approves_the_announcement(way, draft)
    reading.reads_the_announcement(way, f"{name} au palmarès", text)
    reading.trail_tells_every_step(way)
