"""A story makes millions of small things and next to no cycle: Python's collector has little to look for there."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Things made between two looks at the youngest; Python's own choice is 2,000.
_BETWEEN_LOOKS = 200_000


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Within, the collector looks a hundred times less often; after, as before."""
    before = gc.get_threshold()
    gc.set_threshold(_BETWEEN_LOOKS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
