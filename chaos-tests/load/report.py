"""Turns the measured lines into one table. Used by bench.py."""

import datetime
import os
import platform
import subprocess
from statistics import median

HEADINGS = [
    "row", "server", "messages/s", "p50 ms", "p99 ms",
    "CPU-s/1k msgs", "CPU / ElasticMQ", "CPU spread", "others' cores",
]  # fmt: skip
NOISY_CORES = 0.3
STILL_WARMING = 0.85  # a last warm-up round below this part of the one before


def latency(row, line):
    return line.get(f"{row.latency_of}_us", {"p50": 0, "p99": 0})


def others_cores(line):
    return max(0.0, line["host_busy_cores"] - line["server_cores"] - line["client_cores"])


def has_failures(line):
    """Whether a request failed or an acknowledged message did not come back."""
    return any(line[key] for key in ("errors", "entry_failures", "unanswered")) or line.get("lost", 0) > 0


def cpu(line):
    return line["server_cpu_s_per_1k_msgs"]


def ratios(lines, baseline):
    """The CPU ratio of each repeat to the baseline's neighbouring run of the same repeat."""
    base = {line["repeat"]: cpu(line) for line in baseline}
    return [cpu(line) / base[line["repeat"]] for line in lines if base.get(line["repeat"])]


def table_row(row, server, lines, baseline):
    if not lines:
        return [row.name, server, "failed", "", "", "", "", "", ""]
    costs = [cpu(line) for line in lines]
    cost = median(costs)
    compared = ratios(lines, baseline)
    mark = " !" if any(map(has_failures, lines)) else ""
    return [
        row.name,
        server,
        f"{median(line['msgs_per_s'] for line in lines):,.0f}{mark}",
        f"{median(latency(row, line)['p50'] for line in lines) / 1000:.2f}",
        f"{median(latency(row, line)['p99'] for line in lines) / 1000:.2f}",
        f"{cost:.4f}",
        f"{median(compared):.2f}" if compared else "-",
        f"{(max(costs) - min(costs)) / cost * 100:.0f} %" if cost else "-",
        f"{median(others_cores(line) for line in lines):.2f}",
    ]


def table(rows, servers, lines):
    baseline = next((s.name for s in servers if s.kind == "elasticmq"), None)
    body = []
    for row in rows:
        of_row = [line for line in lines if line["row"] == row.name]
        of_server = {s.name: [line for line in of_row if line["server"] == s.name] for s in servers}
        for server in servers:
            if not row.runs_on(server):
                continue
            body.append(table_row(row, server.name, of_server[server.name], of_server.get(baseline, [])))
    return body


PUBLISH_HEADINGS = [
    "row", "server", "publishes/s", "deliveries/s", "CPU-s/1k deliveries", "answer p50 ms", "answer p99 ms",
    "p50 / plain send",
]  # fmt: skip


def publish_table(rows, servers, lines):
    """What publishers see. The plain send is the row of the same rate, where there is one."""
    body = []
    for row in (r for r in rows if r.is_publish()):
        for server in (s for s in servers if row.runs_on(s)):
            of_server = [line for line in lines if line["server"] == server.name]
            of_row = [line for line in of_server if line["row"] == row.name]
            if not of_row:
                continue
            plain = [line for line in of_server if line["rate"] == of_row[0]["rate"] > 0 and line["mode"] == "send"]
            p50 = median(latency(row, line)["p50"] for line in of_row)
            ratio = f"{p50 / median(latency(row, line)['p50'] for line in plain):.2f}" if plain else "-"
            body.append([
                row.name,
                server.name,
                f"{median(line['publishes_per_s'] for line in of_row):,.0f}",
                f"{median(line['msgs_per_s'] for line in of_row):,.0f}",
                f"{median(cpu(line) for line in of_row):.4f}",
                f"{p50 / 1000:.2f}",
                f"{median(latency(row, line)['p99'] for line in of_row) / 1000:.2f}",
                ratio,
            ])  # fmt: skip
    return body


def markdown_table(headings, body):
    widths = [max(len(str(line[i])) for line in [headings, *body]) for i in range(len(headings))]

    def text(cells):
        padded = [
            str(cell).ljust(widths[i]) if i < 2 else str(cell).rjust(widths[i]) for i, cell in enumerate(cells)
        ]
        return "| " + " | ".join(padded) + " |"

    rule = "| " + " | ".join("-" * w if i < 2 else "-" * (w - 1) + ":" for i, w in enumerate(widths)) + " |"
    return "\n".join([text(headings), rule, *map(text, body)])


def still_warming(server, lines):
    """A sentence when the last round of the warm-up was much cheaper than the one before, else None."""
    rounds = sorted({line["repeat"] for line in lines if line["server"] == server})[-2:]
    if len(rounds) < 2:
        return None
    costs = [[cpu(line) for line in lines if line["server"] == server and line["repeat"] == r] for r in rounds]
    if not all(costs[0]) or len(costs[0]) != len(costs[1]):
        return None
    change = median(after / before for before, after in zip(*costs))
    if change > STILL_WARMING:
        return None
    return (
        f"{server} was not warm: the last warm-up round cost {change:.2f} times the one before. "
        "Use a longer --warmup."
    )


def problems(lines, failures):
    """What makes a figure doubtful, one sentence each."""
    found = list(failures)
    for line in lines:
        where = f"{line['row']} on {line['server']}, repeat {line['repeat']}"
        for key in ("errors", "entry_failures", "unanswered", "duplicates", "lost"):
            if line.get(key):
                found.append(f"{where}: {key} {line[key]}. {line.get('first_error', '')}".strip())
        if line["ended_early"] and line["seconds"] < 1:
            found.append(f"{where}: the queue was empty after {line['seconds']} s, too short to trust.")
    noisy = sum(others_cores(line) > NOISY_CORES for line in lines)
    if noisy:
        found.append(
            f"{noisy} of {len(lines)} runs had other work using more than {NOISY_CORES} cores: "
            "trust the ratio before the CPU, and the CPU before messages/s."
        )
    return found


def failed(lines, failures):
    """Then the run as a whole does not pass."""
    return bool(failures) or any(map(has_failures, lines))


def filesystem_of(path):
    """The type of the file system that holds path; on tmpfs an fsync costs nothing and proves nothing."""
    answer = subprocess.run(["df", "--output=fstype", str(path)], capture_output=True, text=True, check=False)
    return (answer.stdout.split() or ["an unknown file system"])[-1]


def machine():
    model = "unknown CPU"
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {model}, {memory_gib:.0f} GiB, Linux {platform.release()}"


def render(plan, servers, lines, warmup_lines, failures, data_root):
    """The whole report as Markdown."""
    started = datetime.datetime.now(datetime.timezone.utc)
    parts = [
        "# Tern benchmark",
        f"{started:%Y-%m-%d %H:%M} UTC. {machine()}. Data on {filesystem_of(data_root)}. Body 256 bytes. "
        f"Warm-up {plan.warmup:g} s for each server, rows of {plan.duration:g} s, median of {plan.repeat}.",
        markdown_table(["server", "durability"], [[s.name, s.durability] for s in servers]),
        markdown_table(HEADINGS, table(plan.rows, servers, lines)),
        "CPU-s/1k msgs: CPU seconds of all processes of the server for 1,000 messages. "
        "CPU / ElasticMQ: median of the ratios to the neighbouring ElasticMQ run. "
        "CPU spread: highest minus lowest run, over the median. p50 and p99: of the send request, "
        "in receive-delete of the receive request. !: requests failed, so the figures of that line do not count.",
    ]
    publishes = publish_table(plan.rows, servers, lines)
    if publishes:
        parts.append(
            "Topics: publish-N has N queues subscribed; a message of the table above is a delivery, and the clock "
            "runs until the last one. ElasticMQ has no topics; moto has.\n\n" + markdown_table(PUBLISH_HEADINGS, publishes)
        )
    doubts = [d for d in (still_warming(s.name, warmup_lines) for s in servers) if d]
    doubts += problems(lines, failures)
    if doubts:
        parts.append("Mind:\n\n" + "\n".join(f"- {doubt}" for doubt in doubts))
    return "\n\n".join(parts) + "\n"
