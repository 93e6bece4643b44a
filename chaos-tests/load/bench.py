"""Compares Tern with ElasticMQ on this machine in one run. Started by bench.sh; see README.md."""

import argparse
import dataclasses
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import report
import servers as servers_under_test
from servers import DEFAULT_SERVERS, KINDS, TARGET, ServerFailed, end_with_parent

SQSLOAD = TARGET / "sqsload"
ROW_WARMUP_SECONDS = 2  # a fresh queue settles; the server itself is warm by then
PREFILLED_ROW_WARMUP_SECONDS = 0.5  # short, since it uses up what was loaded
PREFILL_A_SECOND = 40_000  # messages loaded for each second of receive-delete; it may end early
SLOWEST_RUN_SECONDS = 300  # beyond its duration: prefill, drain
IDLE_CORES = 0.15
SETTLE_LIMIT_SECONDS = 10
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: what sqsload is asked to do."""

    name: str
    arguments: tuple
    latency_of: str = "send"
    by_default: bool = True

    def is_publish(self):
        return self.arguments[0] == "publish"

    def runs_on(self, server):
        """ElasticMQ has no topics; moto is there for them, and would take minutes to receive."""
        if server.kind == "moto":
            return self.is_publish() or self.arguments[0] == "send"
        return server.kind != "elasticmq" or not self.is_publish()

    def is_prefilled(self):
        return self.arguments[0] == "receive-delete"


def row(name, arguments, **others):
    return Row(name, tuple(arguments.split()), **others)


ROWS = [
    row("send-16", "send --conns 16"),
    row("send-64", "send --conns 64"),
    row("send-batch10-8", "send-batch10 --conns 8"),
    row("cycle-16", "cycle --conns 16 --verify"),
    row("cycle-batch10-8", "cycle-batch10 --conns 8 --verify"),
    row("receive-delete-8", "receive-delete --conns 8", latency_of="receive"),
    row("fifo-send-16", "fifo-send --conns 16 --groups 1000"),
    row("fifo-batch10-8", "fifo-send-batch10 --conns 8 --groups 1000"),
    row("fifo-cycle-16", "fifo-cycle --conns 16 --groups 1000 --verify"),
    row("fifo-cycle-batch10-8", "fifo-cycle-batch10 --conns 8 --groups 1000 --verify"),
    row("publish-1", "publish --conns 16 --queues 1"),
    row("publish-10", "publish --conns 16 --queues 10"),
    row("publish-100", "publish --conns 16 --queues 100"),
    row("publish-1000", "publish --conns 16 --queues 1000"),
    row("send-rate50", "send --conns 4 --rate 50"),
    row("publish-100-rate50", "publish --conns 4 --rate 50 --queues 100"),
    row("send-1", "send --conns 1", by_default=False),
    row("send-16-rate1000", "send --conns 16 --rate 1000", by_default=False),
    row("pc-16-rate1000", "pc --conns 16 --consumers 8 --rate 1000 --wait 1 --verify", by_default=False),
    row("in-flight-120k", "cycle --conns 16 --hold 119900", by_default=False),
]

# The same mix whatever rows are asked for, so that the compiled code does not depend on the choice of rows.
WARMUP_MIX = [
    row("warm-up", "send --conns 16"),
    row("warm-up", "send-batch10 --conns 8"),
    row("warm-up", "cycle --conns 16"),
    row("warm-up", "cycle-batch10 --conns 8"),
    row("warm-up", "pc --conns 16"),
    row("warm-up", "fifo-send-batch10 --conns 8 --groups 1000"),
    row("warm-up", "fifo-cycle-batch10 --conns 8 --groups 1000"),
    row("warm-up", "send --conns 64"),
    row("warm-up", "publish --conns 16 --queues 10"),
]
WARMUP_ROUNDS = 4


def names(choices):
    def parse(text):
        chosen = text.split(",")
        unknown = [name for name in chosen if name not in choices]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; choose from {', '.join(choices)}")
        return chosen

    return parse


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench.sh", description=__doc__)
    by_name = {r.name: r for r in ROWS}
    parser.add_argument(
        "--rows", type=names(by_name), metavar="ROW,...",
        help=f"all: {', '.join(by_name)} (default: the first {sum(r.by_default for r in ROWS)})",
    )  # fmt: skip
    parser.add_argument(
        "--servers", type=names(KINDS), metavar="SERVER,...", default=DEFAULT_SERVERS,
        help=f"of {', '.join(KINDS)} (default {','.join(DEFAULT_SERVERS)}); one named twice runs twice",
    )  # fmt: skip
    parser.add_argument("--duration", type=float, metavar="S", help="measured seconds of each run (10)")
    parser.add_argument("--warmup", type=float, metavar="S", help="seconds of mixed load on each server first (60)")
    parser.add_argument("--repeat", type=int, metavar="N", default=3, help="runs of each row; the median counts (3)")
    parser.add_argument("--quick", action="store_true", help="10 s warm-up and 3 s runs: to try it, not to quote it")
    parser.add_argument("--data", type=Path, default=TARGET, metavar="DIR", help="where data folders go (target/)")
    plan = parser.parse_args()
    plan.rows = [by_name[name] for name in plan.rows] if plan.rows else [r for r in ROWS if r.by_default]
    plan.duration = plan.duration or (3 if plan.quick else 10)
    plan.warmup = plan.warmup if plan.warmup is not None else (10 if plan.quick else 60)
    if plan.repeat < 1 or plan.duration <= 0 or plan.warmup < 0:
        parser.error("--repeat and --duration are positive, --warmup is not negative")
    return plan


def say(text):
    print(text, file=sys.stderr, flush=True)


class LoadFailed(Exception):
    """sqsload could not measure."""


def load(load_row, server, queue, duration, warmup):
    """Runs sqsload once against the server and returns what it reports."""
    command = [
        str(SQSLOAD), *load_row.arguments, "--url", ",".join(server.urls), "--queue", queue,
        "--pid", ",".join(map(str, server.pids())), "--duration", str(duration), "--warmup", str(warmup),
        "--delete-after",
    ]  # fmt: skip
    if load_row.is_prefilled():
        command += ["--prefill", str(int((duration + warmup) * PREFILL_A_SECOND))]
    limit = duration + warmup + SLOWEST_RUN_SECONDS
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, check=False, preexec_fn=end_with_parent
        )
    except subprocess.TimeoutExpired as error:
        raise LoadFailed(f"no end after {limit:.0f} s") from error
    if done.stderr:
        say("  " + done.stderr.strip())
    if done.returncode not in (0, 1):
        raise LoadFailed(done.stderr.strip() or f"sqsload ended with status {done.returncode}")
    return json.loads(done.stdout)


def settle(servers):
    """Waits until work left over from the last run (deleted messages, compaction) is done, for a bounded time."""
    deadline = time.monotonic() + SETTLE_LIMIT_SECONDS
    while time.monotonic() < deadline:
        before = sum(server.cpu_seconds() for server in servers)
        time.sleep(0.5)
        if (sum(server.cpu_seconds() for server in servers) - before) / 0.5 < IDLE_CORES:
            return


class Bench:
    """One run over all rows. Keeps every line as it comes, so a broken run leaves what it measured."""

    def __init__(self, plan, servers, raw_file):
        self.plan = plan
        self.servers = servers
        self.raw_file = raw_file
        self.lines = []
        self.warmup_lines = []
        self.failures = []
        self.runs = 0

    def run(self, load_row, server, repeat, duration, warmup):
        self.runs += 1
        try:
            server.check_alive()
            line = load(load_row, server, f"bench-{load_row.name}-{self.runs}", duration, warmup)
            server.check_alive()
        except (LoadFailed, ServerFailed) as error:
            self.failures.append(f"{load_row.name} on {server.name}, repeat {repeat}: {error}")
            say(f"  failed: {self.failures[-1]}")
            return None
        line = {"row": load_row.name, "server": server.name, "repeat": repeat} | line
        self.raw_file.write(json.dumps(line) + "\n")
        self.raw_file.flush()
        say(
            f"  {load_row.name:18} {server.name:12} {line['mode']:15} {line['msgs_per_s']:>8,.0f}/s"
            f"  {line['server_cpu_s_per_1k_msgs']:.4f} CPU-s/1k  others {report.others_cores(line):.2f}"
        )
        return line

    def warm_up(self):
        slice_seconds = self.plan.warmup / (WARMUP_ROUNDS * len(WARMUP_MIX))
        if slice_seconds <= 0:
            return
        for server in self.servers:
            say(f"warming {server.name} for {self.plan.warmup:g} s")
            for number in range(1, WARMUP_ROUNDS + 1):
                for mix_row in WARMUP_MIX:
                    if not mix_row.runs_on(server):
                        continue
                    line = self.run(mix_row, server, number, slice_seconds, 0)
                    if line:
                        self.warmup_lines.append(line)
        settle(self.servers)

    def measure(self):
        for measured_row in self.plan.rows:
            say(f"row {measured_row.name}")
            warmup = PREFILLED_ROW_WARMUP_SECONDS if measured_row.is_prefilled() else ROW_WARMUP_SECONDS
            for repeat in range(1, self.plan.repeat + 1):
                first = repeat % len(self.servers)  # nobody is always first
                for server in self.servers[first:] + self.servers[:first]:
                    if not measured_row.runs_on(server):
                        continue
                    line = self.run(measured_row, server, repeat, self.plan.duration, warmup)
                    if line:
                        self.lines.append(line)
                    settle(self.servers)


def run_plan(plan, data_root):
    """Starts, warms, measures, stops. Returns the exit status."""
    servers = servers_under_test.build(plan.servers, data_root)
    try:
        for server in servers:
            say(f"starting {server.name}: {server.durability}")
            server.start()
        with (TARGET / "bench.jsonl").open("w", encoding="utf-8") as raw_file:
            bench = Bench(plan, servers, raw_file)
            bench.warm_up()
            bench.measure()
        text = report.render(
            plan, servers, bench.lines, bench.warmup_lines, bench.failures, data_root
        )
        (TARGET / "bench.md").write_text(text, encoding="utf-8")
        print(text)
        say(f"written: {TARGET / 'bench.md'} and {TARGET / 'bench.jsonl'}")
        return 1 if report.failed(bench.lines, bench.failures) else 0
    finally:
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)  # a second ctrl-C must not leave servers behind
        for server in servers:
            server.stop()


def interrupt(_number, _frame):
    raise KeyboardInterrupt


def main():
    plan = parse_arguments()
    for ending in ENDINGS:
        signal.signal(ending, interrupt)
    data_root = Path(tempfile.mkdtemp(prefix="tern-bench-", dir=plan.data))
    try:
        return run_plan(plan, data_root)
    except ServerFailed as error:
        say(f"bench: {error}")
        return 2
    except KeyboardInterrupt:
        say("bench: interrupted; servers stopped")
        return 130
    finally:
        shutil.rmtree(data_root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
