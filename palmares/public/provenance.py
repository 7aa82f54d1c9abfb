"""Where a value comes from, for the reader."""

from dataclasses import dataclass

from palmares.public import wording
from rankings.models import ReleaseValue

# A value made of more cells than this lists them in a part that opens.
FEW_CELLS = 3


@dataclass(frozen=True)
class Source:
    """Where one value comes from, down to its cells, and who vouches for what."""

    value: ReleaseValue

    @property
    def cells(self) -> list[dict[str, str]]:
        return list(self.value.cells)

    @property
    def few(self) -> bool:
        return len(self.cells) <= FEW_CELLS

    @property
    def place(self) -> str:
        """The first cell in short: « Effectifs, F47 », or the document's title."""
        first = self.cells[0] if self.cells else {}
        parts = [part for part in (first.get("sheet", ""), first.get("cell", "")) if part]
        return ", ".join(parts) or self.value.source_title

    @property
    def others(self) -> int:
        """How many cells there are beside the first."""
        return max(len(self.cells) - 1, 0)

    @property
    def meaning(self) -> str:
        return wording.meaning_words(self.value.verified_meaning)

    @property
    def kept_back(self) -> str:
        return wording.leaves_words(self.value.source_leaves)

    @property
    def short_digest(self) -> str:
        return self.value.source_sha256[:12]
