"""boto3 against a Tern server, as an application would use it.

Usage: python3 conformance.py <query|json> <endpoint> [<endpoint> ...]
The first argument is the protocol this boto3 must speak: Debian's speaks the older one.
Ends with 1 and a message when a case fails.
"""

import hashlib
import itertools
import json
import sys
import threading
import traceback
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


class Cases:
    def __init__(self, endpoints):
        config = Config(retries={"total_max_attempts": 1})
        self.clients = [
            boto3.client(
                "sqs",
                endpoint_url=endpoint,
                region_name="us-east-1",
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=config,
            )
            for endpoint in endpoints
        ]
        self.turn = itertools.cycle(self.clients)

    @property
    def sqs(self):
        """Each call goes to the next node."""
        return next(self.turn)

    def protocol(self):
        return self.clients[0].meta.service_model.metadata["protocol"]

    def name(self, label):
        return f"py-{label}-{uuid.uuid4().hex[:8]}"

    def queue(self, label, **attributes):
        return self.sqs.create_queue(QueueName=self.name(label), Attributes=attributes)["QueueUrl"]

    def receive(self, url, **more):
        arguments = {"WaitTimeSeconds": 5, **more}
        return self.sqs.receive_message(QueueUrl=url, **arguments).get("Messages", [])

    def refused(self, code, status, call, **arguments):
        try:
            call(**arguments)
        except ClientError as error:
            equal(error.response["Error"]["Code"], code)
            equal(error.response["ResponseMetadata"]["HTTPStatusCode"], status)
            return error.response
        raise AssertionError(f"not refused with {code}")

    def case_queue_life(self):
        name = self.name("life")
        url = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        assert url.endswith(f"/000000000000/{name}"), url
        assert self.sqs.get_queue_url(QueueName=name)["QueueUrl"].endswith(f"/{name}")
        equal(len(self.sqs.list_queues(QueueNamePrefix=name)["QueueUrls"]), 1)
        self.sqs.send_message(QueueUrl=url, MessageBody="purged")
        self.sqs.purge_queue(QueueUrl=url)
        equal(self.receive(url, WaitTimeSeconds=0), [])
        self.sqs.delete_queue(QueueUrl=url)
        self.refused(
            "AWS.SimpleQueueService.NonExistentQueue", 400, self.sqs.get_queue_url, QueueName=name
        )
        assert "QueueUrls" not in self.sqs.list_queues(QueueNamePrefix=name)

    def case_attributes(self):
        url = self.queue("attributes", VisibilityTimeout="45")
        self.sqs.set_queue_attributes(
            QueueUrl=url, Attributes={"DelaySeconds": "3", "MaximumMessageSize": "2048"}
        )
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        equal(attributes["DelaySeconds"], "3")
        equal(attributes["MaximumMessageSize"], "2048")
        equal(attributes["VisibilityTimeout"], "45")
        equal(attributes["ApproximateNumberOfMessages"], "0")
        assert attributes["QueueArn"].startswith("arn:aws:sqs:us-east-1:000000000000:py-attributes-")

    def case_message(self):
        url = self.queue("message")
        body = "Zeilen\r\nund \u4e16\u754c \U0001f600 <&>\t\""
        attributes = {
            "text": {"DataType": "String", "StringValue": "v\u00e9"},
            "number": {"DataType": "Number.int", "StringValue": "42"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff\x80"},
        }
        sent = self.sqs.send_message(QueueUrl=url, MessageBody=body, MessageAttributes=attributes)
        equal(sent["MD5OfMessageBody"], hashlib.md5(body.encode()).hexdigest())
        (message,) = self.receive(url, MessageAttributeNames=["All"], AttributeNames=["All"])
        equal(message["Body"], body)
        equal(message["MessageId"], sent["MessageId"])
        equal(message["MessageAttributes"], attributes)
        equal(message["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])
        equal(message["Attributes"]["ApproximateReceiveCount"], "1")
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        equal(self.receive(url, WaitTimeSeconds=0), [])

    def case_filters(self):
        url = self.queue("filters")
        attributes = {
            name: {"DataType": "String", "StringValue": "v"} for name in ("a.one", "a.two", "b")
        }
        self.sqs.send_message(QueueUrl=url, MessageBody="m", MessageAttributes=attributes)
        for names, expected in (
            (["b"], {"b"}),
            (["a.*"], {"a.one", "a.two"}),
            ([".*"], {"a.one", "a.two", "b"}),
        ):
            (message,) = self.receive(url, MessageAttributeNames=names, VisibilityTimeout=0)
            equal(set(message["MessageAttributes"]), expected)
        (message,) = self.receive(url)
        assert "MessageAttributes" not in message and "MD5OfMessageAttributes" not in message

    def case_batch(self):
        url = self.queue("batch")
        sent = self.sqs.send_message_batch(
            QueueUrl=url,
            Entries=[
                {"Id": "good", "MessageBody": "one"},
                {"Id": "bad", "MessageBody": "two", "DelaySeconds": 901},
                {"Id": "fine", "MessageBody": "three"},
            ],
        )
        equal(sorted(entry["Id"] for entry in sent["Successful"]), ["fine", "good"])
        (failed,) = sent["Failed"]
        equal((failed["Id"], failed["Code"], failed["SenderFault"]), ("bad", "InvalidParameterValue", True))
        messages = self.receive(url, MaxNumberOfMessages=10)
        changed = self.sqs.change_message_visibility_batch(
            QueueUrl=url,
            Entries=[
                {"Id": f"c{i}", "ReceiptHandle": m["ReceiptHandle"], "VisibilityTimeout": 60}
                for i, m in enumerate(messages)
            ],
        )
        equal(len(changed["Successful"]), len(messages))
        deleted = self.sqs.delete_message_batch(
            QueueUrl=url,
            Entries=[
                {"Id": f"d{i}", "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)
            ],
        )
        equal(len(deleted["Successful"]), len(messages))
        assert not deleted.get("Failed")

    def case_visibility_and_delay(self):
        url = self.queue("visibility")
        self.sqs.send_message(QueueUrl=url, MessageBody="m", DelaySeconds=1)
        equal(self.receive(url, WaitTimeSeconds=0), [])
        (message,) = self.receive(url, VisibilityTimeout=600, WaitTimeSeconds=10)
        equal(self.receive(url, WaitTimeSeconds=0), [])
        self.sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )
        equal(len(self.receive(url)), 1)

    def case_long_poll(self):
        url = self.queue("poll")
        received = []
        waiter = self.sqs
        poll = threading.Thread(
            target=lambda: received.extend(
                waiter.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", [])
            )
        )
        poll.start()
        equal(self.receive(url, WaitTimeSeconds=0), [])
        self.sqs.send_message(QueueUrl=url, MessageBody="wakes")
        poll.join(25)
        equal([m["Body"] for m in received], ["wakes"])

    def case_errors(self):
        url = self.queue("errors")
        missing = url + "-missing"
        answer = self.refused(
            "AWS.SimpleQueueService.NonExistentQueue",
            400,
            self.sqs.send_message,
            QueueUrl=missing,
            MessageBody="m",
        )
        equal(answer["Error"].get("Type", "Sender"), "Sender")
        assert answer["ResponseMetadata"]["RequestId"]
        client = self.sqs
        try:
            client.receive_message(QueueUrl=missing)
        except client.exceptions.QueueDoesNotExist:
            pass
        self.refused(
            "InvalidParameterValue", 400, self.sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11
        )
        self.refused(
            "ReceiptHandleIsInvalid", 400, self.sqs.delete_message, QueueUrl=url, ReceiptHandle="garbage"
        )
        self.refused(
            "InvalidAttributeName",
            400,
            self.sqs.set_queue_attributes,
            QueueUrl=url,
            Attributes={"Foobar": "1"},
        )
        self.refused(
            "InvalidAttributeValue",
            400,
            self.sqs.set_queue_attributes,
            QueueUrl=url,
            Attributes={"DelaySeconds": "901"},
        )
        self.refused(
            "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            400,
            self.sqs.send_message_batch,
            QueueUrl=url,
            Entries=[{"Id": "a", "MessageBody": "m"}, {"Id": "a", "MessageBody": "m"}],
        )
        self.refused(
            "QueueAlreadyExists",
            400,
            self.sqs.create_queue,
            QueueName=url.rsplit("/", 1)[1],
            Attributes={"DelaySeconds": "9"},
        )
        self.sqs.purge_queue(QueueUrl=url)
        self.refused(
            "AWS.SimpleQueueService.PurgeQueueInProgress", 403, self.sqs.purge_queue, QueueUrl=url
        )
        self.refused("MissingParameter", 400, self.sqs.tag_queue, QueueUrl=url, Tags={})

    def case_fifo(self):
        created = self.sqs.create_queue(
            QueueName=f"python-{uuid.uuid4()}.fifo",
            Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"},
        )
        url = created["QueueUrl"]
        first = self.sqs.send_message(QueueUrl=url, MessageBody="one", MessageGroupId="g")
        again = self.sqs.send_message(QueueUrl=url, MessageBody="one", MessageGroupId="g")
        equal(again["MessageId"], first["MessageId"])
        equal(again["SequenceNumber"], first["SequenceNumber"])
        self.sqs.send_message(QueueUrl=url, MessageBody="two", MessageGroupId="g")
        received = self.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5, AttributeNames=["All"]
        )["Messages"]
        equal([message["Body"] for message in received], ["one", "two"])
        equal(received[0]["Attributes"]["MessageGroupId"], "g")
        equal(received[0]["Attributes"]["SequenceNumber"], first["SequenceNumber"])

    def case_tags(self):
        url = self.queue("tags")
        self.sqs.tag_queue(QueueUrl=url, Tags={"team": "tea", "empty": ""})
        self.sqs.untag_queue(QueueUrl=url, TagKeys=["empty", "unknown"])
        equal(self.sqs.list_queue_tags(QueueUrl=url)["Tags"], {"team": "tea"})

    def case_dead_letters(self):
        dead = self.queue("dead")
        arn = self.sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "1"})
        url = self.queue("source", RedrivePolicy=policy, VisibilityTimeout="0")
        self.sqs.send_message(QueueUrl=url, MessageBody="poison")
        equal(self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"][0]["Body"], "poison")
        equal(self.sqs.receive_message(QueueUrl=url).get("Messages", []), [])
        moved = self.sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=5, AttributeNames=["All"])["Messages"]
        equal(moved[0]["Attributes"]["ApproximateReceiveCount"], "2")
        sources = self.sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"]
        equal([source.rsplit("/", 1)[1] for source in sources], [url.rsplit("/", 1)[1]])


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r} but was {actual!r}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    cases = Cases(sys.argv[2:])
    protocol = cases.protocol()
    print(f"boto3 {boto3.__version__} speaks {protocol}")
    if protocol != sys.argv[1]:
        sys.exit(f"this boto3 speaks {protocol}, wanted {sys.argv[1]}")
    for name in [name for name in dir(Cases) if name.startswith("case_")]:
        try:
            getattr(cases, name)()
        except Exception:
            traceback.print_exc()
            sys.exit(f"FAILED {name}")
        print(f"ok {name}", flush=True)


main()
