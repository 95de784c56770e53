import panel as pn
import store
from bokeh.plotting import figure as bokeh_figure

pn.extension()


def figure():
    found = store.rows()
    made = bokeh_figure(width=480, height=400)
    made.scatter([x for x, _ in found], [y for _, y in found])
    return made


count = pn.pane.Markdown(f"{len(store.rows())} rows")
shown = pn.pane.Bokeh(figure())


def exercise(i):
    lonely = pn.widgets.IntSlider(name="lonely", start=0, end=10, value=5)
    longing = pn.widgets.IntSlider(name="longing", start=0, end=10, value=5)
    note, button, said = pn.widgets.TextAreaInput(name="note"), pn.widgets.Button(name="Save"), pn.pane.Str("")

    def on_save(_event):
        n = store.save(lonely.value, longing.value, note.value)
        said.object, count.object, shown.object = f"Saved row {n}", f"{n} rows", figure()

    button.on_click(on_save)
    return pn.Column(f"## Exercise {i + 1}\n\n{store.PASSAGE}", lonely, longing, note, button, said)


pn.Column("# Second thoughts", *map(exercise, range(store.EXERCISES)), count, shown).servable()
