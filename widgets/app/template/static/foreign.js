// Widgets of other makers: Voilà's complete front end is loaded for them, beside our own host. Both are clients of one kernel.

/** Show the views whose `data-foreign` holds the output they come from. */
export function showForeign(views, config) {
  for (const view of views) {
    view.classList.add("shown");
    view.append(script({ type: "application/vnd.voila.cell-output+json", textContent: view.dataset.foreign }));
  }
  const shell = document.createElement("div");   // the front end puts this into its own frame, and leaves our page alone
  shell.id = "rendered_cells";
  shell.hidden = true;
  document.body.append(shell);
  startAtOnce();
  Object.assign(document.body.dataset, { baseUrl: `${config.baseUrl}voila/`, voila: "voila",
    jpThemeLight: String(!matchMedia("(prefers-color-scheme: dark)").matches), jpThemeName: "JupyterLab Light" });
  for (const name of ["voila-style.js", "voila.js"])
    document.body.append(script({ src: `${config.baseUrl}voila/static/${name}`, async: false }));
}

// It waits for the window's load event, which is over by now.
function startAtOnce() {
  const listen = window.addEventListener;
  window.addEventListener = (type, handler, ...rest) => {
    if (type === "load" && document.readyState === "complete") handler();
    else listen.call(window, type, handler, ...rest);
  };
}

function script(properties) {
  return Object.assign(document.createElement("script"), properties);
}
