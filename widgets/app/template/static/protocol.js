// The kernel's wire format: a table of offsets, then channel, header, parent, metadata and content as texts, then buffers.

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A message to one comm, ready to be sent. `buffers` are typed arrays, DataViews or ArrayBuffers. */
export function pack({ session, id, commId, data, buffers = [] }) {
  const header = { msg_id: id, session, username: "", date: new Date().toISOString(), msg_type: "comm_msg", version: "5.3" };
  const texts = ["shell", JSON.stringify(header), "{}", "{}", JSON.stringify({ comm_id: commId, data })];
  const parts = [...texts.map((text) => encoder.encode(text)), ...buffers.map(bytesOf)];
  const starts = [8 * (parts.length + 2)];   // the table holds its own length, each start and the end
  for (const part of parts) starts.push(starts.at(-1) + part.length);
  const frame = new Uint8Array(starts.at(-1));
  const table = new DataView(frame.buffer);
  [starts.length, ...starts].forEach((number, i) => table.setBigUint64(8 * i, BigInt(number), true));
  parts.forEach((part, i) => frame.set(part, starts[i]));
  return frame;
}

/** {header, parent, content, buffers} of a received ArrayBuffer; buffers as DataViews. */
export function unpack(frame) {
  const table = new DataView(frame);
  const count = Number(table.getBigUint64(0, true));
  const start = (i) => Number(table.getBigUint64(8 * (i + 1), true));
  const json = (i) => JSON.parse(decoder.decode(new Uint8Array(frame, start(i), start(i + 1) - start(i))));
  const buffers = [];
  for (let i = 5; i < count - 1; i++) buffers.push(new DataView(frame.slice(start(i), start(i + 1))));
  return { header: json(1), parent: json(2), content: json(4), buffers };
}

function bytesOf(buffer) {
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
