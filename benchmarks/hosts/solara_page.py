import solara
import store

number = solara.reactive(0)


@solara.component
def Exercise(i):
    lonely, longing, note, said = (solara.use_reactive(start) for start in (5, 5, "", ""))

    def on_save():
        n = store.save(lonely.value, longing.value, note.value)
        said.value, number.value = f"Saved row {n}", n

    solara.Markdown(f"## Exercise {i + 1}\n\n{store.PASSAGE}")
    solara.SliderInt("lonely", value=lonely, min=0, max=10)
    solara.SliderInt("longing", value=longing, min=0, max=10)
    solara.InputTextArea("note", value=note)
    solara.Button("Save", on_click=on_save)
    solara.Text(said.value)


@solara.component
def Page():
    solara.Markdown("# Second thoughts")
    for i in range(store.EXERCISES):
        Exercise(i)
    Figure(number.value)


@solara.component
def Figure(_number):
    found = store.rows()
    solara.Text(f"{len(found)} rows")
    solara.FigureEcharts(
        option={
            "xAxis": {"type": "value"},
            "yAxis": {"type": "value"},
            "series": [{"type": "scatter", "data": [list(row) for row in found]}],
        }
    )
