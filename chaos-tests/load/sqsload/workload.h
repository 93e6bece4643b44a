// Decides what each connection does next and books what came back.
#ifndef SQSLOAD_WORKLOAD_H
#define SQSLOAD_WORKLOAD_H

#include "http.h"
#include "run.h"

// Gives every connection that is free its first request of the phase run->phase.
void workload_start_phase(struct run *run);

// The loop calls these two on a whole reply, and when a connection broke (and was opened again).
void workload_on_reply(struct run *run, struct connection *connection, const struct http_reply *reply);
void workload_on_break(struct run *run, struct connection *connection, const char *reason);

// Open loop: issues the sends that are due.
void workload_issue_due(struct run *run, int64_t nanos);

// Conditions to stop the loop on.
bool workload_prefilled(const struct run *run);
bool workload_drained(const struct run *run);

#endif
