// The JavaScript SDK v3 against a Tern server, as an application would use it.
// Usage: node conformance.js <endpoint> [<endpoint> ...]; ends with 1 when a case fails.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-sqs";

const endpoints = process.argv.slice(2);
if (endpoints.length === 0) {
  console.error("usage: node conformance.js <endpoint> [<endpoint> ...]");
  process.exit(2);
}
const options = {
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};
const clients = endpoints.map((endpoint) => new sdk.SQSClient({ ...options, endpoint }));
let calls = 0;

// Each call goes to the next node.
function send(command) {
  return clients[calls++ % clients.length].send(command);
}

function newName(label) {
  return `js-${label}-${randomUUID().slice(0, 8)}`;
}

async function newQueue(label, Attributes = {}) {
  const name = newName(label);
  const { QueueUrl } = await send(new sdk.CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

function receive(QueueUrl, more = {}) {
  return send(new sdk.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, ...more }));
}

function md5(text) {
  return createHash("md5").update(text, "utf8").digest("hex");
}

test("a queue is created, found, listed, purged and deleted", async () => {
  const name = newName("life");
  const { QueueUrl } = await send(new sdk.CreateQueueCommand({ QueueName: name }));
  assert.ok(QueueUrl.endsWith(`/000000000000/${name}`), QueueUrl);
  const found = await send(new sdk.GetQueueUrlCommand({ QueueName: name }));
  assert.ok(found.QueueUrl.endsWith(`/${name}`));
  const listed = await send(new sdk.ListQueuesCommand({ QueueNamePrefix: name }));
  assert.equal(listed.QueueUrls.length, 1);
  await send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: "purged" }));
  await send(new sdk.PurgeQueueCommand({ QueueUrl }));
  assert.deepEqual((await receive(QueueUrl, { WaitTimeSeconds: 0 })).Messages ?? [], []);
  await send(new sdk.DeleteQueueCommand({ QueueUrl }));
  await assert.rejects(send(new sdk.GetQueueUrlCommand({ QueueName: name })), sdk.QueueDoesNotExist);
});

test("attributes are set and read back", async () => {
  const QueueUrl = await newQueue("attributes", { DelaySeconds: "0", VisibilityTimeout: "45" });
  await send(
    new sdk.SetQueueAttributesCommand({
      QueueUrl,
      Attributes: { DelaySeconds: "3", MaximumMessageSize: "2048" },
    }),
  );
  const { Attributes } = await send(
    new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  assert.equal(Attributes.DelaySeconds, "3");
  assert.equal(Attributes.MaximumMessageSize, "2048");
  assert.equal(Attributes.VisibilityTimeout, "45");
  assert.equal(Attributes.ApproximateNumberOfMessages, "0");
  assert.match(Attributes.QueueArn, /^arn:aws:sqs:us-east-1:000000000000:js-attributes-/);
});

test("a message with attributes is sent, received as sent and deleted", async () => {
  const QueueUrl = await newQueue("message");
  const body = "Zeilen\r\nund \u4e16\u754c \u{1F600} <&>\t\"";
  const MessageAttributes = {
    text: { DataType: "String", StringValue: "v\u00e9" },
    number: { DataType: "Number.int", StringValue: "42" },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255, 128]) },
  };
  const sent = await send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes }));
  assert.equal(sent.MD5OfMessageBody, md5(body));
  const { Messages } = await receive(QueueUrl, {
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All"],
  });
  assert.equal(Messages.length, 1);
  const [message] = Messages;
  assert.equal(message.Body, body);
  assert.equal(message.MessageId, sent.MessageId);
  assert.equal(message.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
  assert.equal(message.Attributes.ApproximateReceiveCount, "1");
  assert.equal(message.MessageAttributes.text.StringValue, "v\u00e9");
  assert.equal(message.MessageAttributes.number.DataType, "Number.int");
  assert.deepEqual([...message.MessageAttributes.bytes.BinaryValue], [0, 255, 128]);
  await send(new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  assert.deepEqual((await receive(QueueUrl, { WaitTimeSeconds: 0 })).Messages ?? [], []);
});

test("a batch reports the entry that failed", async () => {
  const QueueUrl = await newQueue("batch");
  const sent = await send(
    new sdk.SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "good", MessageBody: "one" },
        { Id: "bad", MessageBody: "two", DelaySeconds: 901 },
        { Id: "fine", MessageBody: "three" },
      ],
    }),
  );
  assert.deepEqual(sent.Successful.map((entry) => entry.Id).sort(), ["fine", "good"]);
  assert.deepEqual(sent.Failed.map((entry) => [entry.Id, entry.Code, entry.SenderFault]), [
    ["bad", "InvalidParameterValue", true],
  ]);
  const { Messages } = await receive(QueueUrl, { MaxNumberOfMessages: 10 });
  const changed = await send(
    new sdk.ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: Messages.map((m, i) => ({
        Id: `c${i}`,
        ReceiptHandle: m.ReceiptHandle,
        VisibilityTimeout: 60,
      })),
    }),
  );
  assert.equal(changed.Successful.length, Messages.length);
  const deleted = await send(
    new sdk.DeleteMessageBatchCommand({
      QueueUrl,
      Entries: Messages.map((m, i) => ({ Id: `d${i}`, ReceiptHandle: m.ReceiptHandle })),
    }),
  );
  assert.equal(deleted.Successful.length, Messages.length);
  assert.equal((deleted.Failed ?? []).length, 0);
});

test("visibility set to zero brings the message back, a delay holds it", async () => {
  const QueueUrl = await newQueue("visibility");
  await send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: "m", DelaySeconds: 1 }));
  assert.deepEqual((await receive(QueueUrl, { WaitTimeSeconds: 0 })).Messages ?? [], []);
  const first = await receive(QueueUrl, { VisibilityTimeout: 600, WaitTimeSeconds: 10 });
  assert.equal(first.Messages.length, 1);
  assert.deepEqual((await receive(QueueUrl, { WaitTimeSeconds: 0 })).Messages ?? [], []);
  await send(
    new sdk.ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: first.Messages[0].ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  assert.equal((await receive(QueueUrl)).Messages.length, 1);
});

test("a long poll is woken by a send", async () => {
  const QueueUrl = await newQueue("poll");
  const poll = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await receive(QueueUrl, { WaitTimeSeconds: 0 });
  await send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: "wakes" }));
  assert.equal((await poll).Messages[0].Body, "wakes");
});

test("errors have their classes, codes and types", async () => {
  const QueueUrl = await newQueue("errors");
  await assert.rejects(
    send(new sdk.SendMessageCommand({ QueueUrl: `${QueueUrl}-missing`, MessageBody: "m" })),
    (error) => {
      assert.ok(error instanceof sdk.QueueDoesNotExist);
      assert.equal(error.name, "QueueDoesNotExist");
      assert.equal(error.Error.Code, "AWS.SimpleQueueService.NonExistentQueue");
      assert.equal(error.Error.Type, "Sender");
      assert.equal(error.message, "The specified queue does not exist.");
      assert.equal(error.$metadata.httpStatusCode, 400);
      assert.ok(error.$metadata.requestId);
      return true;
    },
  );
  await assert.rejects(
    send(new sdk.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
    (error) => {
      assert.equal(error.name, "InvalidParameterValue");
      assert.equal(error.$metadata.httpStatusCode, 400);
      return true;
    },
  );
  await assert.rejects(
    send(new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle: "garbage" })),
    sdk.ReceiptHandleIsInvalid,
  );
  await assert.rejects(
    send(new sdk.SendMessageBatchCommand({ QueueUrl, Entries: [] })),
    sdk.EmptyBatchRequest,
  );
  await send(new sdk.PurgeQueueCommand({ QueueUrl }));
  await assert.rejects(send(new sdk.PurgeQueueCommand({ QueueUrl })), sdk.PurgeQueueInProgress);
});

test("without an endpoint the client follows the queue URL to this server", async () => {
  const QueueUrl = await newQueue("follow");
  const follower = new sdk.SQSClient(options);
  const sent = await follower.send(new sdk.SendMessageCommand({ QueueUrl, MessageBody: "m" }));
  assert.equal((await receive(QueueUrl)).Messages[0].MessageId, sent.MessageId);
});
