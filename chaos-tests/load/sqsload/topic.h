// A topic with every queue of the run subscribed to it, for mode publish: SNS over form parameters.
#ifndef SQSLOAD_TOPIC_H
#define SQSLOAD_TOPIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run.h"

// Makes the topic and subscribes the queues, which exist.
void topic_open(struct run *run);

// Deletes the topic, and with it the subscriptions.
void topic_close(struct run *run);

// Writes the form of one Publish to `out`, ended by a zero, and returns its length.
size_t topic_write_publish(char *out, const struct run *run, uint64_t sequence, int64_t due_nanos);

// Waits for a bounded time until every queue holds every acknowledged message; returns how many
// deliveries are missing, less than zero when there are too many.
long topic_await_deliveries(struct run *run);

#endif
