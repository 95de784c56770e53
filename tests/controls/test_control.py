"""What every control does between a page and Python, without a browser."""

import logging
from typing import Any

import pytest
from ipywidgets import DOMWidget

from widgets.controls import Control, Form

HERS = "the words she wrote"


class Told(Form):
    """A form that notes what it tells its page."""

    def send(self, content: Any, buffers: Any = None) -> None:
        self.__dict__.setdefault("told", []).append(content)


def receive(control: Control, content: Any) -> list[Any]:
    control._handle_custom_msg(content, [])
    return control.__dict__.get("told", [])


def test_an_answer_carries_the_id_of_its_question() -> None:
    form = Told(lambda request: {"state": request["do"]}, "One minute")
    assert receive(form, {"id": "a1", "do": "open"}) == [{"id": "a1", "ok": True, "state": "open"}]


def test_a_refusal_stays_a_refusal() -> None:
    form = Told(lambda request: {"ok": False, "error": {"kind": "invalid", "faults": []}}, "One minute")
    assert receive(form, {"id": "a1", "do": "save"})[0]["ok"] is False


def test_a_ping_is_answered_without_asking_the_journal() -> None:
    form = Told(lambda request: pytest.fail("asked"), "One minute")
    assert receive(form, {"id": "p", "do": "ping"}) == [{"id": "p", "ok": True}]


def test_an_unexpected_error_is_told_to_her_and_quotes_her_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: dict[str, Any]) -> dict[str, Any]:
        raise ValueError(HERS)

    with caplog.at_level(logging.DEBUG):
        told = receive(Told(fail, "One minute"), {"id": "a1", "do": "save", "answers": {"note": HERS}})
    assert told[0]["ok"] is False
    assert told[0]["error"]["message"].startswith("Not saved:")
    assert HERS not in str(told) + caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("content", [None, "open", {"do": "open"}, {"id": 7, "do": "open"}])
def test_what_is_no_question_gets_no_answer(content: Any) -> None:
    assert receive(Told(lambda request: {}, "One minute"), content) == []


def test_a_page_cannot_change_what_runs_in_other_pages() -> None:
    form = Form(lambda request: {}, "One minute")
    before = form.get_state()
    form.set_state({"_esm": "alert(1)", "_css": "*{}", "view": "x", "title": "x"})
    assert form.get_state() == before


def test_a_notebook_stores_nothing_of_hers() -> None:
    """A notebook keeps the traits: none but the widget's own, what it is, and the exercise's own title."""
    form = Form(lambda request: {"state": {"entries": [HERS]}}, "One minute\n  How is it?")
    own = {key for key in form.keys if not key.startswith("_")} - set(DOMWidget().keys)
    assert own == {"view", "title"}
    assert (form.view, form.title) == ("form", "One minute")


def test_the_twin_stands_where_no_widget_can() -> None:
    form = Form(lambda request: {}, "One minute\n  How is it?")
    data, _ = form._repr_mimebundle_()
    assert repr(form) == data["text/plain"] == "One minute\n  How is it?"
    assert "application/vnd.jupyter.widget-view+json" in data
    assert Control(lambda request: {}, "a", "*a*")._repr_mimebundle_()[0]["text/markdown"] == "*a*"
