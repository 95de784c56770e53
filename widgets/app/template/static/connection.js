// The line to one kernel. It opens and closes; when to try again is for the lifeline to say.

import { PROTOCOL, pack, unpack } from "./protocol.js";

const PATIENCE = 5000;   // ms for the socket to open

/** Events: "message" (detail as unpack gives it) and "closed", which is not sent for a line that was dropped. */
export class Connection extends EventTarget {
  #socket = null;
  #session = crypto.randomUUID();

  constructor(baseUrl) {
    super();
    this.baseUrl = baseUrl;
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connect to a kernel, dropping any other line. Resolves to whether it worked. */
  connect(kernelId) {
    this.drop();
    const url = new URL(`${this.baseUrl}api/kernels/${kernelId}/channels?session_id=${this.#session}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = this.#socket = new WebSocket(url, PROTOCOL);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => {
      if (socket === this.#socket) this.dispatchEvent(new CustomEvent("message", { detail: unpack(data) }));
    });
    return new Promise((answer) => {
      const late = setTimeout(() => socket.close(), PATIENCE);
      socket.addEventListener("open", () => {
        clearTimeout(late);
        answer(true);
      });
      socket.addEventListener("close", () => {
        clearTimeout(late);
        answer(false);
        if (socket === this.#socket) this.dispatchEvent(new Event("closed"));
      });
    });
  }

  /** Hang up without a word. What was sent before still goes out. */
  drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Send to a comm; returns the message's id. Throws where there is no line: words must not wait unseen. */
  send(commId, data, buffers) {
    if (!this.open) throw new Error("There is no connection to the kernel.");
    const id = crypto.randomUUID();
    this.#socket.send(pack({ session: this.#session, id, commId, data, buffers }));
    return id;
  }
}
