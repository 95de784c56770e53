"""environment.yml and pyproject.toml say the same, and conda would understand it."""

import tomllib
from pathlib import Path

import yaml
from rattler import MatchSpec

ROOT = Path(__file__).parents[1]


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {*project["dependencies"], *project["optional-dependencies"]["test"], f"python{project['requires-python']}"}


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
