import sys

import store
from nicegui import ui


def options(found):
    return {
        "title": {"text": f"{len(found)} rows"},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "value"},
        "series": [{"type": "scatter", "data": [list(row) for row in found]}],
    }


@ui.page("/")
def page():
    ui.markdown("# Second thoughts")
    forms = []
    for i in range(store.EXERCISES):
        ui.markdown(f"## Exercise {i + 1}\n\n{store.PASSAGE}")
        lonely, longing = ui.slider(min=0, max=10, value=5), ui.slider(min=0, max=10, value=5)
        note, button, said = ui.textarea(), ui.button("Save"), ui.label()
        forms.append((lonely, longing, note, button, said))
    count = ui.label(f"{len(store.rows())} rows")
    chart = ui.echart(options(store.rows()))

    def on_save(lonely, longing, note, said):
        n = store.save(int(lonely.value), int(longing.value), note.value or "")
        said.text, count.text = f"Saved row {n}", f"{n} rows"
        chart.options.clear()
        chart.options.update(options(store.rows()))
        chart.update()

    for lonely, longing, note, button, said in forms:
        button.on_click(lambda a=lonely, b=longing, c=note, d=said: on_save(a, b, c, d))


ui.run(host="127.0.0.1", port=int(sys.argv[1]), show=False, reload=False)
