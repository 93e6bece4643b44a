"""What the cases of conformance_sns.py share: clients, fresh names, receives, refusals."""

import itertools
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = "000000000000"
TOPICS = f"arn:aws:sns:us-east-1:{ACCOUNT}"
RECEIVES = 12


class SnsCases:
    def __init__(self, endpoints):
        config = Config(retries={"total_max_attempts": 1})
        self.turn = itertools.cycle(
            [
                tuple(
                    boto3.client(
                        service,
                        endpoint_url=endpoint,
                        region_name="us-east-1",
                        aws_access_key_id="test",
                        aws_secret_access_key="test",
                        config=config,
                    )
                    for service in ("sns", "sqs")
                )
                for endpoint in endpoints
            ]
        )

    @property
    def sns(self):
        """Each call goes to the next node."""
        return next(self.turn)[0]

    @property
    def sqs(self):
        return next(self.turn)[1]

    def name(self, label):
        return f"py-{label}-{uuid.uuid4().hex[:8]}"

    def topic(self, label, **attributes):
        return self.sns.create_topic(Name=self.name(label), Attributes=attributes)["TopicArn"]

    def fifo_topic(self, label, **attributes):
        name = self.name(label) + ".fifo"
        attributes = {"FifoTopic": "true", **attributes}
        return self.sns.create_topic(Name=name, Attributes=attributes)["TopicArn"]

    def queue(self, label, **attributes):
        fifo = ".fifo" if "FifoQueue" in attributes else ""
        return self.sqs.create_queue(QueueName=self.name(label) + fifo, Attributes=attributes)["QueueUrl"]

    def subscribe(self, topic, queue, **attributes):
        return self.sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(queue), Attributes=attributes
        )["SubscriptionArn"]

    def receive(self, url, count):
        """So many messages, however many receives they take; deletes them."""
        messages = []
        for _ in range(RECEIVES):
            found = self.sqs.receive_message(
                QueueUrl=url,
                WaitTimeSeconds=5,
                MaxNumberOfMessages=10,
                AttributeNames=["All"],
                MessageAttributeNames=["All"],
            ).get("Messages", [])
            for message in found:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            messages += found
            if len(messages) >= count:
                break
        equal(len(messages), count)
        return messages

    def empty(self, url):
        equal(self.sqs.receive_message(QueueUrl=url).get("Messages", []), [])

    def refused(self, code, status, text, call, **arguments):
        try:
            call(**arguments)
        except ClientError as error:
            # Not a key more: some compare the whole dictionary.
            equal(
                error.response["Error"],
                {"Type": "Sender", "Code": code, "Message": text},
            )
            equal(error.response["ResponseMetadata"]["HTTPStatusCode"], status)
            assert error.response["ResponseMetadata"]["RequestId"]
            return
        raise AssertionError(f"not refused with {code}: {text}")

    def invalid(self, text, call, **arguments):
        self.refused("InvalidParameter", 400, f"Invalid parameter: {text}", call, **arguments)


def queue_arn(url):
    return f"arn:aws:sqs:us-east-1:{ACCOUNT}:{url.rsplit('/', 1)[1]}"


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r} but was {actual!r}")
