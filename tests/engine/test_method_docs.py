"""The documents of the method say what the engine does."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import rankings.engine
from rankings.engine import Absence, parse_method
from rankings.engine.aggregates import AGGREGATES
from rankings.engine.counting import MISSING_CHILDREN
from rankings.engine.derived import OPERATIONS
from rankings.engine.exact import MODES, round_value
from rankings.engine.imputing import CENTRES, FILLERS
from rankings.engine.missing import RULES
from rankings.engine.parsing import KEYS
from rankings.engine.placing import LEVELS_BY
from rankings.engine.scales import BETTER, SCALES, gaps, percentile, places, quantiles, zscore
from rankings.engine.skewness import TREATMENTS
from rankings.engine.transforms import TRANSFORMS
from tests.engine.methods import head, leaf

WORDS = [*AGGREGATES, *MODES, *RULES, *SCALES, *BETTER, *MISSING_CHILDREN, *LEVELS_BY]
WORDS_OF_SCALES = sorted(
    {
        *quantiles.DEFINITIONS,
        *percentile.DEFINITIONS,
        *gaps.NEAREST_TO,
        *zscore.DEVIATIONS,
        *places.TIES,
        *places.SPACINGS,
    }
)
ROOT = Path(__file__).parents[2]
FILE_DOC = (ROOT / "docs" / "method-file.md").read_text()
RULES_DOC = (ROOT / "docs" / "method.md").read_text()
EXAMPLES = re.findall(r"```toml\n(.*?)```", FILE_DOC, re.DOTALL)
EXAMPLE = EXAMPLES[0]
PREPARING = (*OPERATIONS, *TRANSFORMS, *TREATMENTS, *CENTRES, "keep")
PREPARING_KEYS = {key for each in (*TREATMENTS.values(), *FILLERS.values()) for key in each.keys}


def test_the_example_is_a_method_and_shows_every_key():
    method = parse_method(EXAMPLE)
    candidates = ("candidats_concours", "candidats_dossier")
    fees = ("frais_annuels", "frais_annuels_avant")
    plain = (*candidates, "capacite", "effectif", "femmes", *fees, "hommes", "label_ddrs", "part_mentions_tb")
    assert method.indicators == plain
    every_key = {key for keys in KEYS.values() for key in keys} | {
        key for scale in SCALES.values() for key in scale.keys
    }
    tables = re.findall(r"^ *\[+(?:\w+\.)*(\w+)\]+$", EXAMPLE, re.MULTILINE)
    shown = set(re.findall(r"(\w+) = ", "".join(EXAMPLES))) | set(tables)
    assert every_key - shown == set()


def test_there_is_an_example_of_each_scale_and_it_is_one():
    (lines,) = (example.splitlines() for example in EXAMPLES if example.startswith("scale = "))
    read = [parse_method(head() + leaf("p", scale=line[10:-2])).leaves[0].scale for line in lines]
    assert [scale.kind for scale in read] == list(SCALES)


@pytest.mark.parametrize(
    "key",
    sorted(
        {key for keys in (*KEYS.values(), *(scale.keys for scale in SCALES.values()), PREPARING_KEYS) for key in keys}
    ),
)
def test_each_key_is_documented(key):
    prose = re.sub(r"```toml\n.*?```", "", FILE_DOC, flags=re.DOTALL)
    assert f"`{key}`" in prose


@pytest.mark.parametrize("word", [*WORDS, *WORDS_OF_SCALES, *PREPARING])
def test_each_word_is_documented_in_both(word):
    assert f'`"{word}"`' in FILE_DOC
    assert f"`{word}`" in RULES_DOC


@pytest.mark.parametrize("kind", list(Absence))
def test_each_kind_of_absence_is_in_the_rules(kind):
    assert f"`{kind}`" in RULES_DOC


def test_paragraphs_are_numbered_in_order_and_each_citation_finds_its_own():
    numbers = [int(number) for number in re.findall(r"^## §\u00a0(\d+)\.", RULES_DOC, re.MULTILINE)]
    assert numbers == list(range(1, 15))
    subsections = re.findall(r"^### §\u00a0(\d+\.\d+)\.", RULES_DOC, re.MULTILINE)
    known = {str(number) for number in numbers} | set(subsections)
    cited = set(re.findall(r"§\u00a0(\d+(?:\.\d+)?)", FILE_DOC + RULES_DOC))
    for module in Path(rankings.engine.__file__).parent.rglob("*.py"):
        cited |= set(re.findall(r"§ (\d+(?:\.\d+)?)", module.read_text()))
    assert cited - known == set()


def test_the_table_of_roundings_is_what_the_engine_does():
    numbers = ("0.25", "0.35", "-0.25")
    for mode in MODES:
        rounded = [str(round_value(Decimal(number), 1, mode)) for number in numbers]
        cells = [text.replace(".", ",").replace("-", "−") for text in rounded]
        (line,) = (line for line in RULES_DOC.splitlines() if line.startswith(f"| `{mode}`"))
        assert [cell.strip() for cell in line.split("|")[2:-1]] == cells


@pytest.mark.parametrize("document", [FILE_DOC, RULES_DOC])
def test_french_typography(document):
    prose = re.sub(r"```.*?```|`[^`]*`|https?://\S+", "x", document, flags=re.DOTALL)
    assert re.findall(r".{10} [;!?:%»]|« .{10}|.{10}'", prose) == []
    assert re.findall(r"\w[;!?]\s|\w:\s", prose) == []
