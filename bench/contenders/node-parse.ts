import { createReadStream } from 'node:fs';

/** The bare loop of a Node program: split into lines, JSON.parse each, touch one field. */
const [, , file = ''] = process.argv;
const startedAt = performance.now();
let rest = Buffer.alloc(0);
let statuses = 0;
for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let position = 0;
  for (let newline = bytes.indexOf(10); newline !== -1; newline = bytes.indexOf(10, position)) {
    statuses += JSON.parse(bytes.toString('utf8', position, newline)).response.status;
    position = newline + 1;
  }
  rest = bytes.subarray(position);
}
console.log(JSON.stringify({ wallMs: performance.now() - startedAt, statuses }));
