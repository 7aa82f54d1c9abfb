"""What docs/engine.md says to type gives what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rankings.engine.shell.commands import main
from tests.engine.methods import head, leaf

DOCUMENT = (Path(__file__).parents[3] / "docs" / "engine.md").read_text()
METHOD = head(coverage="0.6") + leaf("a", scale='kind = "minmax", better = "higher", low = 0, high = 4')


def test_the_program_makes_a_table_of_a_published_document(tmp_path, capsys):
    [program] = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    values = {
        "x": {"a": {"figure": "1", "kind": "known"}},
        "y": {"a": {"figure": "3", "kind": "carried_over"}},
        "z": {"a": {"kind": "secret"}},
        "out": {"a": {"figure": "4", "kind": "known"}},
    }
    published = {"indicators": {"a": {}, "b": {}}, "values": values, "left_out": {"out": "Too young."}}
    (tmp_path / "version.json").write_text(json.dumps(published))
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["unit,a,b", "x,1,", "y,3,", "z,secret,"]
    (tmp_path / "data.csv").write_text(done.stdout)
    (tmp_path / "method.toml").write_text(METHOD)
    assert main(["rank", str(tmp_path / "data.csv"), str(tmp_path / "method.toml")]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[1:4]] == [
        ["1", "y"],
        ["2", "x"],
        ["–", "z"],
    ]


@pytest.mark.parametrize("command", ["rank", "compare", "check"])
def test_every_option_is_told(capsys, command):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    options = set(re.findall(r"--[a-z]\w+", capsys.readouterr().out))
    assert "--help" in options
    assert options - {"--help"} <= set(re.findall(r"--[a-z]\w+", DOCUMENT))
