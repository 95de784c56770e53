// Making elements. Everything enters as text.

/** An element; `properties` are its own properties where it has them, else attributes. null leaves one out. */
export function h(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined) continue;
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A button that does something here. `about` tells apart those of a list to who hears them only. */
export function button(text, act, { look = "", about = "" } = {}) {
  const node = h("button", { type: "button", className: look, textContent: text });
  if (about) node.setAttribute("aria-label", `${text}: ${about}`);
  node.addEventListener("click", act);
  return node;
}

/** Put the children of `list` in this order, all around the one that has the focus: to move it would take the focus away. */
export function order(list, nodes) {
  if (nodes.every((node, place) => node === list.children[place])) return;
  const still = Math.max(0, nodes.findIndex((node) => node.contains(document.activeElement)));
  nodes[still].before(...nodes.slice(0, still));
  nodes[still].after(...nodes.slice(still + 1));
}

/** A name no other element of the page has, although each control may be a module of its own. */
export function freshId() {
  return `q${crypto.randomUUID().slice(0, 8)}`;
}

export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
