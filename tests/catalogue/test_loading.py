"""A declaration is checked when it is loaded, and every fault is told with its place and the way out."""

from pathlib import Path

import pytest

from widgets.catalogue import DATA, RESERVED, CatalogueError, load_catalogue

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
    "inner show_if on nothing": (
        "{id: m, type: rows, table: w, ask: How, items: [{id: a, type: text, ask: b, show_if: {zzz: yes}}]}",
        "item m, item a",
        "show_if names zzz, which does not stand before it",
    ),
    "two inner items of one name": (
        "{id: m, type: rows, table: w, ask: How, items: [{id: a, type: text, ask: b}, {id: a, type: date, ask: c}]}",
        "item m, item a",
        "give one of them another id",
    ),
    "rows in rows": (
        "{id: m, type: rows, table: w, ask: How, "
        "items: [{id: a, type: rows, table: v, ask: b, items: [{id: c, type: text, ask: d}]}]}",
        "item m, item a",
        "a row cannot hold rows",
    ),
    "details that a row would store all the same": (
        "{id: m, type: rows, table: w, ask: How, items: [{id: k, type: yes-no, ask: b}, "
        "{id: a, type: text, ask: c, keep_if: k}]}",
        "item m, item a",
        "keep_if is about a whole entry",
    ),
    "rows in the exercise's own table": (
        "{id: m, type: rows, table: walks, ask: How, items: [{id: a, type: text, ask: b}]}",
        "item m",
        "table walks is already that of exercise walk",
    ),
    "a seal that is no day": ("{id: sealed_until, type: text, ask: How}", "item sealed_until", "write type: date"),
    "half steps of a scale": ("{id: m, type: scale, ask: How, range: [0, 4], step: 0.5}", "item m", "type: number"),
    "whole steps from a half": ("{id: m, type: number, ask: How, range: [0.5, 4], step: 1}", "item m", "whole ones"),
    "an end no step reaches": ("{id: m, type: scale, ask: How, range: [0, 25]}", "item m", "do not reach 25"),
    "days turned round": ("{id: m, type: date, ask: How, from_today: [90, 7]}", "item m", "turn the two round"),
    "none among the choices": (
        "{id: m, type: choices, ask: How, choices: {none: x, b: y}, none: neither}",
        "item m",
        "give the choice of that code another one",
    ),
    "a label that cannot be said": (
        "{id: m, type: choices, ask: How, choices: {a: x, b: y}, none: 'not {she}'}",
        "item m, none",
        "{he} {him}",
    ),
    "half a range": ("{id: m, type: scale, ask: How, range: [0]}", "item m, range", "write a pair"),
    "a number for a text": ("{id: m, type: text, ask: 5}", "item m, ask", "in quotes"),
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


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_an_item_does_not_take_the_place_of_a_column_of_every_table(tmp_path: Path, name: str) -> None:
    """Not beside others, and not inside rows."""
    inner = f"{{id: steps, type: rows, table: steps, ask: S, items: [{{id: {name}, type: text, ask: T}}]}}"
    found = faults(tmp_path, GOOD + f"    - {{id: {name}, type: text, ask: T}}\n    - {inner}\n")
    assert [f.split(": ")[1] for f in found] == [f"exercise walk, item {i}" for i in (name, f"steps, item {name}")]
    assert all("give the item another id" in f for f in found)


def test_a_faulty_item_hides_no_other_fault(tmp_path: Path) -> None:
    """Of the item itself, of the exercise, of its table and of its claims: mended in one go."""
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "claims.yaml").write_text("- {id: Q1, section: 1, status: keep, text: You left}\n")
    (tmp_path / "article" / "00-begin.md").write_text("---\npage: 00-begin\n---\n## a\n\nYou left. [Q1]\n")
    other = GOOD.replace("id: walk", "id: run").replace("type: scale, range: [0, 10]", "type: scale, max: 3, high: h")
    other = other.replace("id: again, type: choice", "id: again, type: text").replace(
        "kind: series", "kind: single\n  claims: [Q2]\n  cap: 3"
    )
    assert [
        f.removeprefix("exercises/01-walks.yaml: exercise run").split(";")[0] for f in faults(tmp_path, GOOD + other)
    ] == [
        ": cap belongs to a series, not to a single",
        ": cap and cap_text go together",
        ", item mood: max belongs to text or long-text, not to scale",
        ", item mood: a scale needs range, for example range: [0, 10]",
        ", item again: choices belongs to choice or choices or piles or rank, not to text",
        ", item why: show_if needs choice or piles or choices or yes-no, and again is text",
        ", item again: exercise walk keeps it in table walks as category yes no, and this one as string yes no",
        ", claims: Q2 is not in article/claims.yaml",
    ]


def test_a_fixed_answer_is_one_that_its_item_can_have(tmp_path: Path) -> None:
    """It is written into every entry without being asked for."""
    assert load(tmp_path, GOOD.replace("kind: series", "kind: series\n  fixed: {again: no}"))
    [fault] = faults(tmp_path, GOOD.replace("kind: series", "kind: series\n  fixed: {again: perhaps}"))
    assert "fixed says 'perhaps' for again, which it never answers" in fault


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


ROWS = "    - {id: steps, type: rows, table: TABLE, ask: Steps, items: [{id: what, type: text, ask: What}]}\n"


@pytest.mark.parametrize(("taken", "is_first"), [("walks", True), ("runs", True), ("runs", False), ("run_steps", True)])
def test_rows_have_no_table_that_is_another_s(tmp_path: Path, taken: str, is_first: bool) -> None:
    """An exercise's, wherever it is declared, or that of other rows: one would be read in place of the other."""
    walk = GOOD + ROWS.replace("TABLE", taken)
    run = (
        (GOOD + ROWS.replace("TABLE", "run_steps"))
        .replace("id: walk", "id: run")
        .replace("table: walks", "table: runs")
    )
    found = faults(tmp_path, walk + run if is_first else run + walk)
    assert [f"table {taken} is already that of exercise" in fault for fault in found] == [True]


def test_rows_are_no_text_of_another_exercise(tmp_path: Path) -> None:
    """Two exercises of one table mean the same by a name."""
    other = GOOD.replace("id: walk", "id: run") + ROWS.replace("TABLE", "steps").replace("id: steps", "id: note")
    [fault] = faults(tmp_path, GOOD + "    - {id: note, type: text, ask: N}\n" + other)
    assert "item note: exercise walk keeps it in table walks as string, and this one as rows" in fault


def test_a_choice_of_a_code_that_stands_there_already_is_told(tmp_path: Path) -> None:
    """YAML would keep the last, and one of the answers would be gone without a word."""
    [fault] = faults(tmp_path, GOOD.replace('no: "no"', 'yes: "no"'))
    assert "01-walks.yaml, line 8: this is not valid YAML (yes stands there twice)" in fault


def test_a_file_of_another_encoding_is_told_with_the_others(tmp_path: Path) -> None:
    """An editor's habit, not a crash at the start."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "00-old.yaml").write_bytes("- title: ä".encode("cp1252"))
    assert faults(tmp_path, "- walk")[0] == "exercises/00-old.yaml: this is not UTF-8; save it as UTF-8 in your editor"


def test_what_is_declared_for_a_page_that_there_is_not_is_told(tmp_path: Path) -> None:
    """It would be shown nowhere."""
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "pages.yaml").write_text("- {name: 00-begin, title: Start}\n")
    [fault] = faults(tmp_path, GOOD)
    assert fault.startswith("exercises/01-walks.yaml: there is no page 01-walks; write one of 00-begin, or add it")


def test_a_claim_that_no_passage_tells_is_no_claim_to_serve(tmp_path: Path) -> None:
    """From an exercise a step leads to the place where its claim is told."""
    (tmp_path / "article").mkdir()
    claims = "- {id: Q1, section: 1, status: keep, text: You left}\n- {id: Q2, section: 1, status: keep, text: Then}\n"
    (tmp_path / "article" / "claims.yaml").write_text(claims)
    (tmp_path / "article" / "00-begin.md").write_text("---\npage: 00-begin\n---\n## a\n\nYou left. [Q1]\n")
    [fault] = faults(tmp_path, GOOD.replace("kind: series", "kind: series\n  claims: [Q1, Q2]"))
    assert "exercise walk, claims: no passage tells Q2; end a paragraph" in fault


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


@pytest.mark.parametrize("spoilt", ["- {id: Q1, section: 1, status: kept, text: You left}\n", "- id: [\n"])
def test_a_claim_that_cannot_be_read_is_told_once(tmp_path: Path, spoilt: str) -> None:
    """And not again wherever it is named, which is right."""
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "claims.yaml").write_text("- {id: Q2, section: 1, status: keep, text: Then}\n" + spoilt)
    passage = "---\npage: 00-begin\n---\n## a\n\nTo some. [preface]\n\nYou left. [Q1]\n"
    (tmp_path / "article" / "00-begin.md").write_text(passage)
    [fault] = faults(tmp_path, GOOD.replace("kind: series", "kind: series\n  claims: [Q1]"))
    assert fault.startswith("article/claims.yaml")


def test_a_passage_tells_no_claim_that_is_not_declared(tmp_path: Path) -> None:
    (tmp_path / "article").mkdir()
    claims = "- {id: Q1, section: 1, status: keep, text: You left}\n- {id: Q2, section: 1, status: keep, text: Then}\n"
    (tmp_path / "article" / "claims.yaml").write_text(claims)
    (tmp_path / "article" / "00-begin.md").write_text("---\npage: 00-begin\n---\n## a\n\nYou left. [Q1, Q3]\n")
    [fault] = faults(tmp_path, GOOD)
    assert fault == "article/00-begin.md: passage a: Q3 is not in article/claims.yaml; write one of Q1 to Q2"


def test_a_claim_s_faults_are_told(tmp_path: Path) -> None:
    """A placeholder nobody can fill, and a claim we reword without saying how."""
    (tmp_path / "article").mkdir()
    claims = "- {id: Q1, section: 1, status: keep, text: 'You left {her}'}\n"
    (tmp_path / "article" / "claims.yaml").write_text(claims)
    [fault] = faults(tmp_path, GOOD)
    assert fault.startswith("article/claims.yaml: claim Q1, text: {her} is no placeholder")
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
