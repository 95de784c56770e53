"""A declaration is checked when it is loaded, and every fault is told with its place and the way out."""

from pathlib import Path

import pytest

from widgets.catalogue import DATA, CatalogueError, load_catalogue

GOOD = """
- id: walk
  table: walks
  title: A walk
  kind: series
  items:
    - {id: mood, type: scale, range: [0, 10], ask: How was it}
    - {id: again, type: choice, ask: Again, choices: {yes: "yes", no: "no"}}
    - {id: why, type: text, ask: Why, show_if: {again: no}}
"""


def load(folder: Path, yaml: str):
    exercises = folder / "exercises"
    exercises.mkdir(exist_ok=True)
    (exercises / "01-walks.yaml").write_text(yaml)
    return load_catalogue(folder)


def faults(folder: Path, yaml: str) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load(folder, yaml)
    return caught.value.faults


def test_yes_and_no_are_answer_codes_not_truth_values(tmp_path: Path) -> None:
    """Plain `yes` in YAML is the code a reader's answer is kept as."""
    item = load(tmp_path, GOOD).exercise("walk").item("again")
    assert list(item.choices) == ["yes", "no"]


CASES = {
    "a scale without range": ("{id: mood, type: scale, ask: How}", "item mood", "range: [0, 10]"),
    "range turned round": ("{id: mood, type: scale, ask: How, range: [10, 0]}", "item mood", "from low to high"),
    "a choice without choices": ("{id: mood, type: choice, ask: How}", "item mood", "at least two choices"),
    "an unknown type": ("{id: mood, type: slider, ask: How}", "item mood", "'scale'"),
    "an unknown field": ("{id: mood, type: text, ask: How, colour: red}", "item mood, colour", "no such field"),
    "no question": ("{id: mood, type: text}", "item mood", "ask: …"),
    "an id with a space": ("{id: my mood, type: text, ask: How}", "item my mood", "small letters"),
    "letters of a scale": ("{id: mood, type: scale, range: [0, 10], ask: How, max: 3}", "item mood", "use range"),
    "an unknown placeholder": ("{id: mood, type: text, ask: 'Did {she} call'}", "item mood", "{he} {him}"),
    "show_if on nothing": (
        "{id: mood, type: text, ask: How, show_if: {weather: sun}}",
        "item mood",
        "does not stand before it",
    ),
    "rows without a table": ("{id: mood, type: rows, ask: How}", "item mood", "table: decision_lines"),
    "help on an unknown code": (
        "{id: m, type: choice, ask: How, choices: {a: x, b: y}, help_on: [c]}",
        "item m",
        "not among the choices",
    ),
}


@pytest.mark.parametrize(("item", "where", "way_out"), CASES.values(), ids=CASES.keys())
def test_a_bad_item_is_told_with_file_exercise_item_and_way_out(
    tmp_path: Path, item: str, where: str, way_out: str
) -> None:
    """The sentence names all four, so that it can be mended without reading code."""
    yaml = f"- id: walk\n  table: walks\n  title: A walk\n  kind: series\n  items:\n    - {item}\n"
    [fault] = faults(tmp_path, yaml)
    assert fault.startswith("exercises/01-walks.yaml: exercise walk")
    assert where in fault
    assert way_out in fault


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two bad exercises and a bad file are three sentences of one error."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "00-broken.yaml").write_text("- id: [\n")
    bad = GOOD.replace("range: [0, 10], ", "") + GOOD.replace("id: walk", "id: run").replace(
        "kind: series", "kind: daily"
    )
    found = faults(tmp_path, bad)
    assert [f.split(":")[0] for f in found] == [
        "exercises/00-broken.yaml, line 2",
        "exercises/01-walks.yaml",
        "exercises/01-walks.yaml",
    ]


@pytest.mark.parametrize(
    ("field", "says"),
    [("branches: [sometimes]", "'let_go'"), ("core_in: [let_go]", "core: false")],
)
def test_where_an_exercise_is_offered_is_checked(tmp_path: Path, field: str, says: str) -> None:
    """Only ways that there are; standing open somewhere is for what waits elsewhere."""
    [fault] = faults(tmp_path, GOOD.replace("kind: series", f"kind: series\n  {field}"))
    assert says in fault


STEPS = GOOD.replace("type: scale,", "type: scale, after: 10,")


@pytest.mark.parametrize(
    ("yaml", "way_out"),
    [
        (STEPS, "write both or neither"),
        (GOOD.replace("kind: series", "kind: series\n  open_for: 60"), "write both or neither"),
        (STEPS.replace("kind: series", "kind: series\n  open_for: 10"), "longer than the longest after"),
        (STEPS.replace("kind: series", "kind: list\n  open_for: 60"), "belongs to a series"),
    ],
)
def test_steps_that_could_never_be_asked_are_told(tmp_path: Path, yaml: str, way_out: str) -> None:
    """An entry must be open when its last step comes."""
    [fault] = faults(tmp_path, yaml)
    assert way_out in fault


def test_two_exercises_that_share_a_table_must_agree(tmp_path: Path) -> None:
    """One column cannot be a number for one exercise and a text for another."""
    other = GOOD.replace("id: walk", "id: run").replace("type: scale, range: [0, 10]", "type: text")
    [fault] = faults(tmp_path, GOOD + other)
    assert "exercise run, item mood: exercise walk keeps it in table walks as Int64" in fault


def test_a_text_with_a_colon_is_explained(tmp_path: Path) -> None:
    """The commonest slip in YAML gets the line and what to do."""
    [fault] = faults(tmp_path, GOOD.replace("ask: Why", "ask: Why: tell"))
    assert "01-walks.yaml, line 9" in fault
    assert "quotes" in fault


def test_an_unknown_claim_is_told(tmp_path: Path) -> None:
    """Exercises may only name claims the article makes."""
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "claims.yaml").write_text("- {id: Q1, section: 1, status: keep, text: You left}\n")
    [fault] = faults(tmp_path, GOOD.replace("kind: series", "kind: series\n  claims: [Q1, Q99]"))
    assert "Q99 is not in article/claims.yaml" in fault


def test_a_claim_s_faults_are_told(tmp_path: Path) -> None:
    """A placeholder nobody can fill, and a claim we reword without saying how."""
    (tmp_path / "article").mkdir()
    claims = "- {id: Q1, section: 1, status: keep, text: 'You left {her}'}\n"
    (tmp_path / "article" / "claims.yaml").write_text(claims)
    [fault] = faults(tmp_path, GOOD)
    assert fault.startswith("article/claims.yaml: claim Q1: {her} is no placeholder")
    (tmp_path / "article" / "claims.yaml").write_text("- {id: Q1, section: 1, status: reword, text: You left}\n")
    [fault] = faults(tmp_path, GOOD)
    assert "we_say" in fault


def test_a_sentence_that_stands_in_needs_something_to_stand_for(tmp_path: Path) -> None:
    """Where all is said to everyone, a preface or a substitute would never be read."""
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "claims.yaml").write_text("- {id: Q1, section: 1, status: keep, text: You left}\n")
    passage = "---\npage: 00-begin\n---\n## a\n\nTo some. [preface]\n\nYou left. [Q1]\n"
    (tmp_path / "article" / "00-begin.md").write_text(passage)
    [fault] = faults(tmp_path, GOOD)
    assert "passage a, [preface] has nothing to stand for" in fault


def test_tables_columns_and_dtypes_derive_from_the_declaration(tmp_path: Path) -> None:
    """Adding an item adds a column, with the dtype its type has."""
    columns = load(tmp_path, GOOD).tables["walks"].columns
    assert [(c.name, c.dtype, c.codes) for c in columns] == [
        ("mood", "Int64", ()),
        ("again", "category", ("yes", "no")),
        ("why", "string", ()),
    ]


def test_rows_have_a_table_of_their_own(tmp_path: Path) -> None:
    """A rows item names the table its rows are read from, and that table names its parent."""
    yaml = (
        GOOD
        + "    - {id: steps, type: rows, table: walk_steps, ask: Steps, items: [{id: what, type: text, ask: What}]}\n"
    )
    catalogue = load(tmp_path, yaml)
    assert catalogue.tables["walk_steps"].parent == ("walks", "steps")
    assert "steps" not in [c.name for c in catalogue.tables["walks"].columns]


def test_the_workbooks_own_declarations_load() -> None:
    """All of data/ is sound."""
    assert {"safe-start", "timeline", "boxes", "sorted-thoughts", "forecast", "friend-letter"} <= set(
        load_catalogue(DATA).exercises
    )
