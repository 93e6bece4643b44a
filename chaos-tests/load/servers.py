"""The servers under test: how to start, find and stop each. Used by bench.py."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = HERE / "target"
LOGS = TARGET / "logs"
TERN_JAR = ROOT / "broker-server/node/target/tern.jar"
TERN_JVM_OPTIONS = ROOT / "broker-server/node/src/main/launch/jvm.options"
FIRST_PORT = 19324  # clear of 9324 to 9350, where servers that are in use may listen
PORTS_A_SERVER = 20
START_LIMIT_SECONDS = 60
STOP_LIMIT_SECONDS = 20
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class ServerFailed(Exception):
    """A server did not start, or ended by itself."""


def java():
    return str(Path(os.environ["JAVA_HOME"]) / "bin/java")


def end_with_parent():
    """Runs in the child: even a killed bench.py leaves no server behind."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Node:
    """One server process on this machine."""

    def __init__(self, name, command, environment, ready):
        self.name = name
        self.command = command
        self.environment = environment
        self.ready = ready  # no arguments; true once the node answers
        self.log = LOGS / f"{name}.log"
        self.process = None

    def launch(self):
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that ctrl-C reaches bench.py alone, which stops all in order
                preexec_fn=end_with_parent,
            )

    def check_alive(self):
        if self.process.poll() is not None:
            tail = self.log.read_text(errors="replace")[-1500:]
            raise ServerFailed(f"{self.name} ended with status {self.process.returncode}; {self.log}:\n{tail}")

    def await_ready(self):
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not self.ready():
            self.check_alive()
            if time.monotonic() > deadline:
                raise ServerFailed(f"{self.name} was not ready after {START_LIMIT_SECONDS} s; see {self.log}")
            time.sleep(0.1)

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    def ask_to_stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def await_stopped(self):
        if not self.process:
            return
        try:
            self.process.wait(STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Server:
    """One side of the comparison: one node or several that form one service."""

    def __init__(self, name, kind, durability, nodes, urls):
        self.name = name
        self.kind = kind
        self.durability = durability
        self.nodes = nodes
        self.urls = urls

    def start(self):
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.await_ready()

    def stop(self):
        for node in self.nodes:
            node.ask_to_stop()
        for node in self.nodes:
            node.await_stopped()

    def check_alive(self):
        for node in self.nodes:
            node.check_alive()

    def pids(self):
        return [node.process.pid for node in self.nodes]

    def cpu_seconds(self):
        return sum(node.cpu_seconds() for node in self.nodes)


def answers(url, body=None, headers=None):
    """True when the URL answers 200."""
    request = urllib.request.Request(url, data=body, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=2) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


def require_free(ports):
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise ServerFailed(f"port {port} is taken: {error}") from error


def elasticmq(name, first_port, _data):
    require_free([first_port])
    url = f"http://127.0.0.1:{first_port}"
    command = [
        java(), "-Xmx8g", "-XX:+UseG1GC",
        f"-Dconfig.file={HERE / 'elasticmq.conf'}",
        "-cp", str(TARGET / "elasticmq/*"),
        "org.elasticmq.server.Main",
    ]  # fmt: skip
    headers = {"X-Amz-Target": "AmazonSQS.ListQueues", "Content-Type": "application/x-amz-json-1.0"}
    node = Node(name, command, {"BENCH_PORT": str(first_port)}, lambda: answers(url, b"{}", headers))
    return Server(name, "elasticmq", "memory only, 1 process", [node], [url])


def moto(name, first_port, _data):
    """The only other server with topics that runs on a laptop."""
    program = shutil.which("moto_server")
    if not program:
        raise ServerFailed("moto_server is missing. Install it with: pip install 'moto[server]'")
    require_free([first_port])
    url = f"http://127.0.0.1:{first_port}"
    command = [program, "-H", "127.0.0.1", "-p", str(first_port)]
    node = Node(name, command, {}, lambda: answers(f"{url}/moto-api/data.json"))
    return Server(name, "moto", "memory only, 1 process", [node], [url])


def jvm_options():
    """The flags Tern is run with everywhere, one a line."""
    if not TERN_JVM_OPTIONS.exists():
        return []
    lines = (line.strip() for line in TERN_JVM_OPTIONS.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def tern_command(node, cluster, data, relaxed):
    command = [
        java(), *jvm_options(), "-jar", str(TERN_JAR), "serve",
        "--node-id", node["id"], "--port", str(node["port"]), "--admin-port", str(node["admin"]),
        "--peer-port", str(node["peer"]), "--raft-port", str(node["raft"]), "--grpc-port", str(node["grpc"]),
        "--data", str(data / node["id"]),
    ]  # fmt: skip
    if len(cluster) > 1:
        members = [f"{n['id']}/{n['zone']}=127.0.0.1:{n['peer']}:{n['raft']}:{n['grpc']}" for n in cluster]
        command += ["--cluster", ",".join(members)]
    return command + ["--relaxed"] if relaxed else command


def tern(name, first_port, data, node_count, relaxed=False):
    if not TERN_JAR.exists():
        raise ServerFailed(
            f"{TERN_JAR} is missing. Build it with: make build, "
            "or: mvn -q -DskipTests package -pl broker-server/node -am"
        )
    cluster = []
    for i in range(node_count):
        port = first_port + 5 * i
        cluster.append(
            {"id": f"n{i + 1}", "zone": "zone-" + "abc"[i], "port": port}
            | {"admin": port + 1, "peer": port + 2, "raft": port + 3, "grpc": port + 4}
        )
    require_free(range(first_port, first_port + 5 * node_count))
    nodes = []
    for member in cluster:
        health = f"http://127.0.0.1:{member['admin']}/health/ready"
        command = tern_command(member, cluster, data, relaxed)
        nodes.append(Node(f"{name}-{member['id']}", command, {}, lambda url=health: answers(url)))
    replicas = "1 replica" if node_count == 1 else f"{node_count} replicas (a majority has it)"
    durability = f"{'page cache, no fsync' if relaxed else 'fsync'} before the acknowledgement, {replicas}"
    return Server(name, "tern", durability, nodes, [f"http://127.0.0.1:{member['port']}" for member in cluster])


KINDS = {
    "elasticmq": elasticmq,
    "moto": moto,
    "tern-1": lambda name, port, data: tern(name, port, data, 1),
    "tern-3": lambda name, port, data: tern(name, port, data, 3),
    "tern-1-relaxed": lambda name, port, data: tern(name, port, data, 1, relaxed=True),
    "tern-3-relaxed": lambda name, port, data: tern(name, port, data, 3, relaxed=True),
}
DEFAULT_SERVERS = ["tern-1", "tern-3", "elasticmq"]


def build(kinds, data_root):
    """The servers of a run, not yet started. A kind named twice runs twice: that shows the noise."""
    LOGS.mkdir(parents=True, exist_ok=True)
    built = []
    for slot, kind in enumerate(kinds):
        copies = kinds[:slot].count(kind)
        name = f"{kind}#{copies + 1}" if copies else kind
        data = data_root / name
        data.mkdir()
        built.append(KINDS[kind](name, FIRST_PORT + slot * PORTS_A_SERVER, data))
    return built
