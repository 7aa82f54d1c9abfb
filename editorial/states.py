"""Every workflow as one table of moves: who may go from where to where, under which name.

The actions read it, the database repeats it (`editorial.triggers`), `docs/states.md` is generated from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from editorial.models import ArticleState, CorrectionState
from schools.models import ImportBatch, ValueState


@dataclass(frozen=True)
class Move:
    """One arrow: the verb written in the trail, the state left, the state reached, and who does it."""

    verb: str
    source: str
    target: str
    who: str


VALUE = (
    Move("value.approve", ValueState.PENDING.value, ValueState.IN_FORCE.value, "verifier, not the author"),
    Move(
        "value.reject", ValueState.PENDING.value, ValueState.REJECTED.value, "verifier, not the author; with a reason"
    ),
    Move("value.withdraw", ValueState.PENDING.value, ValueState.WITHDRAWN.value, "the author, or a batch withdrawn"),
    Move("value.supersede", ValueState.IN_FORCE.value, ValueState.SUPERSEDED.value, "the approval of its successor"),
)
BATCH = (
    Move("import.commit", ImportBatch.State.PREVIEWED.value, ImportBatch.State.COMMITTED.value, "data cell"),
    Move("import.discard", ImportBatch.State.PREVIEWED.value, ImportBatch.State.DISCARDED.value, "data cell"),
    Move(
        "import.withdraw",
        ImportBatch.State.COMMITTED.value,
        ImportBatch.State.WITHDRAWN.value,
        "data cell, while none of its values counts",
    ),
)
ARTICLE = (
    Move("article.submit", ArticleState.DRAFT.value, ArticleState.SUBMITTED.value, "its author"),
    Move(
        "article.send_back",
        ArticleState.SUBMITTED.value,
        ArticleState.DRAFT.value,
        "a reviewer, not the author; with a reason",
    ),
    Move(
        "article.approve", ArticleState.SUBMITTED.value, ArticleState.APPROVED.value, "editor in chief, not the author"
    ),
    Move(
        "article.withdraw", ArticleState.APPROVED.value, ArticleState.WITHDRAWN.value, "editor in chief; with a reason"
    ),
)
CORRECTION = (
    Move("correction.submit", CorrectionState.DRAFT.value, CorrectionState.SUBMITTED.value, "who proposed it"),
    Move(
        "correction.send_back",
        CorrectionState.SUBMITTED.value,
        CorrectionState.DRAFT.value,
        "editor in chief, not who proposed it; with a reason",
    ),
    Move(
        "correction.approve",
        CorrectionState.SUBMITTED.value,
        CorrectionState.APPROVED.value,
        "editor in chief, not who proposed it; it goes out then",
    ),
    Move(
        "correction.abandon",
        CorrectionState.DRAFT.value,
        CorrectionState.ABANDONED.value,
        "who proposed it, or an editor in chief",
    ),
)
# A release stores instants, not a state: its stages are read from them. The table keeps their names and order.
RELEASE = (
    Move("release.sign", "computed", "signed", "who may sign; the data cell or the editor in chief"),
    Move("release.seal", "signed", "sealed", "editor in chief, not who signed; with the instant of publication"),
    Move("release.withdraw", "sealed", "withdrawn", "editor in chief; with a reason"),
)

WORKFLOWS: Mapping[str, tuple[Move, ...]] = {
    "value": VALUE,
    "import": BATCH,
    "article": ARTICLE,
    "correction": CORRECTION,
    "release": RELEASE,
}


def move(verb: str) -> Move:
    """The arrow of this verb; KeyError when no workflow has it."""
    for moves in WORKFLOWS.values():
        for candidate in moves:
            if candidate.verb == verb:
                return candidate
    raise KeyError(verb)


def pairs(workflow: str) -> tuple[tuple[str, str], ...]:
    """The (from, to) pairs a workflow allows, in the order of its table."""
    return tuple((m.source, m.target) for m in WORKFLOWS[workflow])


def as_markdown() -> str:
    """`docs/states.md`: one Mermaid diagram and one table per workflow."""
    parts = [
        "# States",
        "",
        "Generated from `editorial/states.py` by `make states`; a test compares them. *Published* is no state: it is",
        "derived from a seal and an instant, at the query.",
    ]
    for name, moves in WORKFLOWS.items():
        parts += ["", f"## {name.capitalize()}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {moves[0].source}"]
        parts += [f"    {m.source} --> {m.target}: {m.verb}" for m in moves]
        parts += ["```", "", "| from | to | verb | who |", "| --- | --- | --- | --- |"]
        parts += [f"| {m.source} | {m.target} | `{m.verb}` | {m.who} |" for m in moves]
    return "\n".join(parts) + "\n"
