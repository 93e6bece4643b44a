// The JavaScript SDK v3's client of SNS against a Tern server, and the validator of notifications
// that npm has. Usage: node conformance_sns.js <endpoint> [<endpoint> ...]; ends with 1 when a case
// fails. The servers must be allowed to deliver to 127.0.0.1.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, get } from "node:http";
import https from "node:https";
import { after, test } from "node:test";
import { promisify } from "node:util";
import * as sdk from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import Validator from "sns-validator";

const ACCOUNT = "000000000000";
const RECEIVES = 12;
const endpoints = process.argv.slice(2);
if (endpoints.length === 0) {
  console.error("usage: node conformance_sns.js <endpoint> [<endpoint> ...]");
  process.exit(2);
}
const options = {
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};
const nodes = endpoints.map((endpoint) => ({
  sns: new sdk.SNSClient({ ...options, endpoint }),
  sqs: new SQSClient({ ...options, endpoint }),
}));
let calls = 0;

// Each call goes to the next node.
function send(command) {
  return nodes[calls++ % nodes.length].sns.send(command);
}

function sendToQueues(command) {
  return nodes[calls++ % nodes.length].sqs.send(command);
}

function newName(label) {
  return `js-${label}-${randomUUID().slice(0, 8)}`;
}

async function newTopic(label, Attributes = {}) {
  const Name = newName(label) + (Attributes.FifoTopic ? ".fifo" : "");
  const { TopicArn } = await send(new sdk.CreateTopicCommand({ Name, Attributes }));
  assert.equal(TopicArn, `arn:aws:sns:us-east-1:${ACCOUNT}:${Name}`);
  return TopicArn;
}

async function newQueue(label, Attributes = {}) {
  const QueueName = newName(label) + (Attributes.FifoQueue ? ".fifo" : "");
  const { QueueUrl } = await sendToQueues(new CreateQueueCommand({ QueueName, Attributes }));
  return { url: QueueUrl, arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:${QueueName}` };
}

async function subscribe(TopicArn, queue, Attributes = {}) {
  const { SubscriptionArn } = await send(
    new sdk.SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queue.arn, Attributes }),
  );
  return SubscriptionArn;
}

// So many messages, however many receives they take; deletes them.
async function receive(queue, count) {
  const messages = [];
  for (let i = 0; i < RECEIVES && messages.length < count; i++) {
    const { Messages = [] } = await sendToQueues(
      new ReceiveMessageCommand({
        QueueUrl: queue.url,
        WaitTimeSeconds: 5,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sendToQueues(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
    }
    messages.push(...Messages);
  }
  assert.equal(messages.length, count);
  return messages;
}

function refused(command, type, code, status, message) {
  return assert.rejects(send(command), (error) => {
    assert.ok(error instanceof type, error.name);
    assert.equal(error.Error.Code, code);
    assert.equal(error.Error.Type, "Sender");
    assert.equal(error.message, message);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.ok(error.$metadata.requestId);
    return true;
  });
}

test("a topic is created, described, tagged, listed and deleted", async () => {
  const TopicArn = await newTopic("life", { DisplayName: "Tea" });
  await send(
    new sdk.SetTopicAttributesCommand({
      TopicArn,
      AttributeName: "SignatureVersion",
      AttributeValue: "2",
    }),
  );
  const { Attributes } = await send(new sdk.GetTopicAttributesCommand({ TopicArn }));
  assert.equal(Attributes.TopicArn, TopicArn);
  assert.equal(Attributes.DisplayName, "Tea");
  assert.equal(Attributes.SignatureVersion, "2");
  assert.equal(Attributes.SubscriptionsPending, "0");
  const Tags = [{ Key: "team", Value: "tea" }];
  await send(new sdk.TagResourceCommand({ ResourceArn: TopicArn, Tags }));
  const tagged = await send(new sdk.ListTagsForResourceCommand({ ResourceArn: TopicArn }));
  assert.deepEqual(tagged.Tags, Tags);
  const listed = [];
  for await (const page of sdk.paginateListTopics({ client: nodes[0].sns }, {})) {
    listed.push(...page.Topics.map((topic) => topic.TopicArn));
  }
  assert.equal(listed.filter((arn) => arn === TopicArn).length, 1);
  await send(new sdk.DeleteTopicCommand({ TopicArn }));
  await refused(
    new sdk.GetTopicAttributesCommand({ TopicArn }),
    sdk.NotFoundException,
    "NotFound",
    404,
    "Topic does not exist",
  );
});

test("a filter chooses, raw delivery keeps attributes", async () => {
  const TopicArn = await newTopic("filter");
  const [everything, chosen] = [await newQueue("everything"), await newQueue("chosen")];
  await subscribe(TopicArn, everything);
  const SubscriptionArn = await subscribe(TopicArn, chosen, {
    RawMessageDelivery: "true",
    FilterPolicy: JSON.stringify({ kind: [{ "anything-but": ["black"] }] }),
  });
  const attributes = await send(new sdk.GetSubscriptionAttributesCommand({ SubscriptionArn }));
  assert.equal(attributes.Attributes.FilterPolicyScope, "MessageAttributes");
  const published = {};
  for (const kind of ["green", "black"]) {
    const { MessageId } = await send(
      new sdk.PublishCommand({
        TopicArn,
        Subject: "Tea",
        Message: `${kind} \u{1F375} <&>`,
        MessageAttributes: {
          kind: { DataType: "String", StringValue: kind },
          bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255, 128]) },
        },
      }),
    );
    published[MessageId] = `${kind} \u{1F375} <&>`;
  }
  const [raw] = await receive(chosen, 1);
  assert.equal(raw.Body, "green \u{1F375} <&>");
  assert.equal(raw.MessageAttributes.kind.StringValue, "green");
  assert.deepEqual([...raw.MessageAttributes.bytes.BinaryValue], [0, 255, 128]);
  for (const message of await receive(everything, 2)) {
    const envelope = JSON.parse(message.Body);
    assert.equal(envelope.Type, "Notification");
    assert.equal(envelope.Message, published[envelope.MessageId]);
    assert.equal(envelope.Subject, "Tea");
    assert.deepEqual(envelope.MessageAttributes.bytes, { Type: "Binary", Value: "AP+A" });
  }
});

test("a batch has no failed entries, a mistake in one fails all", async () => {
  const TopicArn = await newTopic("batch");
  const queue = await newQueue("batch");
  await subscribe(TopicArn, queue, { RawMessageDelivery: "true" });
  const { Successful, Failed } = await send(
    new sdk.PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: ["a", "b", "c"].map((Id) => ({ Id, Message: `m${Id}` })),
    }),
  );
  assert.deepEqual(Failed, []);
  assert.deepEqual(Successful.map((entry) => entry.Id), ["a", "b", "c"]);
  const bodies = (await receive(queue, 3)).map((message) => message.Body);
  assert.deepEqual(bodies.sort(), ["ma", "mb", "mc"]);
  const same = { Id: "a", Message: "m" };
  await refused(
    new sdk.PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [same, same] }),
    sdk.BatchEntryIdsNotDistinctException,
    "BatchEntryIdsNotDistinct",
    400,
    "Two or more batch entries in the request have the same Id.",
  );
});

test("a FIFO topic keeps order and forgets repetitions", async () => {
  const TopicArn = await newTopic("fifo", {
    FifoTopic: "true",
    ContentBasedDeduplication: "true",
  });
  const queue = await newQueue("fifo", { FifoQueue: "true" });
  await subscribe(TopicArn, queue);
  const sequence = [];
  for (const Message of ["one", "one", "two", "three"]) {
    const answer = await send(new sdk.PublishCommand({ TopicArn, Message, MessageGroupId: "g" }));
    sequence.push(answer.SequenceNumber);
  }
  assert.equal(sequence[0], sequence[1]);
  assert.deepEqual(sequence, [...sequence].sort());
  const envelopes = (await receive(queue, 3)).map((message) => JSON.parse(message.Body));
  assert.deepEqual(envelopes.map((envelope) => envelope.Message), ["one", "two", "three"]);
  assert.deepEqual(envelopes.map((envelope) => envelope.SequenceNumber), sequence.slice(1));
  await refused(
    new sdk.PublishCommand({ TopicArn, Message: "m" }),
    sdk.InvalidParameterException,
    "InvalidParameter",
    400,
    "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
  );
});

test("permissions, push and text messages", async () => {
  const TopicArn = await newTopic("rest");
  await send(
    new sdk.AddPermissionCommand({
      TopicArn,
      Label: "friends",
      AWSAccountId: ["111122223333"],
      ActionName: ["Publish"],
    }),
  );
  const { Attributes } = await send(new sdk.GetTopicAttributesCommand({ TopicArn }));
  assert.equal(JSON.parse(Attributes.Policy).Statement[1].Action, "SNS:Publish");
  await send(new sdk.RemovePermissionCommand({ TopicArn, Label: "friends" }));
  const { PlatformApplicationArn } = await send(
    new sdk.CreatePlatformApplicationCommand({
      Name: newName("push"),
      Platform: "APNS",
      Attributes: { PlatformPrincipal: "p", PlatformCredential: "c" },
    }),
  );
  const { EndpointArn } = await send(
    new sdk.CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: "t" }),
  );
  const { Endpoints } = await send(
    new sdk.ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn }),
  );
  assert.deepEqual(Endpoints, [{ EndpointArn, Attributes: { Enabled: "true", Token: "t" } }]);
  await send(new sdk.DeletePlatformApplicationCommand({ PlatformApplicationArn }));
  await send(new sdk.SetSMSAttributesCommand({ attributes: { DefaultSMSType: "Promotional" } }));
  const { attributes } = await send(
    new sdk.GetSMSAttributesCommand({ attributes: ["DefaultSMSType"] }),
  );
  assert.deepEqual(attributes, { DefaultSMSType: "Promotional" });
  const number = { phoneNumber: "+15550100" };
  const checked = await send(new sdk.CheckIfPhoneNumberIsOptedOutCommand(number));
  assert.equal(checked.isOptedOut, false);
});

// What follows is a subscriber that believes nobody: it checks each signature before it confirms.

const posts = [];
let arrival = () => {};
const subscriber = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
  }
  posts.push(JSON.parse(body));
  response.end();
  arrival();
});

async function nextPost(type, TopicArn) {
  for (;;) {
    const at = posts.findIndex((post) => post.Type === type && post.TopicArn === TopicArn);
    if (at >= 0) {
      return posts.splice(at, 1)[0];
    }
    await new Promise((resolve) => (arrival = resolve));
  }
}

// The validator asks by https only, so TLS ends before the nodes, as it would in front of a cluster.
function tlsFront() {
  const pem = execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"].concat(
      ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"],
      ["-keyout", "-", "-out", "-"],
    ),
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  https.globalAgent.options.ca = pem;
  return https.createServer({ key: pem, cert: pem }, (request, response) => {
    get(new URL(request.url, endpoints[calls++ % endpoints.length]), (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  });
}

const front = tlsFront();
after(() => {
  front.close();
  subscriber.close();
  https.globalAgent.destroy();
});

for (const version of ["1", "2"]) {
  test(`sns-validator believes signatures of version ${version}`, { timeout: 60_000 }, async () => {
    if (!front.listening) {
      await Promise.all([
        once(front.listen(0, "localhost"), "listening"),
        once(subscriber.listen(0, "127.0.0.1"), "listening"),
      ]);
    }
    const TopicArn = await newTopic("signed", { SignatureVersion: version });
    const validator = new Validator(/^localhost:\d+$/);
    const validate = promisify(validator.validate.bind(validator));
    // Where the certificate is fetched is not signed; the path is the node's own.
    const viaFront = (message) => {
      const { pathname } = new URL(message.SigningCertURL);
      return { ...message, SigningCertURL: `https://localhost:${front.address().port}${pathname}` };
    };
    const answer = await send(
      new sdk.SubscribeCommand({
        TopicArn,
        Protocol: "http",
        Endpoint: `http://127.0.0.1:${subscriber.address().port}/`,
      }),
    );
    assert.equal(answer.SubscriptionArn, "pending confirmation");
    const asked = await validate(viaFront(await nextPost("SubscriptionConfirmation", TopicArn)));
    assert.equal(asked.SignatureVersion, version);
    const confirmed = await fetch(asked.SubscribeURL);
    assert.equal(confirmed.status, 200);
    assert.match(await confirmed.text(), /<ConfirmSubscriptionResponse/);
    const Message = `Möwe\n"${version}" <&>`;
    const published = await send(
      new sdk.PublishCommand({ TopicArn, Subject: "Tern", Message }),
    );
    const told = viaFront(await nextPost("Notification", TopicArn));
    assert.deepEqual(
      [(await validate(told)).MessageId, told.Message, told.SignatureVersion],
      [published.MessageId, Message, version],
    );
    await assert.rejects(validate({ ...told, Message: "forged" }), /signature is invalid/);
  });
}
