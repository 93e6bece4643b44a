// The closed-loop and open-loop behaviour of each mode.
#define _GNU_SOURCE
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loop.h"
#include "sqs.h"
#include "topic.h"

static bool measuring(const struct run *run) { return run->phase == PHASE_MEASURE; }

static size_t write_body(struct run *run, struct connection *connection, const char **operation_name) {
  const struct options *options = &run->options;
  const char *queue_url = run->queue_urls[connection->queue];
  bool bulk = run->phase == PHASE_PREFILL || run->phase == PHASE_DRAIN;
  switch (connection->operation) {
    case SEND: {
      int messages = bulk ? MAX_BATCH : options->batch;
      struct send_request request = {
          .queue_url = queue_url,
          .header = {run->run_id, run->ledger.next_sequence, connection->due_nanos},
          .messages = messages,
          .body_bytes = options->body_bytes,
          .fifo_groups = options->fifo ? options->fifo_groups : 0};
      run->ledger.next_sequence += (uint64_t)messages;
      connection->messages_sent = messages;
      *operation_name = sqs_send_operation(messages);
      return sqs_write_send(run->scratch, &request);
    }
    case RECEIVE: {
      int wanted = options->workload == WORKLOAD_CYCLE ? options->batch : options->receive_max;
      *operation_name = "ReceiveMessage";
      return sqs_write_receive(run->scratch, queue_url, bulk ? MAX_BATCH : wanted,
                               bulk ? 0 : options->wait_seconds);
    }
    case DELETE:
      *operation_name = sqs_delete_operation(connection->handle_count);
      return sqs_write_delete(run->scratch, queue_url, connection->handles, connection->handle_count);
    case NOTHING: break;
  }
  abort();
}

static size_t write_request(struct run *run, struct connection *connection) {
  const struct endpoint *endpoint = &run->options.endpoints[connection->endpoint];
  if (run->options.workload == WORKLOAD_PUBLISH) {
    connection->messages_sent = 1;
    size_t form_bytes =
        topic_write_publish(run->scratch, run, run->ledger.next_sequence++, connection->due_nanos);
    return http_write_form(connection->out, endpoint, run->scratch, form_bytes);
  }
  const char *operation_name = NULL;
  size_t body_bytes = write_body(run, connection, &operation_name);
  return http_write_request(connection->out, endpoint, operation_name, run->scratch, body_bytes);
}

// An open-loop send waits for its time; anything else goes out at once.
static void issue(struct run *run, struct connection *connection, enum operation operation) {
  connection->busy = false;
  if (operation == NOTHING) return;
  bool paced = operation == SEND && run->options.rate > 0 && run->phase != PHASE_PREFILL;
  int64_t nanos = now_nanos();
  if (paced && run->next_due_nanos > nanos) {
    run->waiting[run->waiting_count++] = (int)(connection - run->connections);
    return;
  }
  connection->due_nanos = paced ? run->next_due_nanos : nanos;
  if (paced) run->next_due_nanos += run->period_nanos;
  connection->operation = operation;
  connection->busy = true;
  connection->out_bytes = write_request(run, connection);
  connection->out_written = 0;
  loop_write(run, connection);
}

static enum operation first_operation(const struct run *run, const struct connection *connection) {
  switch (run->phase) {
    case PHASE_PREFILL: return workload_prefilled(run) ? NOTHING : SEND;
    case PHASE_DRAIN: return RECEIVE;
    case PHASE_DONE: return NOTHING;
    case PHASE_WARM_UP:
    case PHASE_MEASURE: break;
  }
  return connection->role == CONSUMER ? RECEIVE : SEND;
}

// What follows a successful operation; after a failure a connection starts over.
static enum operation next_operation(const struct run *run, const struct connection *connection) {
  bool holds_messages = connection->operation == RECEIVE && connection->handle_count > 0;
  if (holds_messages && run->phase != PHASE_DONE) return DELETE;
  bool cycling = run->phase == PHASE_WARM_UP || run->phase == PHASE_MEASURE;
  if (cycling && connection->role == CYCLER && connection->operation == SEND) return RECEIVE;
  return first_operation(run, connection);
}

static void mark_seen(struct ledger *ledger, uint64_t sequence) {
  if (sequence >= ledger->next_sequence) return;  // not a number we gave out
  if (sequence >= ledger->seen_capacity) {
    uint64_t capacity = sequence * 2 + 65536;
    ledger->seen = realloc(ledger->seen, capacity);
    if (!ledger->seen) die("out of memory");
    memset(ledger->seen + ledger->seen_capacity, 0, capacity - ledger->seen_capacity);
    ledger->seen_capacity = capacity;
  }
  if (ledger->seen[sequence]) ledger->duplicates++;
  else ledger->unique++;
  ledger->seen[sequence] = 1;
}

static void keep_handles(struct connection *connection, const char *body, const char *end) {
  size_t length;
  connection->handle_count = 0;
  const char *value = body;
  while (connection->handle_count < MAX_BATCH && (value = json_string(value, end, "\"ReceiptHandle\"", &length))) {
    if (length > MAX_HANDLE_BYTES) die("a receipt handle is too long");
    int i = connection->handle_count++;
    if (connection->handle_capacity[i] < length + 1) {
      connection->handle_capacity[i] = length + 64;
      connection->handles[i] = realloc(connection->handles[i], connection->handle_capacity[i]);
      if (!connection->handles[i]) die("out of memory");
    }
    memcpy(connection->handles[i], value, length);
    connection->handles[i][length] = 0;
    value += length;
  }
}

// Returns how many messages came.
static int book_receive(struct run *run, struct connection *connection, const char *body, size_t body_bytes,
                        int64_t nanos) {
  const char *end = body + body_bytes;
  keep_handles(connection, body, end);
  size_t length;
  for (const char *value = body; (value = json_string(value, end, "\"Body\"", &length)); value += length) {
    struct message_header header;
    if (!message_header_read(value, length, &header) || header.run_id != run->run_id) {
      run->ledger.foreign++;
      continue;
    }
    if (measuring(run)) histogram_add(&run->tally.end_to_end, nanos - header.due_nanos);
    if (run->options.verify) mark_seen(&run->ledger, header.sequence);
  }
  if (connection->handle_count) {
    run->ledger.empty_in_a_row = 0;
    run->ledger.last_message_nanos = nanos;
  } else {
    run->ledger.empty_in_a_row++;
    if (measuring(run)) run->tally.empty_receives++;
  }
  return connection->handle_count;
}

static void book_success(struct run *run, struct connection *connection, const struct http_reply *reply) {
  int64_t nanos = now_nanos();
  enum operation operation = connection->operation;
  int messages = 0;
  int failed = 0;
  if (operation == RECEIVE) {
    messages = book_receive(run, connection, reply->body, reply->body_bytes, nanos);
  } else {
    int entries = operation == SEND ? connection->messages_sent : connection->handle_count;
    failed = entries > 1 ? sqs_failed_entries(reply->body, reply->body_bytes) : 0;
    messages = entries - failed;
    if (operation == SEND) run->ledger.acknowledged += (uint64_t)messages;
    else connection->handle_count = 0;
  }
  if (!measuring(run)) return;
  struct tally *tally = &run->tally;
  tally->entry_failures += (uint64_t)failed;
  tally->requests[operation]++;
  tally->messages[operation] += (uint64_t)messages;
  // An empty receive is counted apart: its latency says nothing about delivering a message.
  if (operation != RECEIVE || messages) histogram_add(&tally->latency[operation], nanos - connection->due_nanos);
}

static void book_failure(struct run *run, struct connection *connection, const char *reason, size_t reason_bytes) {
  if (measuring(run)) run->tally.errors++;
  connection->handle_count = 0;
  if (!*run->first_error) {
    snprintf(run->first_error, sizeof run->first_error, "%.*s", (int)reason_bytes, reason);
  }
}

void workload_on_reply(struct run *run, struct connection *connection, const struct http_reply *reply) {
  if (measuring(run)) run->tally.reply_bytes += reply->total_bytes;
  if (!connection->busy) return;
  if (reply->status / 100 == 2) {
    book_success(run, connection, reply);
    issue(run, connection, next_operation(run, connection));
    return;
  }
  char reason[350];
  int excerpt = reply->body_bytes > 300 ? 300 : (int)reply->body_bytes;
  int length = snprintf(reason, sizeof reason, "%d %.*s", reply->status, excerpt, reply->body);
  book_failure(run, connection, reason, (size_t)length);
  issue(run, connection, first_operation(run, connection));
}

void workload_on_break(struct run *run, struct connection *connection, const char *reason) {
  if (!connection->busy) return;
  book_failure(run, connection, reason, strlen(reason));
  connection->busy = false;
  if (connection->fd >= 0) issue(run, connection, first_operation(run, connection));
}

void workload_start_phase(struct run *run) {
  run->waiting_count = 0;  // whoever waited for its turn is not busy, so it is started below
  for (int i = 0; i < run->options.connections; i++) {
    struct connection *connection = &run->connections[i];
    if (!connection->busy && connection->fd >= 0) issue(run, connection, first_operation(run, connection));
  }
}

void workload_issue_due(struct run *run, int64_t nanos) {
  while (run->waiting_count > 0 && run->next_due_nanos <= nanos) {
    issue(run, &run->connections[run->waiting[--run->waiting_count]], SEND);
  }
}

bool workload_prefilled(const struct run *run) {
  return run->ledger.acknowledged >= (uint64_t)run->options.prefill;
}

// Enough empty receives in a row that every connection asked several times.
bool workload_drained(const struct run *run) {
  return run->ledger.empty_in_a_row > (uint64_t)run->options.connections * 4 + 20;
}
