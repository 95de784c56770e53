// The lock, while a page is open: shut from here, from another page, or because nobody has been at it for a while.

import { pause } from "./lifeline.js";

const IDLE = 600000;       // ms without a sign of her on any page of this browser
const LOOK_EVERY = 5000, SAY_EVERY = 30000, REPLY = 1500, KEEPING = 3000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "scroll"];
const STAYS = "Locked. What you typed last could not be kept. It is on this page only, until you open it again here, or close it.";
const NO_ANSWER = "It did not open: no answer came. Try again.";

/**
 * others: the channel to the other pages; blank(): leave nothing on the screen. A page that holds nothing unsent gives way to
 * the locked page; one that does stays, with a field to open it again.
 */
export function setUpLock({ lifeline, config, unsent, others, blank }) {
  let sign = Date.now(), said = 0, isShutting = false, isLeft = false;
  const post = (what) => fetch(`${config.baseUrl}${what}`, { method: "POST", cache: "no-store" });
  const field = openingField({ lifeline, config });

  const keepDrafts = async () => {
    document.dispatchEvent(new Event("second-thoughts:keep"));
    for (const until = Date.now() + KEEPING; unsent.size && Date.now() < until;) await pause(50);
  };
  const giveWay = () => {
    if (isLeft) return;
    if (unsent.size) return field.show();
    isLeft = true;
    blank();
    location.reload();
  };
  const shut = async () => {
    if (isShutting || isLeft) return;
    isShutting = true;
    others.postMessage("keep");
    await keepDrafts();
    const { locked } = await post("lock").then((reply) => reply.json(), () => ({ locked: false }));
    isShutting = false;
    sign = Date.now();
    if (!locked) return;
    others.postMessage("locked");
    lifeline.lose(true);
    giveWay();
  };

  const atWork = () => {
    sign = Date.now();
    if (sign - said < SAY_EVERY) return;
    said = sign;
    post("awake").catch(() => {});   // no server, no lock to keep open
  };
  const look = async () => {
    if (Date.now() - sign < IDLE) return;
    others.postMessage("who");   // this page may have slept while another was in use
    await pause(REPLY);
    if (Date.now() - sign >= IDLE) shut();
  };

  for (const name of SIGNS) window.addEventListener(name, atWork, { capture: true, passive: true });
  setInterval(look, LOOK_EVERY);
  document.addEventListener("second-thoughts:lock", shut);
  lifeline.addEventListener("lost", ({ detail }) => detail.shut && giveWay());
  lifeline.addEventListener("back", () => field.hide());
  others.addEventListener("message", async ({ data }) => {
    if (data === "keep") keepDrafts();
    if (data === "who" && Date.now() - sign < IDLE) others.postMessage("here");
    if (data === "here") sign = Date.now();
    if (data !== "locked") return;
    await keepDrafts();
    lifeline.lose(true);
    giveWay();
  });
}

/** The strip with one field, on a page whose words are nowhere else. There is none before it is needed: no browser fills it in. */
function openingField({ lifeline, config }) {
  const words = made("p", { role: "status" }), fault = made("p", { id: "unlock-said", className: "fault", role: "status" });
  const secret = made("input", { type: "password", id: "passphrase", autocomplete: "off", autocapitalize: "off", spellcheck: false });
  const form = made("form", { className: "strip unlock", autocomplete: "off" }, words,
    made("label", { htmlFor: "passphrase", textContent: "Passphrase" }), fault, secret, made("button", { textContent: "Open" }));
  secret.setAttribute("aria-describedby", fault.id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ page: config.page, passphrase: secret.value });
    const asked = { method: "POST", headers: { Accept: "application/json" }, body, cache: "no-store" };
    const { opened, said } = await fetch(`${config.baseUrl}unlock`, asked).then((reply) => reply.json())
      .catch(() => ({ opened: false, said: NO_ANSWER }));
    fault.textContent = said;
    secret.setAttribute("aria-invalid", String(!opened));
    secret.value = "";
    if (opened) lifeline.hurry();
    else secret.focus();
  });
  return {
    show() {
      if (!form.isConnected) document.getElementById("connection").after(form);
      words.textContent = STAYS;
    },
    hide() {
      form.remove();
      words.textContent = fault.textContent = "";
    },
  };
}

function made(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
