// The SQS JSON 1.0 bodies: writes those of requests, picks the few needed fields out of replies.
// A message body of ours is a 40-character header in hex (run 8, sequence 16, time due 16) and filling.
#ifndef SQSLOAD_SQS_H
#define SQSLOAD_SQS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_HANDLE_BYTES = 4096 };  // a receipt handle

struct message_header {
  uint32_t run_id;
  uint64_t sequence;
  int64_t due_nanos;
};

// What one send request carries: messages with consecutive sequence numbers from header.sequence.
struct send_request {
  const char *queue_url;
  struct message_header header;
  int messages;
  int body_bytes;
  int fifo_groups;  // 0 for a standard queue
};

// Each writes a JSON body to `out`, ended by a zero, and returns its length.
size_t sqs_write_send(char *out, const struct send_request *request);
size_t sqs_write_receive(char *out, const char *queue_url, int max_messages, int wait_seconds);
size_t sqs_write_delete(char *out, const char *queue_url, char *const *handles, int handle_count);

// A buffer of this many bytes holds any request body with messages of body_bytes.
size_t sqs_max_request_bytes(int body_bytes);

// The operation names for X-Amz-Target.
const char *sqs_send_operation(int messages);
const char *sqs_delete_operation(int handle_count);

// The next value of the string member `name` (given with its quotes) between from and end, or NULL.
const char *json_string(const char *from, const char *end, const char *name, size_t *length);

// False when the body is too short or not hexadecimal.
bool message_header_read(const char *body, size_t length, struct message_header *header);

// How many entries of a batch failed.
int sqs_failed_entries(const char *body, size_t length);

#endif
