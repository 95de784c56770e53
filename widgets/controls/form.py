"""Any exercise of the catalogue as a form of native, labelled controls."""

from .control import HERE, Control, module, stylesheet


class Form(Control):
    """Asks the questions of one exercise, hands over what is saved, drafted or withdrawn, and shows how that went.

    handle answers `open` with `{"spec", "state"}` and `save`, `withdraw`, `restore`, `draft`, `drop-draft`, and what
    `state["offer"]` names, once the journal has them; where `state["earlier"]` says that there are more lines,
    `earlier` with `{"state"}`, all of them in it. Its pushes are `{"push": "state", "state"}` and
    `{"push": "spec", "spec", "state"}`.
    """

    _esm = module(HERE / "form" / "main.js")
    _css = stylesheet("form.css")
