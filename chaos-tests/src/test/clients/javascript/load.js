// A sender for the fault tests, through the JavaScript SDK. It sends until its input ends and tells
// on its output what it tried ("T key") and what was acknowledged ("A key messageId md5").
// Usage: node load.js <worker> <queue> <pause in ms> <endpoint> [<endpoint> ...]
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const [worker, queue, pauseMillis, ...endpoints] = process.argv.slice(2);
const clients = endpoints.map(
  (endpoint) =>
    new SQSClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 },
    }),
);
let stopped = false;
process.stdin.on("end", () => (stopped = true)).resume();

let at = 0;
for (let sequence = 0; !stopped; sequence++) {
  const key = `${worker}:${sequence}`;
  const text = `${key}:${randomBytes(100 + (sequence % 400)).toString("hex")}`;
  const body = `${text}:${crc32(text).toString(16).padStart(8, "0")}`;
  process.stdout.write(`T ${key}\n`);
  try {
    const sent = await clients[at].send(
      new SendMessageCommand({ QueueUrl: `${endpoints[at]}/000000000000/${queue}`, MessageBody: body }),
    );
    process.stdout.write(`A ${key} ${sent.MessageId} ${sent.MD5OfMessageBody}\n`);
  } catch (error) {
    // Whether it was stored is not known; the next node gets the next message.
    process.stderr.write(`${key} at ${endpoints[at]}: ${error}\n`);
    at = (at + 1) % clients.length;
  }
  await pause(Number(pauseMillis));
}
process.exit(0);
