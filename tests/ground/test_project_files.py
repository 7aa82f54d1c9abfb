"""The documents say what the project does, and the scripts of `make check` see what they are there to see."""

import ast
import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from palmares.settings.environment import KNOWN
from tests.ground.running import ROOT, environment


def script(name):
    """The module scripts/<name>.py."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(path):
    return (ROOT / path).read_text()


def test_python_version_is_pinned():
    assert text(".python-version") == "3.13\n"
    assert 'requires-python = "==3.13.*"' in text("pyproject.toml")


def test_the_lock_agrees_with_the_project():
    assert list(script("check_lock").problems(text("pyproject.toml"), text("requirements.lock"))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lock: re.sub(r"(?m)^django==\S+", "django==6.0.10", lock), "django==6.1.* is locked at 6.0.10"),
        (lambda lock: re.sub(r"(?ms)^tqdm==.*?(?=^\w)", "", lock), "tqdm>=4.67 is not locked"),
        (lambda lock: re.sub(r"(?ms)^(tqdm==\S+) .*?(?=^\w)", r"\1\n", lock), "tqdm has no hash"),
        (lambda lock: lock + "# https://packages.example.org/\n", "an address is written in it"),
        (
            lambda lock: lock + "left==1.0 \\\n    --hash=sha256:00\n    # via palmares (pyproject.toml)\n",
            "left is locked as a dependency of ours, and pyproject.toml does not name it",
        ),
    ],
)
def test_a_lock_that_disagrees_is_seen(change, said):
    assert said in list(script("check_lock").problems(text("pyproject.toml"), change(text("requirements.lock"))))


def test_floats_in_the_engine_are_seen():
    source = 'exact = Decimal("0.1")\nsloppy = 0.1\nworse = float(exact)\nwhole = 3\n'
    assert list(script("check_floats").floats(source)) == [2, 3]


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("schools/naming.py", True),
        ("schools/utils.py", False),
        ("schools/Naming.py", False),
        ("schools/migrations/0001_units_and_values.py", True),
        ("templates/desk/_row.html", True),
        ("templates/desk/Row.html", False),
        ("tests/schools/__init__.py", False),
        ("schools/__init__.py", True),
    ],
)
def test_names_of_files(path, good):
    assert (script("check_names").problem(Path(path)) is None) is good


REPORT = """
SKIPPED [2] tests/a/test_one.py:12: shared data not found
SKIPPED [1] tests/a/test_two.py:7: PostgreSQL only
SKIPPED [1] tests/a/test_three.py:9: it was raining
"""


@pytest.mark.parametrize(
    ("database", "found", "refused"),
    [
        ("sqlite", False, ["it was raining"]),
        ("sqlite", True, ["shared data not found", "it was raining"]),
        ("postgresql", False, ["PostgreSQL only", "it was raining"]),
    ],
)
def test_a_skip_nobody_allowed_is_seen(database, found, refused):
    gate = script("check_skips")
    lines = gate.refused(REPORT, gate.allowed_reasons(database, shared_data_found=found))
    assert [line.split(": ", 1)[1] for line in lines] == refused


def targets():
    return set(re.findall(r"^([a-z-]+):.*##", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/deployment.md"])
def test_every_command_of_the_documents_exists(document):
    named = set(re.findall(r"\bmake ([a-z-]+)", text(document)))
    assert named, "the document names no command"
    assert named <= targets()


def test_make_help_lists_every_target():
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line.split()[1] for line in said.stdout.splitlines()} == targets()


def test_the_table_of_variables_is_that_of_the_settings():
    documented = set(re.findall(r"^\| `(PALMARES_\w+)`", text("docs/deployment.md"), re.MULTILINE))
    assert documented == KNOWN


def test_the_readme_leads_to_every_document():
    named = set(re.findall(r"\]\((docs/[^)#]+\.md)\)", text("README.md")))
    assert named == {str(document.relative_to(ROOT)) for document in ROOT.glob("docs/*.md")}


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    for document in documents:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} → {target}"


def imported(path):
    """The modules that the Python file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_readers_of_files_know_no_database():
    readers = sorted(ROOT.glob("schools/importing/**/*.py"))
    assert readers
    for path in readers:
        assert not [name for name in imported(path) if name.startswith("django.db")], path


@pytest.mark.parametrize("required", [False, True])
def test_a_missing_browser_is_said_in_the_last_lines(required):
    variables = {"PALMARES_CHROMIUM": "/no/such/browser"} | ({"PALMARES_REQUIRE_BROWSER": "1"} if required else {})
    said = subprocess.run(
        ["bash", "scripts/test.sh", "--version"],
        cwd=ROOT,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    last = said.stdout.splitlines()[-6:]
    assert (said.returncode != 0) is required
    assert any(("browser tests are required" if required else "BROWSER TESTS WERE SKIPPED") in line for line in last)
    assert said.stdout.count("pytest 9.") == 1, "the browser tests ran without a browser"


def test_every_test_of_the_browser_is_among_the_files_that_its_run_reads():
    named = re.search(r"set -- (.*)", text("scripts/test.sh"))[1].split()
    marked = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py") if MARK in path.read_text()]
    assert len(marked) > 5
    assert [path for path in marked if not path.startswith(tuple(named))] == []
    # And the other run, which leaves that folder out, misses nothing there.
    tests = (ROOT / "tests" / "browser").glob("test_*.py")
    assert [path.name for path in tests if MARK not in path.read_text()] == []


MARK = "pytest.mark." + "browser"
