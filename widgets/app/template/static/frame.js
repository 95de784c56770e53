// The frame's own doings: Close now, the connection strip, the list of pages, asking before words are lost.

import { setUpLock } from "./lock.js";

const LOST = "Connection lost. Keep this page open and go on writing; it is saved once the connection is back.";
const GONE = "Connection lost. Keep this page open: your words are on it. Start the workbook again with its command and open the "
  + "address it prints in another tab of this browser; then this page connects again.";
const BACK = "Connected again.";
const THRICE_WITHIN = 2000;   // ms
const DWELL = 60;             // ms a pointer rests on a link that is meant
const AGAIN = 10000;          // ms before the same page is asked for once more
const WIDE = matchMedia("(min-width: 64rem)");

/** Wire the frame to the page's lifeline and models. */
export function setUpFrame({ lifeline, models, connection, config }) {
  const unsent = watchUnsent(), others = new BroadcastChannel("second-thoughts");
  const close = closing({ lifeline, connection, config, unsent, others });
  setUpLock({ lifeline, config, unsent, others, blank });
  connectionStrip({ lifeline, models, unsent });
  pagesList(models);
  printing();
  heatAhead(config);
  window.addEventListener("pagehide", () => {
    document.documentElement.hidden = true;   // should the browser keep the page for Back, it keeps it blank
    if (!close.done) lifeline.leave();
  });
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

function watchUnsent() {
  const unsent = new Set();
  document.addEventListener("second-thoughts:unsent", ({ detail }) => {
    if (detail.unsent) unsent.add(detail.key);
    else unsent.delete(detail.key);
    document.dispatchEvent(new Event("second-thoughts:unsent-changed"));
  });
  window.addEventListener("beforeunload", (event) => unsent.size && event.preventDefault());
  return unsent;
}

/** A page whose link she points at, touches or reaches by key is made ahead. */
function heatAhead({ baseUrl }) {
  const asked = new Map();
  const heat = (link) => {
    const name = link.pathname.match(/\/render\/([\w-]+)\.ipynb$/)?.[1], now = performance.now();
    if (!name || link.origin !== location.origin || link.pathname === location.pathname) return;
    if (now - (asked.get(name) ?? -AGAIN) < AGAIN) return;
    asked.set(name, now);
    fetch(`${baseUrl}heat/${name}`, { method: "POST", keepalive: true }).catch(() => {});   // it opens all the same
  };
  const linkOf = ({ target }) => target.closest?.("a[href]");
  let resting;
  document.addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    const link = linkOf(event);
    if (link) resting = setTimeout(heat, event.pointerType === "mouse" ? DWELL : 0, link);
  });
  document.addEventListener("focusin", (event) => linkOf(event) && heat(linkOf(event)));
}

/** What stands above a place grows while it arrives. Returns what brings back the place that a link named, unless she
    has moved on meanwhile. */
export function holdPlace() {
  let moved = performance.getEntriesByType("navigation")[0]?.type !== "navigate";   // a reload goes back to where she was
  for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(sign, () => { moved = true; }, { once: true, passive: true });
  return () => moved || document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

// ---- Close now -------------------------------------------------------------------------------------------------------

function closing({ lifeline, connection, config, unsent, others }) {
  const state = { done: false };
  const close = (why = "", said = "") => {
    if (state.done) return;
    state.done = true;
    document.dispatchEvent(new CustomEvent("second-thoughts:closing"));   // drafts go out
    unsent.clear();
    blank();
    lifeline.leave();
    connection.drop();
    forget(`${config.baseUrl}closed${why}`, said);
  };
  const closeAll = (why, said) => {
    close(why, said);
    others.postMessage("close");
  };
  others.addEventListener("message", ({ data }) => data === "close" && close());
  document.getElementById("close-now").addEventListener("submit", (event) => {
    event.preventDefault();
    closeAll();
  });
  document.addEventListener("second-thoughts:deleted", ({ detail }) => closeAll(detail.said ? "" : "?everything=deleted", detail.said));
  document.addEventListener("second-thoughts:reload", () => location.reload());
  onThreeEscapes(() => closeAll());
  return state;
}

function blank() {
  window.stop();   // the page may still be arriving
  document.title = "Notes";
  document.body.replaceChildren();
}

// The answer to `address` takes the login away. Without a server the page stays as it is: blank. What is still to be said
// is said here: it is in no address.
function forget(address, said) {
  history.replaceState(null, "", address);
  if (said) tell(said);
  fetch(address, { cache: "no-store" }).then(() => said || location.replace(address), () => {});
}

function tell(said) {
  const main = document.createElement("main"), words = document.createElement("p");
  words.textContent = said;
  main.tabIndex = -1;
  main.append(Object.assign(document.createElement("h1"), { textContent: "Notes" }), words);
  document.body.append(main);
  main.focus();
}

function onThreeEscapes(act) {
  let presses = [];
  window.addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    presses = key === "Escape" ? [...presses.filter((at) => timeStamp - at < THRICE_WITHIN), timeStamp] : [];
    if (presses.length >= 3) act();
  }, true);
}

// ---- the strip under the header --------------------------------------------------------------------------------------

function connectionStrip({ lifeline, models, unsent }) {
  const strip = document.getElementById("connection");
  const main = document.getElementById("main");
  let due = false;   // is there still to say how things stand after a break?
  const say = (words) => {
    if (strip.textContent !== words) strip.textContent = words;   // it is live: the same is not said twice
  };
  const sayBack = async () => {
    if (unsent.size) return say(`${BACK} Saving what waited.`);
    const words = await howThingsStand(models.forms());
    if (!due || lifeline.lost || unsent.size) return;
    due = false;
    say(words);
  };
  lifeline.addEventListener("lost", ({ detail }) => {
    main.dataset.state = "lost";
    due = false;
    say(detail.shut ? "" : detail.gone ? GONE : LOST);   // of a lock that is shut the strip below speaks
  });
  lifeline.addEventListener("back", ({ detail }) => {
    main.dataset.state = lifeline.arrived ? "ready" : "loading";
    if (!detail.told) return;
    due = true;
    document.dispatchEvent(new CustomEvent("second-thoughts:connected"));
    say(BACK);
    sayBack();
  });
  document.addEventListener("second-thoughts:unsent-changed", () => {
    if (lifeline.lost) return;
    if (due) sayBack();
    else if (unsent.size) say("");   // what was said of the break is no longer so
  });
  document.addEventListener("second-thoughts:connection", ({ detail }) => {
    if (detail.state === "lost") lifeline.lose();
    if (detail.state === "back" && due && !lifeline.lost) sayBack();
    if (detail.state === "saved" && !lifeline.lost && !unsent.size) {
      due = false;
      say("");
    }
  });
}

/** With nothing on its way, the kernel knows whether something is kept that she has not saved. */
async function howThingsStand(forms) {
  try {
    const answers = await Promise.all(forms.map((form) => form.ask({ do: "open" })));
    if (answers.some(({ state }) => state?.draft)) return `${BACK} What you have not saved is kept as a draft.`;
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return answers.every(({ ok }) => ok) ? `${BACK} Everything is saved, ${time}.` : BACK;
  } catch {   // lost once more
    return BACK;
  }
}

// ---- pages, print ----------------------------------------------------------------------------------------------------

function pagesList(models) {
  const nav = document.getElementById("pages");
  const list = nav.querySelector("details");
  const fit = () => { list.open = WIDE.matches; };
  WIDE.addEventListener("change", fit);
  fit();
  document.querySelector(".to-pages").addEventListener("click", () => { list.open = true; });
  models.addEventListener("push", ({ detail }) => {
    for (const link of nav.querySelectorAll("a[data-page]"))
      link.querySelector("small").hidden = !detail.pages.includes(link.dataset.page);
  });
}

function printing() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    opened.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
}
