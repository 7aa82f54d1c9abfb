"""Laws of the matching, tried on generated files."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schools.matching import Known, KnownUnit, Subject, match
from schools.naming import search_key
from tests.schools.matching.cases import school, subject

TOWNS = ("Metz", "Paris", "Lyon", "Nantes", "Brest")
SIGLES = ("ESITC", "ENSG", "ISEN", "ESA")
KEYS = ("0690192J", "0310152X", "0350097R", "0760165S", "0670190T", "0632033T")


@st.composite
def schools(draw: st.DrawFn) -> list[KnownUnit]:
    """Up to six schools, some under one sigle, some with a number, no two with the same."""
    keys = draw(st.permutations(KEYS))
    return [
        school(
            number,
            f"École {draw(st.sampled_from(('des mines', 'de chimie', 'du bois')))} de {draw(st.sampled_from(TOWNS))}",
            draw(st.sampled_from(SIGLES)),
            academie=draw(st.sampled_from(("", *TOWNS))),
            uai=draw(st.sampled_from(("", keys[number - 1]))),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]


@st.composite
def files(draw: st.DrawFn) -> list[Subject]:
    """Up to six subjects, each under one or two names that schools may bear."""
    names = st.one_of(
        st.sampled_from(SIGLES),
        st.builds(
            "École {} de {}".format, st.sampled_from(("des mines", "de chimie", "du bois")), st.sampled_from(TOWNS)
        ),
    )
    cells = draw(st.lists(st.sampled_from((*KEYS, ",".join(KEYS[:2]))), min_size=1, max_size=6, unique=True))
    return [
        subject(
            cell,
            *draw(st.lists(names, min_size=1, max_size=2, unique_by=search_key)),
            academie=draw(st.sampled_from(("", *TOWNS))),
            wider=draw(st.booleans()),
        )
        for cell in cells
    ]


@settings(max_examples=60, deadline=None)
@given(schools(), files())
def test_sure_match_never_crosses_homonyms(known: list[KnownUnit], read: list[Subject]) -> None:
    for found in match(read, Known(known), ()):
        if found.outcome != "sure" or found.by == "identifier":
            continue
        assert found.unit
        mine = {name.key for name in found.subject.names}
        bearers = {
            key: {u.id for u in known if key in {search_key(u.name), *(search_key(a.text) for a in u.aliases)}}
            for key in mine
        }
        # Some name says this school and no other; and no name says others only.
        assert {found.unit.id} in bearers.values()
        assert all(found.unit.id in ids for ids in bearers.values() if ids)
        assert not found.subject.wider
        assert found.subject.place.same_academie(found.unit.place) is not False


@settings(max_examples=60, deadline=None)
@given(schools(), files(), st.randoms(use_true_random=False))
def test_order_changes_nothing(known: list[KnownUnit], read: list[Subject], chance) -> None:
    before = match(read, Known(known), ())
    chance.shuffle(known)
    shuffled = list(read)
    chance.shuffle(shuffled)
    after = {found.subject.identity: found for found in match(shuffled, Known(known), ())}
    assert [after[found.subject.identity] for found in before] == list(before)


@settings(max_examples=40, deadline=None)
@given(schools(), files())
def test_likeness_never_decides(known: list[KnownUnit], read: list[Subject]) -> None:
    for found in match(read, Known(known), ()):
        assert (found.outcome == "sure") == (found.unit is not None)
        assert bool(found.by) == (found.outcome == "sure")
        assert all(proposal.score < 100 for proposal in found.proposals)


@settings(max_examples=40, deadline=None)
@given(schools(), files())
def test_name_alone_gives_a_school_one_key_of_a_file(known: list[KnownUnit], read: list[Subject]) -> None:
    claimed: dict[int, int] = {}
    for found in match(read, Known(known), ()):
        if found.outcome == "sure" and found.by != "identifier" and found.unit:
            claimed[found.unit.id] = claimed.get(found.unit.id, 0) + 1
    assert all(count == 1 for count in claimed.values())
