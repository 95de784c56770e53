// The page's side of widgets: anywidget's `model`, and all of them together.

/** What a widget's code gets as `model`: get, set, save_changes, on, off, send. */
class Model {
  #connection;
  #state = {};
  #unsaved = new Set();     // keys set here and not sent yet
  #echoes = new Map();      // key -> id of the message whose echo tells that the kernel has our value
  #handlers = new Map();
  #asked = new Map();

  constructor(id, connection) {
    this.id = id;
    this.#connection = connection;
    this.known = false;
    this.mounted = false;
    this.ready = new Promise((done) => { this.#arrived = done; });
    this.request();
  }

  #arrived;

  get(key) {
    return this.#state[key];
  }

  set(key, value) {
    const values = typeof key === "string" ? { [key]: value } : key;
    Object.keys(values).forEach((name) => this.#unsaved.add(name));
    this.#assign(values);
  }

  save_changes() {
    if (!this.#unsaved.size || !this.#connection.open) return;   // kept; sent by resume()
    const state = {}, buffers = [], paths = [], keys = [...this.#unsaved];
    for (const key of keys) {
      const value = this.#state[key];
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        buffers.push(value);
        paths.push([key]);
      } else {
        state[key] = value;
      }
    }
    this.#unsaved.clear();
    const id = this.#connection.send(this.id, { method: "update", state, buffer_paths: paths }, buffers);
    keys.forEach((key) => this.#echoes.set(key, id));
  }

  /** Throws where there is no connection. */
  send(content, _callbacks, buffers = []) {
    this.#connection.send(this.id, { method: "custom", content }, buffers);
  }

  on(events, handler) {
    for (const event of events.split(" ")) {
      if (!this.#handlers.has(event)) this.#handlers.set(event, new Set());
      this.#handlers.get(event).add(handler);
    }
  }

  off(events, handler) {
    if (!events) return this.#handlers.clear();
    for (const event of events.split(" ")) {
      if (handler) this.#handlers.get(event)?.delete(handler);
      else this.#handlers.delete(event);
    }
  }

  /** Ask the kernel's side something the widget's own code need not hear of. Resolves with the answer, if one comes. */
  ask(content) {
    const id = crypto.randomUUID();
    const answer = new Promise((done) => this.#asked.set(id, done));
    this.send({ ...content, id });
    return answer;
  }

  request() {
    if (this.#connection.open) this.#connection.send(this.id, { method: "request_state" });
  }

  /** After a break: what was not confirmed goes out again, then the state is asked for as it is now. */
  resume() {
    for (const key of this.#echoes.keys()) this.#unsaved.add(key);
    this.#echoes.clear();
    this.save_changes();
    this.request();
  }

  receive({ data }, parent, buffers) {
    const { method, state, buffer_paths: paths = [], content } = data;
    paths.forEach((path, i) => {
      path.slice(0, -1).reduce((part, key) => part[key], state)[path.at(-1)] = buffers[i];
    });
    if (method === "update") this.#take(state);
    else if (method === "echo_update") this.#takeEcho(state, parent.msg_id);
    else if (method === "custom") this.#hear(content, buffers);
  }

  #hear(content, buffers) {
    const answered = this.#asked.get(content?.id);
    if (answered) {
      this.#asked.delete(content.id);
      answered(content);
    } else {
      this.#emit("msg:custom", content, buffers);
    }
  }

  #take(state) {
    this.#assign(state);
    if (this.known || !("_model_module" in state)) return;   // a trait set early may arrive before the whole state
    this.known = true;
    this.#arrived(this);
  }

  // An echo tells what some page has set. Ours confirms a value; an older one must not undo a newer value of this page.
  #takeEcho(state, messageId) {
    for (const key of Object.keys(state)) {
      const own = this.#echoes.get(key);
      if (own === messageId) this.#echoes.delete(key);
      if (own || this.#unsaved.has(key)) delete state[key];
    }
    this.#assign(state);
  }

  #assign(values) {
    const changed = Object.keys(values).filter((key) => !same(this.#state[key], values[key]));
    Object.assign(this.#state, values);
    for (const key of changed) this.#emit(`change:${key}`, this, values[key]);
    if (changed.length) this.#emit("change", this);
  }

  #emit(event, ...details) {
    for (const handler of [...this.#handlers.get(event) ?? []]) handler(...details);
  }
}

function same(a, b) {
  return !ArrayBuffer.isView(b) && JSON.stringify(a) === JSON.stringify(b);
}

/** All models of the page. Event "push": a control's message to the frame ({push: …} in detail). */
export class Models extends EventTarget {
  #models = new Map();
  #connection;

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.addEventListener("message", ({ detail }) => this.#receive(detail));
  }

  /** The model of that id, which asks for its state when it is met first. */
  get(id) {
    if (!this.#models.has(id)) this.#models.set(id, new Model(id, this.#connection));
    return this.#models.get(id);
  }

  /** A mounted control of ours, to ask whether its kernel lives; undefined where the page has none. */
  control() {
    return this.forms()[0] ?? this.#mounted("reading")[0] ?? this.#mounted("tasks")[0];
  }

  /** The forms on screen. */
  forms() {
    return this.#mounted("form");
  }

  #mounted(view) {
    return [...this.#models.values()].filter((model) => model.mounted && model.get("view") === view);
  }

  /** The widget lives on under another id: that of its twin in a new kernel. */
  rename(id, newId) {
    const model = this.get(id);
    this.#models.delete(id);
    model.id = newId;
    this.#models.set(newId, model);
  }

  /** The line is (again) open. */
  resume() {
    for (const model of this.#models.values()) model.known ? model.resume() : model.request();
  }

  #receive({ header, parent, content, buffers }) {
    if (header.msg_type !== "comm_msg") return;
    if (content.data?.method === "custom" && content.data.content?.push === "written")
      this.dispatchEvent(new CustomEvent("push", { detail: content.data.content }));
    this.#models.get(content.comm_id)?.receive(content, parent, buffers);
  }
}
