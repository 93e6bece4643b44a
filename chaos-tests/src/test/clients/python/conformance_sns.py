"""boto3's client of SNS against a Tern server, as an application would use it.

Usage: python3 conformance_sns.py <endpoint> [<endpoint> ...]
Ends with 1 and a message when a case fails.
"""

import json
import re
import sys
import traceback

import boto3

from sns_cases import ACCOUNT, TOPICS, SnsCases, equal, queue_arn
from sns_definition_cases import DefinitionCases


class MessageCases(SnsCases):
    def case_topic_life(self):
        name = self.name("life")
        attributes = {"DisplayName": "Tea"}
        arn = self.sns.create_topic(
            Name=name, Attributes=attributes, Tags=[{"Key": "team", "Value": "tea"}]
        )["TopicArn"]
        equal(arn, f"{TOPICS}:{name}")
        equal(self.sns.create_topic(Name=name)["TopicArn"], arn)
        self.invalid(
            "Attributes Reason: Topic already exists with different attributes",
            self.sns.create_topic,
            Name=name,
            Attributes={"DisplayName": "Coffee"},
        )
        self.invalid(
            "Tags Reason: Topic already exists with different tags",
            self.sns.create_topic,
            Name=name,
            Tags=[{"Key": "team", "Value": "coffee"}],
        )
        topics = [
            topic["TopicArn"]
            for page in self.sns.get_paginator("list_topics").paginate()
            for topic in page["Topics"]
        ]
        equal(topics.count(arn), 1)
        self.sns.set_topic_attributes(TopicArn=arn, AttributeName="DisplayName", AttributeValue="Mate")
        found = self.sns.get_topic_attributes(TopicArn=arn)["Attributes"]
        equal(
            {key: found[key] for key in ("TopicArn", "Owner", "DisplayName", "SubscriptionsConfirmed")},
            {"TopicArn": arn, "Owner": ACCOUNT, "DisplayName": "Mate", "SubscriptionsConfirmed": "0"},
        )
        equal(json.loads(found["Policy"])["Id"], "__default_policy_ID")
        equal(json.loads(found["EffectiveDeliveryPolicy"])["http"]["disableSubscriptionOverrides"], False)
        assert "FifoTopic" not in found and "SignatureVersion" not in found, found
        self.sns.delete_topic(TopicArn=arn)
        self.sns.delete_topic(TopicArn=arn)
        client = self.sns
        try:
            client.get_topic_attributes(TopicArn=arn)
            raise AssertionError("a deleted topic has attributes")
        except client.exceptions.NotFoundException as error:
            equal(error.response["Error"]["Message"], "Topic does not exist")

    def case_envelope(self):
        topic, queue = self.topic("envelope"), self.queue("envelope")
        subscription = self.subscribe(topic, queue)
        assert subscription.startswith(f"{topic}:"), subscription
        text = "Zeilen\r\nund \u4e16\u754c \U0001f600 <&>\t\""
        published = self.sns.publish(
            TopicArn=topic,
            Subject="Tee",
            Message=text,
            MessageAttributes={
                "text": {"DataType": "String", "StringValue": "v\u00e9"},
                "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
            },
        )
        assert "SequenceNumber" not in published
        (message,) = self.receive(queue, 1)
        assert "MessageAttributes" not in message
        envelope = json.loads(message["Body"])
        equal(
            list(envelope),
            ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion"]
            + ["Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes"],
        )
        equal(envelope["Type"], "Notification")
        equal(envelope["MessageId"], published["MessageId"])
        equal(envelope["TopicArn"], topic)
        equal(envelope["Subject"], "Tee")
        equal(envelope["Message"], text)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", envelope["Timestamp"])
        equal(envelope["SignatureVersion"], "1")
        assert re.search(r"/SimpleNotificationService-[0-9a-f]{32}\.pem$", envelope["SigningCertURL"])
        assert envelope["UnsubscribeURL"].endswith(
            f"/?Action=Unsubscribe&SubscriptionArn={subscription}"
        )
        equal(
            envelope["MessageAttributes"],
            {
                "text": {"Type": "String", "Value": "v\u00e9"},
                "bytes": {"Type": "Binary", "Value": "AP8="},
            },
        )

    def case_raw(self):
        topic, queue = self.topic("raw"), self.queue("raw")
        self.subscribe(topic, queue, RawMessageDelivery="true")
        attributes = {
            "text": {"DataType": "String", "StringValue": "v"},
            "number": {"DataType": "Number.java.lang.Long", "StringValue": "42"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff\x80"},
            "list": {"DataType": "String.Array", "StringValue": '["a", 1]'},
        }
        self.sns.publish(TopicArn=topic, Message="m", Subject="lost", MessageAttributes=attributes)
        (message,) = self.receive(queue, 1)
        equal(message["Body"], "m")
        equal(message["MessageAttributes"], attributes)

    def case_filters(self):
        topic = self.topic("filters")
        everything, attributes, bodies = (self.queue(f"filters-{i}") for i in "abc")
        self.subscribe(topic, everything, RawMessageDelivery="true")
        self.subscribe(
            topic,
            attributes,
            RawMessageDelivery="true",
            FilterPolicy=json.dumps({"amount": [{"numeric": [">", 100]}]}),
        )
        subscription = self.subscribe(
            topic,
            bodies,
            RawMessageDelivery="true",
            FilterPolicyScope="MessageBody",
            FilterPolicy=json.dumps({"tea": {"kind": [{"prefix": "gr"}]}}),
        )
        published = ['{"tea":{"kind":"green"}}', '{"tea":{"kind":"black"}}', "3"]
        for amount, text in zip(("3", "300", "3"), published):
            self.sns.publish(
                TopicArn=topic,
                Message=text,
                MessageAttributes={"amount": {"DataType": "Number", "StringValue": amount}},
            )
        equal(sorted(m["Body"] for m in self.receive(everything, 3)), sorted(published))
        equal([m["Body"] for m in self.receive(attributes, 1)], [published[1]])
        equal([m["Body"] for m in self.receive(bodies, 1)], [published[0]])
        self.sns.set_subscription_attributes(
            SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue=""
        )
        found = self.sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
        assert "FilterPolicy" not in found and "FilterPolicyScope" not in found, found
        self.sns.publish(TopicArn=topic, Message="all")
        equal([m["Body"] for m in self.receive(bodies, 1)], ["all"])
        self.empty(attributes)

    def case_structure(self):
        topic, queue = self.topic("structure"), self.queue("structure")
        self.subscribe(topic, queue, RawMessageDelivery="true")
        texts = {"default": "for all", "sqs": "for queues", "email": "for people", "other": 3}
        self.sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps(texts))
        equal(self.receive(queue, 1)[0]["Body"], "for queues")
        for text, reason in (
            ("no json", "JSON message body failed to parse"),
            ('{"sqs":"x"}', "No default entry in JSON message body"),
        ):
            self.invalid(
                f"Message Structure - {reason}",
                self.sns.publish,
                TopicArn=topic,
                MessageStructure="json",
                Message=text,
            )

    def case_batch(self):
        topic, queue = self.topic("batch"), self.queue("batch")
        self.subscribe(topic, queue)
        answer = self.sns.publish_batch(
            TopicArn=topic,
            PublishBatchRequestEntries=[{"Id": f"e{i}", "Message": f"m{i}"} for i in range(10)],
        )
        equal(answer["Failed"], [])
        equal([entry["Id"] for entry in answer["Successful"]], [f"e{i}" for i in range(10)])
        received = {}
        for message in self.receive(queue, 10):
            envelope = json.loads(message["Body"])
            received[envelope["MessageId"]] = envelope["Message"]
        equal(
            received,
            {entry["MessageId"]: f"m{i}" for i, entry in enumerate(answer["Successful"])},
        )

    def case_batch_errors(self):
        topic = self.topic("batch-errors")
        good = {"Id": "a", "Message": "m"}
        for code, text, entries in (
            (
                "TooManyEntriesInBatchRequest",
                "The batch request contains more entries than permissible.",
                [{"Id": f"e{i}", "Message": "m"} for i in range(11)],
            ),
            (
                "BatchEntryIdsNotDistinct",
                "Two or more batch entries in the request have the same Id.",
                [good, good],
            ),
            (
                "InvalidBatchEntryId",
                "The Id of a batch entry in the batch request contains an impermissible character: b!",
                [good, {"Id": "b!", "Message": "m"}],
            ),
            (
                "BatchRequestTooLong",
                "The length of all the messages put together is more than the limit.",
                [{"Id": i, "Message": "m" * 140_000} for i in "ab"],
            ),
            (
                "InvalidParameter",
                "Invalid parameter: Empty message",
                [good, {"Id": "b", "Message": ""}],
            ),
        ):
            self.refused(
                code,
                400,
                text,
                self.sns.publish_batch,
                TopicArn=topic,
                PublishBatchRequestEntries=entries,
            )

    def case_fifo(self):
        topic = self.fifo_topic("fifo", ContentBasedDeduplication="true")
        ordered, plain = self.queue("fifo", FifoQueue="true"), self.queue("fifo-to-standard")
        self.subscribe(topic, ordered)
        self.subscribe(topic, plain, RawMessageDelivery="true")
        first = self.sns.publish(TopicArn=topic, Message="one", MessageGroupId="g")
        again = self.sns.publish(TopicArn=topic, Message="one", MessageGroupId="g")
        equal(
            (again["MessageId"], again["SequenceNumber"]),
            (first["MessageId"], first["SequenceNumber"]),
        )
        batch = self.sns.publish_batch(
            TopicArn=topic,
            PublishBatchRequestEntries=[
                {"Id": "a", "Message": "two", "MessageGroupId": "g"},
                {"Id": "b", "Message": "x", "MessageGroupId": "g", "MessageDeduplicationId": "three"},
            ],
        )
        equal(batch["Failed"], [])
        numbers = [first["SequenceNumber"]] + [e["SequenceNumber"] for e in batch["Successful"]]
        equal(numbers, sorted(set(numbers)))
        messages = self.receive(ordered, 3)
        envelopes = [json.loads(message["Body"]) for message in messages]
        equal([envelope["Message"] for envelope in envelopes], ["one", "two", "x"])
        equal([envelope["SequenceNumber"] for envelope in envelopes], numbers)
        assert not {"Signature", "SignatureVersion", "SigningCertURL"} & set(envelopes[0])
        equal({message["Attributes"]["MessageGroupId"] for message in messages}, {"g"})
        equal(messages[2]["Attributes"]["MessageDeduplicationId"], "three")
        copies = self.receive(plain, 3)
        equal(sorted(message["Body"] for message in copies), ["one", "two", "x"])
        assert "MessageGroupId" not in copies[0]["Attributes"], copies[0]
        self.invalid(
            "The MessageGroupId parameter is required for FIFO topics",
            self.sns.publish,
            TopicArn=topic,
            Message="m",
        )
        self.invalid("AttributeName", self.sns.set_topic_attributes, TopicArn=topic,
                     AttributeName="FifoTopic", AttributeValue="false")

    def case_dead_letters(self):
        topic, queue, dead = self.topic("dead"), self.queue("gone"), self.queue("dead")
        policy = {"deadLetterTargetArn": queue_arn(dead)}
        subscription = self.subscribe(topic, queue, RedrivePolicy=json.dumps(policy))
        found = self.sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
        equal(json.loads(found["RedrivePolicy"]), policy)
        self.sqs.delete_queue(QueueUrl=queue)
        published = self.sns.publish(TopicArn=topic, Message="undeliverable")
        envelope = json.loads(self.receive(dead, 1)[0]["Body"])
        equal((envelope["MessageId"], envelope["Message"]), (published["MessageId"], "undeliverable"))


class Cases(MessageCases, DefinitionCases):
    """All of them."""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cases = Cases(sys.argv[1:])
    print(f"boto3 {boto3.__version__}")
    failed = []
    for name in [name for name in dir(Cases) if name.startswith("case_")]:
        try:
            getattr(cases, name)()
            print(f"ok {name}", flush=True)
        except Exception:
            traceback.print_exc()
            failed.append(name)
    if failed:
        sys.exit(f"FAILED {', '.join(failed)}")


main()
