"""Scenes: what several tests look at, built once for all of them instead of anew for each.

    @scene(factories.edition, 12)
    def test_something() -> None:
        edition = Edition.objects.get()

The test finds in the base what `factories.edition(12)` made, as it made it: each test has a transaction of its own
inside that of the scene, and what it changes is taken back after it. It reads what it needs from the base: an object
kept from one test to the next would bring along what the last one did to it.

A scene stands until a test with the base wants another one or none; then all of it is rolled back. So the tests of a
file are put in the order of their scenes, and a file after it that wants the same finds it there. A test with real
transactions has no scene: its end empties every table.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction

type Wanted = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def scene(build: Callable[..., Any] | None, *arguments: Any, **named: Any) -> pytest.MarkDecorator:
    """The mark of a test that finds what `build` made; None, in a file whose other tests have one, is no scene."""
    # Called with a function alone, a mark would take it for the test to be marked.
    return pytest.mark.scene.with_args(build, *arguments, **named)


def wanted_by(item: pytest.Item) -> Wanted | None:
    """The scene this test is marked with; the mark nearest to it counts."""
    mark = item.get_closest_marker("scene")
    if mark is None or mark.args == (None,):
        return None
    build, *arguments = mark.args
    return build, tuple(arguments), dict(mark.kwargs)


def has_real_transactions(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    names = {"transactional_db", "live_server", "django_db_reset_sequences"}
    asked = mark is not None and bool({"transaction", "reset_sequences"} & {n for n, on in mark.kwargs.items() if on})
    return asked or not names.isdisjoint(getattr(item, "fixturenames", ()))


def in_order_of_scenes(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The same tests; those of a file that follow each other are put together by scene, each group in its order."""
    ordered: list[pytest.Item] = []
    for _path, tests in groupby(items, key=lambda item: item.path):
        scenes: list[tuple[Wanted | None, list[pytest.Item]]] = []
        for item in tests:
            wanted = wanted_by(item)
            group = next((group for scene, group in scenes if scene == wanted), None)
            if group is None:
                scenes.append((wanted, [item]))
            else:
                group.append(item)
        ordered += [item for _scene, group in scenes for item in group]
    return ordered


class Stage:
    """Where a scene stands: at most one, inside an open transaction."""

    def __init__(self) -> None:
        self._standing: Wanted | None = None
        self._around: transaction.Atomic | None = None

    def show(self, wanted: Wanted | None) -> None:
        """Have this scene stand, or none; what stands already is not built again."""
        if wanted == self._standing:
            return
        self.strike()
        if wanted is None:
            return
        build, arguments, named = wanted
        self._around = transaction.atomic()
        self._around.__enter__()
        try:
            build(*arguments, **named)
        except BaseException:
            self.strike()
            raise
        self._standing = wanted

    def strike(self) -> None:
        """Take away what stands."""
        around, self._around, self._standing = self._around, None, None
        if around is not None:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
