import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import store

    get_number, set_number = mo.state(0)
    return get_number, mo, set_number, store


@app.cell
def _(mo, set_number, store):
    def exercise(i):
        lonely, longing, note = mo.ui.slider(0, 10, value=5), mo.ui.slider(0, 10, value=5), mo.ui.text_area()

        def on_save(_):
            set_number(store.save(lonely.value, longing.value, note.value))

        button = mo.ui.button(label="Save", on_click=on_save)
        kept.extend([lonely, longing, note, button])  # marimo forgets what no name holds
        return mo.vstack([mo.md(f"## Exercise {i + 1}\n\n{store.PASSAGE}"), lonely, longing, note, button])

    kept = []
    mo.vstack([mo.md("# Second thoughts"), *(exercise(i) for i in range(store.EXERCISES))])
    return (kept,)


@app.cell
def _(get_number, mo, store):
    get_number()
    found = store.rows()
    mo.vstack([mo.md(f"Saved row {len(found)}"), mo.md(f"{len(found)} rows"), mo.Html(store.svg(found))])
    return


if __name__ == "__main__":
    app.run()
