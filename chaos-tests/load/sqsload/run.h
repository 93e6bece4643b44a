// The state of one run: shared by the workload (what to do next), the loop (sockets) and the report.
#ifndef SQSLOAD_RUN_H
#define SQSLOAD_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "histogram.h"
#include "options.h"

enum operation { SEND, RECEIVE, DELETE, OPERATIONS, NOTHING = OPERATIONS };
enum role { SENDER, CYCLER, CONSUMER };
enum phase { PHASE_PREFILL, PHASE_WARM_UP, PHASE_MEASURE, PHASE_DRAIN, PHASE_DONE };

// One connection with at most one request outstanding.
struct connection {
  int fd;
  int endpoint;
  int queue;
  enum role role;
  bool busy;  // a request is unanswered
  enum operation operation;
  int64_t due_nanos;  // when the request was due (open loop) or issued (closed loop)
  int messages_sent;
  char *out;
  size_t out_bytes, out_written;
  char *in;
  size_t in_bytes, in_capacity;
  char *handles[MAX_BATCH];
  size_t handle_capacity[MAX_BATCH];
  int handle_count;
};

// Counted inside the measured window only.
struct tally {
  uint64_t requests[OPERATIONS], messages[OPERATIONS];
  uint64_t errors, entry_failures, empty_receives;
  uint64_t request_bytes, reply_bytes;
  struct histogram latency[OPERATIONS], end_to_end;
};

// Counted over the whole run, for --verify and to know when a queue is empty.
struct ledger {
  uint64_t next_sequence;
  uint64_t acknowledged;  // messages whose send was answered with success
  uint64_t unique;        // sequence numbers received, with --verify
  uint64_t duplicates;
  uint64_t foreign;       // messages of another run
  uint64_t reconnects;
  uint64_t empty_in_a_row;
  int64_t last_message_nanos;
  uint8_t *seen;  // by sequence number
  uint64_t seen_capacity;
};

struct run {
  struct options options;
  uint32_t run_id;
  enum phase phase;
  char *queue_urls[MAX_QUEUES];
  char *topic_arn;  // mode publish
  struct connection *connections;
  int epoll_fd;
  int *waiting;  // connections free for the next open-loop send
  int waiting_count;
  int64_t next_due_nanos, period_nanos;
  char *scratch;  // where a request body is written
  struct tally tally;
  struct ledger ledger;
  char first_error[400];
};

int64_t now_nanos(void);

#endif
