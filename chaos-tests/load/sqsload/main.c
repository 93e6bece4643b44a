// sqsload: a single-threaded load generator for servers that speak the SQS JSON 1.0 protocol over HTTP/1.1.
// bench.sh builds it and bench.py runs it; see ../README.md. It needs libc on Linux and nothing else.
#define _GNU_SOURCE
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "account.h"
#include "http.h"
#include "loop.h"
#include "options.h"
#include "report.h"
#include "run.h"
#include "sqs.h"
#include "topic.h"
#include "workload.h"

enum {
  CALL_BODY_BYTES = 4096,
  PREFILL_LIMIT_SECONDS = 170,
  DRAIN_LIMIT_SECONDS = 60,
  FINISH_LIMIT_SECONDS = 5
};

static int64_t in_seconds(double seconds) { return now_nanos() + (int64_t)(seconds * 1e9); }

static void write_queue_name(const struct options *options, int index, char *name, size_t name_bytes) {
  const char *suffix = options->fifo ? ".fifo" : "";
  if (options->queue_count == 1) snprintf(name, name_bytes, "%s%s", options->queue_name, suffix);
  else snprintf(name, name_bytes, "%s-%d%s", options->queue_name, index, suffix);
}

static void call_on_queue(struct run *run, int index, const char *operation) {
  char body[CALL_BODY_BYTES];
  int status;
  snprintf(body, sizeof body, "{\"QueueUrl\":\"%s\"}", run->queue_urls[index]);
  const char *reply = http_call(&run->options.endpoints[0], operation, body, &status);
  if (status / 100 != 2) fprintf(stderr, "sqsload: %s: %d %s\n", operation, status, reply);
}

static void open_queue(struct run *run, int index) {
  const struct options *options = &run->options;
  char name[100], body[CALL_BODY_BYTES];
  write_queue_name(options, index, name, sizeof name);
  const char *extra = options->queue_attributes ? options->queue_attributes : "";
  if (options->no_create || (!options->fifo && !*extra)) {
    snprintf(body, sizeof body, "{\"QueueName\":\"%s\"}", name);
  } else {
    snprintf(body, sizeof body, "{\"QueueName\":\"%s\",\"Attributes\":{%s%s%s}}", name,
             options->fifo ? "\"FifoQueue\":\"true\"" : "", options->fifo && *extra ? "," : "", extra);
  }
  int status;
  const char *operation = options->no_create ? "GetQueueUrl" : "CreateQueue";
  const char *reply = http_call(&options->endpoints[0], operation, body, &status);
  size_t length;
  const char *url = json_string(reply, reply + strlen(reply), "\"QueueUrl\"", &length);
  if (!url || length > 1000) {
    fprintf(stderr, "%s: %d %s\n", operation, status, reply);
    die("no QueueUrl in the reply");
  }
  run->queue_urls[index] = strndup(url, length);
  if (options->purge) call_on_queue(run, index, "PurgeQueue");
}

static enum role role_of(const struct options *options, int index) {
  switch (options->workload) {
    case WORKLOAD_PUBLISH:
    case WORKLOAD_SEND: return SENDER;
    case WORKLOAD_RECEIVE_DELETE: return CONSUMER;
    case WORKLOAD_CYCLE: return CYCLER;
    case WORKLOAD_PRODUCE_CONSUME: break;
  }
  return index < options->connections - options->consumers ? SENDER : CONSUMER;
}

// Takes the connections in turn to the endpoints and the queues.
static void open_connections(struct run *run) {
  const struct options *options = &run->options;
  size_t request_bytes = sqs_max_request_bytes(options->body_bytes);
  run->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  run->connections = calloc((size_t)options->connections, sizeof *run->connections);
  run->waiting = calloc((size_t)options->connections, sizeof *run->waiting);
  run->scratch = malloc(request_bytes);
  if (run->epoll_fd < 0 || !run->connections || !run->waiting || !run->scratch) die("out of resources");
  for (int i = 0; i < options->connections; i++) {
    struct connection *connection = &run->connections[i];
    connection->endpoint = i % options->endpoint_count;
    connection->queue = i % options->queue_count;
    connection->role = role_of(options, i);
    connection->out = malloc(request_bytes + HTTP_MAX_HEADER_BYTES);
    if (!connection->out) die("out of memory");
    loop_open(run, connection);
    if (connection->fd < 0) die("cannot connect");
  }
}

static bool all_answered(const struct run *run) {
  for (int i = 0; i < run->options.connections; i++) {
    if (run->connections[i].busy) return false;
  }
  return true;
}

static bool prefill_ended(const struct run *run) { return workload_prefilled(run) && all_answered(run); }

static void prefill(struct run *run) {
  if (!run->options.prefill) return;
  run->phase = PHASE_PREFILL;
  workload_start_phase(run);
  loop_until(run, in_seconds(PREFILL_LIMIT_SECONDS), prefill_ended);
  if (prefill_ended(run)) return;
  fprintf(stderr, "sqsload: prefill stopped at %" PRIu64 " messages\n", run->ledger.acknowledged);
}

static void call_or_die(struct run *run, const char *operation, const char *body) {
  int status;
  const char *reply = http_call(&run->options.endpoints[0], operation, body, &status);
  if (status / 100 == 2) return;
  fprintf(stderr, "%s: %d %s\n", operation, status, reply);
  die("cannot put messages in flight");
}

// Ten at a time: sent, then received with a long visibility timeout and left alone.
static void hold(struct run *run) {
  char body[CALL_BODY_BYTES];
  for (long held = 0; held < run->options.hold; held += MAX_BATCH) {
    const char *queue_url = run->queue_urls[(held / MAX_BATCH) % run->options.queue_count];
    int length = snprintf(body, sizeof body, "{\"QueueUrl\":\"%s\",\"Entries\":[", queue_url);
    for (int i = 0; i < MAX_BATCH; i++) {
      length += snprintf(body + length, sizeof body - (size_t)length, "%s{\"Id\":\"%d\",\"MessageBody\":\"held\"}",
                         i ? "," : "", i);
    }
    snprintf(body + length, sizeof body - (size_t)length, "]}");
    call_or_die(run, "SendMessageBatch", body);
    snprintf(body, sizeof body, "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":%d,\"VisibilityTimeout\":7200}",
             queue_url, MAX_BATCH);
    call_or_die(run, "ReceiveMessage", body);
  }
}

// Stops publishing until every queue has everything; returns how many deliveries are missing.
static long let_deliveries_arrive(struct run *run) {
  enum phase phase = run->phase;
  run->phase = PHASE_DONE;
  loop_until(run, in_seconds(FINISH_LIMIT_SECONDS), all_answered);
  run->phase = phase;
  return topic_await_deliveries(run);
}

static void warm_up_and_measure(struct run *run, struct outcome *outcome) {
  bool prefilled = run->options.workload == WORKLOAD_RECEIVE_DELETE;
  bool (*stop)(const struct run *) = prefilled ? workload_drained : NULL;
  run->phase = PHASE_WARM_UP;
  run->next_due_nanos = now_nanos();
  run->ledger.empty_in_a_row = 0;
  workload_start_phase(run);
  loop_until(run, in_seconds(run->options.warmup_seconds), stop);
  if (stop && stop(run)) die("the queue ran dry during the warm-up: raise --prefill or lower --warmup");
  bool publishing = run->options.workload == WORKLOAD_PUBLISH;
  if (publishing) let_deliveries_arrive(run);
  outcome->before = account_read(&run->options);
  run->phase = PHASE_MEASURE;
  if (publishing) workload_start_phase(run);
  int64_t start = now_nanos();
  run->ledger.last_message_nanos = start;
  loop_until(run, in_seconds(run->options.duration_seconds), stop);
  int64_t end = now_nanos();
  if (publishing) {
    outcome->publish_seconds = (double)(end - start) / 1e9;
    outcome->lost = let_deliveries_arrive(run);
    end = now_nanos();
  }
  outcome->after = account_read(&run->options);
  outcome->ended_early = stop && stop(run);
  if (outcome->ended_early) end = run->ledger.last_message_nanos;
  outcome->seconds = (double)(end - start) / 1e9;
  if (outcome->seconds <= 0) die("nothing was received in the measured window");
}

// Receives what is left, to see that every acknowledged message comes.
static void drain(struct run *run, struct outcome *outcome) {
  enum workload workload = run->options.workload;
  if (!run->options.verify || workload == WORKLOAD_SEND || workload == WORKLOAD_PUBLISH) return;
  run->phase = PHASE_DRAIN;
  run->ledger.empty_in_a_row = 0;
  workload_start_phase(run);
  loop_until(run, in_seconds(DRAIN_LIMIT_SECONDS), workload_drained);
  outcome->lost = (long)run->ledger.acknowledged - (long)run->ledger.unique;
}

// Lets the last requests end, so that none is left running in the server when its queue is deleted.
static void finish(struct run *run, struct outcome *outcome) {
  run->phase = PHASE_DONE;
  loop_until(run, in_seconds(run->options.wait_seconds + FINISH_LIMIT_SECONDS), all_answered);
  for (int i = 0; i < run->options.connections; i++) {
    if (run->connections[i].busy) outcome->unanswered++;
  }
}

static void release(struct run *run) {
  for (int i = 0; i < run->options.connections; i++) {
    struct connection *connection = &run->connections[i];
    if (connection->fd >= 0) close(connection->fd);
    free(connection->in);
    free(connection->out);
    for (int j = 0; j < MAX_BATCH; j++) free(connection->handles[j]);
  }
  for (int i = 0; i < run->options.queue_count; i++) free(run->queue_urls[i]);
  close(run->epoll_fd);
  free(run->connections);
  free(run->waiting);
  free(run->scratch);
  free(run->ledger.seen);
}

int main(int argc, char **argv) {
  static struct run run;  // static for its size
  struct outcome outcome = {0};
  signal(SIGPIPE, SIG_IGN);
  options_parse(&run.options, argc, argv);
  run.run_id = ((uint32_t)now_nanos() ^ (uint32_t)getpid() * 2654435761u) | 1;
  if (run.options.rate > 0) run.period_nanos = (int64_t)(1e9 / run.options.rate);
  for (int i = 0; i < run.options.queue_count; i++) open_queue(&run, i);
  if (run.options.workload == WORKLOAD_PUBLISH) topic_open(&run);
  hold(&run);
  open_connections(&run);
  prefill(&run);
  warm_up_and_measure(&run, &outcome);
  drain(&run, &outcome);
  finish(&run, &outcome);
  report_print(&run, &outcome);
  int failed = run.tally.errors > 0;
  if (run.options.workload == WORKLOAD_PUBLISH) topic_close(&run);
  for (int i = 0; run.options.delete_after && i < run.options.queue_count; i++) call_on_queue(&run, i, "DeleteQueue");
  release(&run);
  return failed;
}
