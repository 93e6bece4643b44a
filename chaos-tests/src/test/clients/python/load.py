"""A sender for the fault tests, through boto3. It sends until its input ends and tells on its
output what it tried ("T key") and what was acknowledged ("A key messageId md5").

Usage: python3 load.py <worker> <queue> <pause in ms> <endpoint> [<endpoint> ...]
"""

import binascii
import os
import sys
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError


def main():
    worker, queue, pause_millis, *endpoints = sys.argv[1:]
    config = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
    clients = [
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
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()

    at = 0
    sequence = 0
    while not stopped.wait(int(pause_millis) / 1000):
        key = f"{worker}:{sequence}"
        text = f"{key}:{os.urandom(100 + sequence % 400).hex()}"
        body = f"{text}:{binascii.crc32(text.encode()):08x}"
        print(f"T {key}", flush=True)
        try:
            sent = clients[at].send_message(
                QueueUrl=f"{endpoints[at]}/000000000000/{queue}", MessageBody=body
            )
            print(f"A {key} {sent['MessageId']} {sent['MD5OfMessageBody']}", flush=True)
        except (BotoCoreError, ClientError) as error:
            # Whether it was stored is not known; the next node gets the next message.
            print(f"{key} at {endpoints[at]}: {error}", file=sys.stderr, flush=True)
            at = (at + 1) % len(clients)
        sequence += 1


main()
