import sys

import plotly.graph_objects as go
import store
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

app = Dash(serve_locally=True)


def figure():
    found = store.rows()
    dots = go.Scatter(x=[x for x, _ in found], y=[y for _, y in found], mode="markers")
    return go.Figure(dots, {"title": {"text": f"{len(found)} rows"}})


def exercise(i):
    def of(what):
        return {"what": what, "i": i}

    return [
        html.H2(f"Exercise {i + 1}"),
        html.P(store.PASSAGE),
        dcc.Slider(0, 10, 1, value=5, id=of("lonely")),
        dcc.Slider(0, 10, 1, value=5, id=of("longing")),
        dcc.Textarea(id=of("note"), value=""),
        html.Button("Save", id=of("save")),
        html.Div(id=of("said")),
    ]


def layout():
    exercises = [part for i in range(store.EXERCISES) for part in exercise(i)]
    return html.Div([html.H1("Second thoughts"), *exercises, dcc.Graph(id="figure", figure=figure())])


app.layout = layout


@app.callback(
    Output({"what": "said", "i": ALL}, "children"),
    Output("figure", "figure"),
    Input({"what": "save", "i": ALL}, "n_clicks"),
    State({"what": "lonely", "i": ALL}, "value"),
    State({"what": "longing", "i": ALL}, "value"),
    State({"what": "note", "i": ALL}, "value"),
    prevent_initial_call=True,
)
def on_save(_clicks, lonely, longing, note):
    i = ctx.triggered_id["i"]
    n = store.save(lonely[i], longing[i], note[i])
    return [f"Saved row {n}" if k == i else no_update for k in range(store.EXERCISES)], figure()


app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
