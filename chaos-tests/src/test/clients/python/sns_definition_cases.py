"""The cases of conformance_sns.py about definitions: attributes, lists, tags, errors."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

from sns_cases import ACCOUNT, TOPICS, SnsCases, equal, queue_arn

PAGE = 100


class DefinitionCases(SnsCases):
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
        # They belong to the account, so others may have set them; empty is back to unset.
        self.sns.set_sms_attributes(
            attributes={
                "DefaultSenderID": "Tern",
                "DefaultSMSType": "Promotional",
                "UsageReportS3Bucket": "",
                "MonthlySpendLimit": "",
            }
        )
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
