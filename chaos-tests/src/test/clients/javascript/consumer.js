// sqs-consumer against three nodes: its consumer runs from the first message to the last. Says
// "half" when the first messages are handled, waits for "go", says "done" when all are and the queue
// is empty. Usage: node consumer.js <endpoint>
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";

const COUNT = 10;
const [endpoint] = process.argv.slice(2);
const sqs = new SQSClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const { QueueUrl } = await sqs.send(
  new CreateQueueCommand({ QueueName: "sqs-consumer", Attributes: { VisibilityTimeout: "10" } }),
);
const handled = new Set();
const refused = new Set();
const consumer = Consumer.create({
  queueUrl: QueueUrl,
  sqs,
  batchSize: 10,
  waitTimeSeconds: 5,
  terminateVisibilityTimeout: true,
  handleMessage: async (message) => {
    // One in five fails the first time and must come again at once.
    if (message.Body.endsWith("0") && !refused.has(message.Body)) {
      refused.add(message.Body);
      throw new Error(`${message.Body} is refused once`);
    }
    handled.add(message.Body);
    return message;
  },
});
for (const event of ["error", "processing_error", "timeout_error"]) {
  consumer.on(event, (error) => process.stderr.write(`${event}: ${error.message}\n`));
}
consumer.start();

async function half(prefix) {
  const bodies = Array.from({ length: COUNT }, (_, i) => `${prefix}-${i}`);
  const entries = bodies.map((body) => ({ Id: body, MessageBody: body }));
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries }));
  if (sent.Successful.length !== COUNT) {
    throw new Error(`sent only ${JSON.stringify(sent)}`);
  }
  while (!bodies.every((body) => handled.has(body))) {
    await pause(50);
  }
}

async function empty() {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
      ],
    }),
  );
  return Object.values(Attributes).every((count) => count === "0");
}

await half("a");
process.stdout.write("half\n");
await input.next();
await half("b");
while (!(await empty())) {
  await pause(100);
}
if (refused.size !== 2) {
  throw new Error(`refused ${[...refused]}`);
}
consumer.stop({ abort: true });
process.stdout.write("done\n");
await input.next();
process.exit(0);
