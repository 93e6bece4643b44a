// Parses the command line of sqsload.
#define _GNU_SOURCE
#include "options.h"

#include <getopt.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const USAGE =
    "sqsload MODE --url http://host:port[,http://host:port...] [options]   prints one JSON line\n"
    "modes: send  send-batch10  receive-delete  cycle  cycle-batch10  pc,\n"
    "       publish (to a topic with all the queues; a delivery counts as a message),\n"
    "       and fifo-send  fifo-send-batch10  fifo-cycle  fifo-cycle-batch10\n"
    "  --queue NAME (perf)   --queues N (1; NAME-0..N-1)   --attrs JSON (CreateQueue attributes)\n"
    "  --no-create           use queues that exist         --purge   empty them first\n"
    "  --delete-after        delete the queues at the end\n"
    "  --conns C (16)        --duration S (10)   --warmup S (3)   --body BYTES (256)\n"
    "  --batch N             messages in a send  --groups G (100; FIFO)\n"
    "  --rate R              open loop: R send requests a second, latency from the time each was due\n"
    "  --consumers K         mode pc: K of the C connections receive and delete, the others send (C/2)\n"
    "  --prefill N           receive-delete: messages loaded first, untimed (6000 a second of run)\n"
    "  --hold N              N messages are in flight before the warm-up, and stay so\n"
    "  --max N (10)          receive-delete, pc: MaxNumberOfMessages   --wait S (0): WaitTimeSeconds\n"
    "  --pid P[,P...]        server processes: CPU, written bytes and memory are read from /proc\n"
    "  --verify              count duplicates, then drain the queue and count lost messages\n"
    "exit: 0 fine, 1 a request failed inside the measured window, 2 nothing was measured\n";

enum {
  OPT_URL = 1, OPT_QUEUE, OPT_QUEUES, OPT_ATTRS, OPT_NO_CREATE, OPT_PURGE, OPT_DELETE_AFTER, OPT_CONNS,
  OPT_DURATION, OPT_WARMUP, OPT_BODY, OPT_BATCH, OPT_GROUPS, OPT_RATE, OPT_CONSUMERS, OPT_PREFILL,
  OPT_HOLD, OPT_MAX, OPT_WAIT, OPT_PID, OPT_VERIFY, OPT_HELP
};

static const struct option LONG_OPTIONS[] = {
    {"url", required_argument, NULL, OPT_URL},
    {"queue", required_argument, NULL, OPT_QUEUE},
    {"queues", required_argument, NULL, OPT_QUEUES},
    {"attrs", required_argument, NULL, OPT_ATTRS},
    {"no-create", no_argument, NULL, OPT_NO_CREATE},
    {"purge", no_argument, NULL, OPT_PURGE},
    {"delete-after", no_argument, NULL, OPT_DELETE_AFTER},
    {"conns", required_argument, NULL, OPT_CONNS},
    {"duration", required_argument, NULL, OPT_DURATION},
    {"warmup", required_argument, NULL, OPT_WARMUP},
    {"body", required_argument, NULL, OPT_BODY},
    {"batch", required_argument, NULL, OPT_BATCH},
    {"groups", required_argument, NULL, OPT_GROUPS},
    {"rate", required_argument, NULL, OPT_RATE},
    {"consumers", required_argument, NULL, OPT_CONSUMERS},
    {"prefill", required_argument, NULL, OPT_PREFILL},
    {"hold", required_argument, NULL, OPT_HOLD},
    {"max", required_argument, NULL, OPT_MAX},
    {"wait", required_argument, NULL, OPT_WAIT},
    {"pid", required_argument, NULL, OPT_PID},
    {"verify", no_argument, NULL, OPT_VERIFY},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0}};

void die(const char *reason) {
  fprintf(stderr, "sqsload: %s\n", reason);
  exit(2);
}

// Fills in host and address from http://host:port.
static void parse_endpoint(struct endpoint *endpoint, const char *url) {
  if (strncmp(url, "http://", 7)) die("only http:// endpoints");
  snprintf(endpoint->host, sizeof endpoint->host, "%s", url + 7);
  endpoint->host[strcspn(endpoint->host, "/")] = 0;
  char name[sizeof endpoint->host];
  snprintf(name, sizeof name, "%s", endpoint->host);
  char *colon = strchr(name, ':');
  if (colon) *colon = 0;
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  if (getaddrinfo(name, colon ? colon + 1 : "80", &hints, &found)) die("unknown host in --url");
  memcpy(&endpoint->address, found->ai_addr, sizeof endpoint->address);
  freeaddrinfo(found);
}

static void parse_endpoints(struct options *options, char *list) {
  options->endpoint_count = 0;
  for (char *url = strtok(list, ","); url; url = strtok(NULL, ",")) {
    if (options->endpoint_count == MAX_ENDPOINTS) die("too many endpoints");
    parse_endpoint(&options->endpoints[options->endpoint_count++], url);
  }
}

static void parse_pids(struct options *options, char *list) {
  for (char *pid = strtok(list, ","); pid; pid = strtok(NULL, ",")) {
    if (options->pid_count == MAX_PIDS) die("too many pids");
    options->pids[options->pid_count++] = atoi(pid);
  }
}

// A mode is [fifo-]WORKLOAD[-batchN].
static void parse_mode(struct options *options, const char *mode) {
  options->mode_name = mode;
  char name[64];
  snprintf(name, sizeof name, "%s", mode);
  char *base = name;
  if (!strncmp(base, "fifo-", 5)) {
    options->fifo = true;
    base += 5;
  }
  options->batch = 1;
  char *batch = strstr(base, "-batch");
  if (batch) {
    options->batch = atoi(batch + 6);
    *batch = 0;
  }
  if (!strcmp(base, "publish")) options->workload = WORKLOAD_PUBLISH;
  else if (!strcmp(base, "send")) options->workload = WORKLOAD_SEND;
  else if (!strcmp(base, "receive-delete")) options->workload = WORKLOAD_RECEIVE_DELETE;
  else if (!strcmp(base, "cycle")) options->workload = WORKLOAD_CYCLE;
  else if (!strcmp(base, "pc")) options->workload = WORKLOAD_PRODUCE_CONSUME;
  else die("unknown mode, see --help");
}

static void apply(struct options *options, int option, char *value) {
  switch (option) {
    case OPT_URL: parse_endpoints(options, value); break;
    case OPT_QUEUE: options->queue_name = value; break;
    case OPT_QUEUES: options->queue_count = atoi(value); break;
    case OPT_ATTRS: options->queue_attributes = value; break;
    case OPT_NO_CREATE: options->no_create = true; break;
    case OPT_PURGE: options->purge = true; break;
    case OPT_DELETE_AFTER: options->delete_after = true; break;
    case OPT_CONNS: options->connections = atoi(value); break;
    case OPT_DURATION: options->duration_seconds = atof(value); break;
    case OPT_WARMUP: options->warmup_seconds = atof(value); break;
    case OPT_BODY: options->body_bytes = atoi(value); break;
    case OPT_BATCH: options->batch = atoi(value); break;
    case OPT_GROUPS: options->fifo_groups = atoi(value); break;
    case OPT_RATE: options->rate = atof(value); break;
    case OPT_CONSUMERS: options->consumers = atoi(value); break;
    case OPT_PREFILL: options->prefill = atol(value); break;
    case OPT_HOLD: options->hold = atol(value); break;
    case OPT_MAX: options->receive_max = atoi(value); break;
    case OPT_WAIT: options->wait_seconds = atoi(value); break;
    case OPT_PID: parse_pids(options, value); break;
    case OPT_VERIFY: options->verify = true; break;
    case OPT_HELP: fputs(USAGE, stdout); exit(0);
    default: fputs(USAGE, stderr); exit(2);
  }
}

static bool within(long value, long low, long high) { return value >= low && value <= high; }

static void check(const struct options *options) {
  if (!within(options->connections, 1, MAX_CONNECTIONS)) die("--conns is out of range");
  if (!within(options->queue_count, 1, MAX_QUEUES)) die("--queues is out of range");
  if (!within(options->batch, 1, MAX_BATCH)) die("--batch is out of range");
  if (!within(options->receive_max, 1, MAX_BATCH)) die("--max is out of range");
  if (!within(options->wait_seconds, 0, 20)) die("--wait is out of range");
  if (!within(options->body_bytes, MIN_BODY_BYTES, MAX_BODY_BYTES)) die("--body is out of range");
  if (!within(options->hold, 0, MAX_HELD)) die("--hold is out of range");
  if (options->fifo_groups < 1) die("--groups is out of range");
  if (!within(options->consumers, 0, options->connections)) die("--consumers is out of range");
  if (options->duration_seconds <= 0 || options->warmup_seconds < 0 || options->rate < 0) {
    die("--duration, --warmup and --rate are not negative");
  }
  if (strlen(options->queue_name) > 80) die("--queue is too long");
  if (options->queue_attributes && strlen(options->queue_attributes) > 2000) die("--attrs is too long");
  if (!options->endpoint_count) die("--url is needed");
}

void options_parse(struct options *options, int argc, char **argv) {
  *options = (struct options){
      .queue_name = "perf", .queue_count = 1, .connections = 16, .receive_max = MAX_BATCH,
      .body_bytes = 256, .fifo_groups = 100, .prefill = -1, .duration_seconds = 10, .warmup_seconds = 3};
  if (argc < 2) {
    fputs(USAGE, stderr);
    exit(2);
  }
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
    fputs(USAGE, stdout);
    exit(0);
  }
  parse_mode(options, argv[1]);
  optind = 2;
  int option;
  while ((option = getopt_long(argc, argv, "", LONG_OPTIONS, NULL)) != -1) apply(options, option, optarg);
  if (options->workload != WORKLOAD_RECEIVE_DELETE) {
    options->prefill = 0;
  } else if (options->prefill < 0) {
    options->prefill = (long)((options->duration_seconds + options->warmup_seconds) * 6000);
  }
  if (options->workload == WORKLOAD_PRODUCE_CONSUME && !options->consumers) {
    options->consumers = options->connections / 2;
  }
  check(options);
}
