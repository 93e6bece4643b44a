// The sockets: one thread, epoll, one request outstanding on each connection.
#ifndef SQSLOAD_LOOP_H
#define SQSLOAD_LOOP_H

#include "run.h"

// Connects; tries the other endpoints when one refuses. Leaves fd at -1 when none answers for long.
void loop_open(struct run *run, struct connection *connection);

// Writes what the connection has to send, now or when the socket takes it.
void loop_write(struct run *run, struct connection *connection);

// Runs until the deadline, or until `stop` (may be NULL) says so.
void loop_until(struct run *run, int64_t deadline_nanos, bool (*stop)(const struct run *));

#endif
