"""boto3's client of SNS against a Tern server, as an application would use it.

Usage: python3 conformance_sns.py <endpoint> [<endpoint> ...]
Ends with 1 and a message when a case fails.
"""

import itertools
import json
import re
import sys
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = "000000000000"
TOPICS = f"arn:aws:sns:us-east-1:{ACCOUNT}"
PAGE = 100
RECEIVES = 12


class Cases:
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

    def case_subscription_attributes(self):
        topic, queue = self.topic("subscription"), self.queue("subscription")
        subscription = self.subscribe(topic, queue, RawMessageDelivery="True")
        equal(self.subscribe(topic, queue), subscription)
        equal(self.subscribe(topic, queue, RawMessageDelivery="true"), subscription)
        self.invalid(
            "Attributes Reason: Subscription already exists with different attributes",
            self.sns.subscribe,
            TopicArn=topic,
            Protocol="sqs",
            Endpoint=queue_arn(queue),
            Attributes={"RawMessageDelivery": "false"},
        )
        found = self.sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
        expected = {
            "SubscriptionArn": subscription,
            "TopicArn": topic,
            "Owner": ACCOUNT,
            "Protocol": "sqs",
            "Endpoint": queue_arn(queue),
            "PendingConfirmation": "false",
            "ConfirmationWasAuthenticated": "true",
            "RawMessageDelivery": "true",
        }
        equal({key: found.get(key) for key in expected}, expected)
        for name, value, text in (
            ("Foo", "x", "AttributeName"),
            (
                "RawMessageDelivery",
                "maybe",
                "RawMessageDelivery: Invalid value [maybe]. Must be true or false.",
            ),
            (
                "RedrivePolicy",
                '{"deadLetterTargetArn":"queue"}',
                "RedrivePolicy: deadLetterTargetArn is an invalid arn",
            ),
            ("FilterPolicy", '{"k":{"a":["b"]}}',
             "Filter policy scope MessageAttributes does not support nested filter policy"),
        ):
            self.invalid(
                text,
                self.sns.set_subscription_attributes,
                SubscriptionArn=subscription,
                AttributeName=name,
                AttributeValue=value,
            )
        self.sns.unsubscribe(SubscriptionArn=subscription)
        self.sns.unsubscribe(SubscriptionArn=subscription)
        equal(self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"], [])

    def case_paging(self):
        topic = self.topic("paging")
        endpoints = [f"arn:aws:sqs:us-east-1:{ACCOUNT}:nowhere-{i}" for i in range(PAGE + 3)]
        clients = [self.sns for _ in endpoints]
        with ThreadPoolExecutor(8) as pool:
            arns = set(
                pool.map(
                    lambda client, endpoint: client.subscribe(
                        TopicArn=topic, Protocol="sqs", Endpoint=endpoint
                    )["SubscriptionArn"],
                    clients,
                    endpoints,
                )
            )
        equal(len(arns), len(endpoints))
        first = self.sns.list_subscriptions_by_topic(TopicArn=topic)
        equal(len(first["Subscriptions"]), PAGE)
        second = self.sns.list_subscriptions_by_topic(TopicArn=topic, NextToken=first["NextToken"])
        assert "NextToken" not in second, second
        listed = first["Subscriptions"] + second["Subscriptions"]
        equal({entry["SubscriptionArn"] for entry in listed}, arns)
        equal(sorted(entry["Endpoint"] for entry in listed), sorted(endpoints))
        equal({(entry["Protocol"], entry["Owner"]) for entry in listed}, {("sqs", ACCOUNT)})
        everywhere = {
            entry["SubscriptionArn"]
            for page in self.sns.get_paginator("list_subscriptions").paginate()
            for entry in page["Subscriptions"]
        }
        assert arns <= everywhere
        self.sns.delete_topic(TopicArn=topic)
        self.refused(
            "NotFound", 404, "Topic does not exist",
            self.sns.list_subscriptions_by_topic, TopicArn=topic,
        )

    def case_tags(self):
        topic = self.topic("tags")
        equal(self.sns.list_tags_for_resource(ResourceArn=topic)["Tags"], [])
        tags = [{"Key": "team", "Value": "tea"}, {"Key": "empty", "Value": ""}]
        self.sns.tag_resource(ResourceArn=topic, Tags=tags)
        self.sns.untag_resource(ResourceArn=topic, TagKeys=["empty", "unknown"])
        equal(self.sns.list_tags_for_resource(ResourceArn=topic)["Tags"], tags[:1])
        self.invalid(
            "Duplicated keys are not allowed.",
            self.sns.tag_resource,
            ResourceArn=topic,
            Tags=[tags[0], tags[0]],
        )
        self.refused(
            "ResourceNotFound",
            404,
            "Resource does not exist",
            self.sns.list_tags_for_resource,
            ResourceArn=topic + "-missing",
        )

    def case_permissions(self):
        topic = self.topic("permissions")
        arguments = {
            "TopicArn": topic,
            "Label": "friends",
            "AWSAccountId": ["111122223333"],
            "ActionName": ["Publish", "Subscribe"],
        }
        self.sns.add_permission(**arguments)
        equal(
            self.statements(topic)[1],
            {
                "Sid": "friends",
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                "Action": ["SNS:Publish", "SNS:Subscribe"],
                "Resource": topic,
            },
        )
        self.invalid("Statement already exists", self.sns.add_permission, **arguments)
        self.invalid(
            "Policy statement action out of service scope!",
            self.sns.add_permission,
            **{**arguments, "Label": "other", "ActionName": ["Dance"]},
        )
        self.sns.remove_permission(TopicArn=topic, Label="friends")
        equal([statement["Sid"] for statement in self.statements(topic)], ["__default_statement_ID"])

    def statements(self, topic):
        policy = self.sns.get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]
        return json.loads(policy)["Statement"]

    def case_platform(self):
        name = self.name("push")
        application = self.sns.create_platform_application(
            Name=name,
            Platform="GCM",
            Attributes={"PlatformPrincipal": "p", "PlatformCredential": "c"},
        )["PlatformApplicationArn"]
        equal(application, f"{TOPICS}:app/GCM/{name}")
        found = self.sns.get_platform_application_attributes(PlatformApplicationArn=application)
        equal(found["Attributes"], {"Enabled": "true"})
        create = {"PlatformApplicationArn": application, "Token": "token-1"}
        endpoint = self.sns.create_platform_endpoint(**create, CustomUserData="me")["EndpointArn"]
        assert endpoint.startswith(f"{TOPICS}:endpoint/GCM/{name}/"), endpoint
        equal(self.sns.create_platform_endpoint(**create, CustomUserData="me")["EndpointArn"], endpoint)
        self.invalid(
            f"Token Reason: Endpoint {endpoint} already exists with the same Token,"
            " but different attributes.",
            self.sns.create_platform_endpoint,
            **create,
            CustomUserData="you",
        )
        attributes = {"Enabled": "true", "Token": "token-1", "CustomUserData": "me"}
        listed = self.sns.list_endpoints_by_platform_application(PlatformApplicationArn=application)
        equal(listed["Endpoints"], [{"EndpointArn": endpoint, "Attributes": attributes}])
        self.sns.set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Enabled": "false"})
        equal(
            self.sns.get_endpoint_attributes(EndpointArn=endpoint)["Attributes"],
            {**attributes, "Enabled": "false"},
        )
        self.refused(
            "EndpointDisabled",
            400,
            "Endpoint is disabled",
            self.sns.publish,
            TargetArn=endpoint,
            Message="m",
        )
        self.sns.delete_endpoint(EndpointArn=endpoint)
        self.refused(
            "NotFound", 404, "Endpoint does not exist",
            self.sns.get_endpoint_attributes, EndpointArn=endpoint,
        )
        self.sns.delete_platform_application(PlatformApplicationArn=application)
        self.refused(
            "NotFound",
            404,
            "PlatformApplication does not exist",
            self.sns.get_platform_application_attributes,
            PlatformApplicationArn=application,
        )
        self.invalid(
            "Platform Reason: PIGEON is not supported",
            self.sns.create_platform_application,
            Name=name,
            Platform="PIGEON",
            Attributes={"PlatformCredential": "c"},
        )

    def case_text_messages(self):
        self.sns.set_sms_attributes(attributes={"DefaultSenderID": "Tern", "DefaultSMSType": "Promotional"})
        wanted = ["DefaultSenderID", "DefaultSMSType", "UsageReportS3Bucket"]
        found = self.sns.get_sms_attributes(attributes=wanted)["attributes"]
        equal(found, {"DefaultSenderID": "Tern", "DefaultSMSType": "Promotional"})
        equal(self.sns.get_sms_attributes()["attributes"]["MonthlySpendLimit"], "1")
        for attributes, text in (
            ({"Foo": "x"}, "Foo is not a valid attribute"),
            ({"DefaultSMSType": "Loud"}, "DefaultSMSType is invalid"),
            ({"DefaultSenderID": "1"}, "DefaultSendID is not a valid attribute"),
        ):
            self.refused(
                "InvalidParameter", 400, text, self.sns.set_sms_attributes, attributes=attributes
            )
        number = "+15550100"
        equal(self.sns.check_if_phone_number_is_opted_out(phoneNumber=number)["isOptedOut"], False)
        equal(self.sns.list_phone_numbers_opted_out()["phoneNumbers"], [])
        self.sns.opt_in_phone_number(phoneNumber=number)
        equal(self.sns.get_sms_sandbox_account_status()["IsInSandbox"], False)
        equal(self.sns.list_sms_sandbox_phone_numbers()["PhoneNumbers"], [])
        equal(self.sns.list_origination_numbers()["PhoneNumbers"], [])
        self.invalid(
            "PhoneNumber Reason: 5550100 is not valid to publish to",
            self.sns.publish,
            PhoneNumber="5550100",
            Message="m",
        )

    def case_data_protection(self):
        topic = self.topic("protection")
        policy = {"Name": "p", "Description": "", "Version": "2021-06-01", "Statement": []}
        policy["Statement"].append(
            {
                "Sid": "s",
                "DataDirection": "Inbound",
                "Principal": ["*"],
                "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"],
                "Operation": {"Deny": {}},
            }
        )
        self.sns.put_data_protection_policy(
            ResourceArn=topic, DataProtectionPolicy=json.dumps(policy, indent=2)
        )
        stored = self.sns.get_data_protection_policy(ResourceArn=topic)["DataProtectionPolicy"]
        equal(json.loads(stored), policy)
        assert "DataProtectionPolicy" not in self.sns.get_topic_attributes(TopicArn=topic)["Attributes"]

    def case_errors(self):
        topic = self.topic("errors")
        missing = topic + "-missing"
        elsewhere = topic.replace("us-east-1", "eu-central-1")
        short = "TopicArn Reason: An ARN must have at least 6 elements, not 1"
        for arn, text in (("tea", short), (elsewhere, "TopicArn")):
            self.invalid(text, self.sns.get_topic_attributes, TopicArn=arn)
            self.invalid(text, self.sns.publish, TopicArn=arn, Message="m")
            self.invalid(text, self.sns.delete_topic, TopicArn=arn)
        not_found = ("NotFound", 404, "Topic does not exist")
        self.refused(*not_found, self.sns.publish, TopicArn=missing, Message="m")
        self.refused(
            *not_found, self.sns.subscribe, TopicArn=missing, Protocol="sms", Endpoint="+15550100"
        )
        self.refused(
            "NotFound",
            404,
            "Subscription does not exist",
            self.sns.get_subscription_attributes,
            SubscriptionArn=f"{topic}:{uuid.uuid4()}",
        )
        self.invalid("Topic Name", self.sns.create_topic, Name="tea!")
        self.invalid(
            "TopicArn or TargetArn Reason: no value for required parameter",
            self.sns.publish,
            Message="m",
        )
        for arguments, text in (
            ({"Message": ""}, "Empty message"),
            ({"Message": "m" * 262_145}, "Message too long"),
            ({"Message": "m", "Subject": "s" * 100}, "Subject"),
            (
                {"Message": "m", "MessageDeduplicationId": "d"},
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
                " that is not valid for this topic type",
            ),
        ):
            self.invalid(text, self.sns.publish, TopicArn=topic, **arguments)
        self.refused(
            "ParameterValueInvalid",
            400,
            "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
            self.sns.publish,
            TopicArn=topic,
            Message="m",
            MessageAttributes={"a": {"DataType": "Binary", "StringValue": "s"}},
        )
        for protocol, endpoint, text in (
            ("pigeon", "roof", "Amazon SNS does not support this protocol string: pigeon"),
            ("sqs", "https://queue", "SQS endpoint ARN"),
            (
                "sqs",
                f"arn:aws:sqs:us-east-1:{ACCOUNT}:q.fifo",
                "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to"
                " standard SNS topics",
            ),
        ):
            self.invalid(
                text, self.sns.subscribe, TopicArn=topic, Protocol=protocol, Endpoint=endpoint
            )
        self.invalid("Topic", self.sns.confirm_subscription, TopicArn="tea", Token="a" * 200)
        self.refused(
            "InvalidParameter",
            400,
            "Invalid token",
            self.sns.confirm_subscription,
            TopicArn=topic,
            Token="nonsense",
        )


def queue_arn(url):
    return f"arn:aws:sqs:us-east-1:{ACCOUNT}:{url.rsplit('/', 1)[1]}"


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r} but was {actual!r}")


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
