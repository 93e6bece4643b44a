"""Celery with the SQS transport against three nodes: one worker runs from the first task to the
last. Says "half" when the first tasks have run, waits for "go", says "done" when all have run and
the queue is empty.

Usage: python3 celery_job.py <endpoint>
The worker is this file too, as Celery's application; it learns the rest from its environment.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit

from celery import Celery

COUNT = 5
QUEUE = "celery-tasks"


def application():
    endpoint = urlsplit(os.environ["TERN_ENDPOINT"])
    app = Celery("celery_job", broker=f"sqs://test:test@{endpoint.hostname}:{endpoint.port}//")
    app.conf.update(
        task_default_queue=QUEUE,
        # A task whose worker lost its connection is to be run again.
        task_acks_late=True,
        worker_enable_remote_control=False,
        broker_transport_options={
            "region": "us-east-1",
            "is_secure": False,
            "visibility_timeout": 10,
            "wait_time_seconds": 5,
        },
    )
    return app


if __name__ == "__main__":
    os.environ["TERN_ENDPOINT"] = sys.argv[1]
    os.environ["TERN_RESULTS"] = tempfile.mkdtemp(prefix="tern-celery-")
app = application()
results = pathlib.Path(os.environ["TERN_RESULTS"])


@app.task(name="note")
def note(text):
    """What a task did must be seen outside: SQS cannot be a result backend."""
    (results / text).write_text(text)


def half(prefix):
    texts = [f"{prefix}-{i}" for i in range(COUNT)]
    for text in texts:
        note.delay(text)
    while not all((results / text).exists() for text in texts):
        time.sleep(0.05)


def empty():
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ]
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        found = channel.sqs().get_queue_attributes(
            QueueUrl=channel._new_queue(QUEUE), AttributeNames=names
        )
    return all(found["Attributes"][name] == "0" for name in names)


def main():
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "celery_job", "worker", "--pool", "solo"]
        + ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"],
        cwd=pathlib.Path(__file__).parent,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )
    try:
        half("a")
        print("half", flush=True)
        sys.stdin.readline()
        half("b")
        while not empty():
            time.sleep(0.1)
        print("done", flush=True)
        sys.stdin.readline()
    finally:
        worker.send_signal(signal.SIGQUIT)
        worker.wait(10)
        for result in results.iterdir():
            result.unlink()
        results.rmdir()


if __name__ == "__main__":
    main()
