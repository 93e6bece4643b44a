// Writes and scans SQS JSON by hand: at tens of thousands of requests a second a JSON library would be the load.
#define _GNU_SOURCE
#include "sqs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "options.h"

enum {
  ENTRY_OVERHEAD_BYTES = 512,    // a send entry around its body
  MAX_QUEUE_URL_BYTES = 1024
};

size_t sqs_max_request_bytes(int body_bytes) {
  size_t entry = (size_t)body_bytes + ENTRY_OVERHEAD_BYTES;
  if (entry < MAX_HANDLE_BYTES + ENTRY_OVERHEAD_BYTES) entry = MAX_HANDLE_BYTES + ENTRY_OVERHEAD_BYTES;
  return MAX_QUEUE_URL_BYTES + MAX_BATCH * entry;
}

static char *write_message(char *to, const struct send_request *request, int index) {
  uint64_t sequence = request->header.sequence + (uint64_t)index;
  to += sprintf(to, "\"MessageBody\":\"%08" PRIx32 "%016" PRIx64 "%016" PRIx64, request->header.run_id,
                sequence, (uint64_t)request->header.due_nanos);
  int filling = request->body_bytes - MIN_BODY_BYTES;
  memset(to, 'x', (size_t)filling);
  to += filling;
  *to++ = '"';
  if (request->fifo_groups) {
    to += sprintf(to, ",\"MessageGroupId\":\"g%" PRIu64 "\",\"MessageDeduplicationId\":\"%08" PRIx32 "%" PRIx64 "\"",
                  sequence % (uint64_t)request->fifo_groups, request->header.run_id, sequence);
  }
  return to;
}

size_t sqs_write_send(char *out, const struct send_request *request) {
  char *to = out + sprintf(out, "{\"QueueUrl\":\"%s\",", request->queue_url);
  if (request->messages == 1) {
    to = write_message(to, request, 0);
  } else {
    to += sprintf(to, "\"Entries\":[");
    for (int i = 0; i < request->messages; i++) {
      to += sprintf(to, "%s{\"Id\":\"%d\",", i ? "," : "", i);
      to = write_message(to, request, i);
      *to++ = '}';
    }
    *to++ = ']';
  }
  to += sprintf(to, "}");
  return (size_t)(to - out);
}

size_t sqs_write_receive(char *out, const char *queue_url, int max_messages, int wait_seconds) {
  return (size_t)sprintf(out, "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":%d}", queue_url,
                         max_messages, wait_seconds);
}

size_t sqs_write_delete(char *out, const char *queue_url, char *const *handles, int handle_count) {
  char *to = out + sprintf(out, "{\"QueueUrl\":\"%s\",", queue_url);
  if (handle_count == 1) {
    to += sprintf(to, "\"ReceiptHandle\":\"%s\"}", handles[0]);
    return (size_t)(to - out);
  }
  to += sprintf(to, "\"Entries\":[");
  for (int i = 0; i < handle_count; i++) {
    to += sprintf(to, "%s{\"Id\":\"%d\",\"ReceiptHandle\":\"%s\"}", i ? "," : "", i, handles[i]);
  }
  to += sprintf(to, "]}");
  return (size_t)(to - out);
}

const char *sqs_send_operation(int messages) { return messages == 1 ? "SendMessage" : "SendMessageBatch"; }

const char *sqs_delete_operation(int handle_count) {
  return handle_count == 1 ? "DeleteMessage" : "DeleteMessageBatch";
}

const char *json_string(const char *from, const char *end, const char *name, size_t *length) {
  size_t name_bytes = strlen(name);
  while ((from = memmem(from, (size_t)(end - from), name, name_bytes))) {
    from += name_bytes;
    while (from < end && (*from == ' ' || *from == ':')) from++;
    if (from < end && *from == '"') break;
  }
  if (!from) return NULL;
  const char *value = ++from;
  while (from < end && *from != '"') from += *from == '\\' ? 2 : 1;
  if (from > end) from = end;
  *length = (size_t)(from - value);
  return value;
}

static bool hex_value(const char *text, int digits, uint64_t *value) {
  uint64_t sum = 0;
  for (int i = 0; i < digits; i++) {
    char c = text[i];
    if (c >= '0' && c <= '9') sum = sum << 4 | (uint64_t)(c - '0');
    else if (c >= 'a' && c <= 'f') sum = sum << 4 | (uint64_t)(c - 'a' + 10);
    else return false;
  }
  *value = sum;
  return true;
}

bool message_header_read(const char *body, size_t length, struct message_header *header) {
  uint64_t run_id, due;
  if (length < MIN_BODY_BYTES || !hex_value(body, 8, &run_id) || !hex_value(body + 8, 16, &header->sequence) ||
      !hex_value(body + 24, 16, &due)) {
    return false;
  }
  header->run_id = (uint32_t)run_id;
  header->due_nanos = (int64_t)due;
  return true;
}

int sqs_failed_entries(const char *body, size_t length) {
  static const char mark[] = "\"SenderFault\"";  // stands once in each entry of "Failed", nowhere else
  int failed = 0;
  const char *end = body + length;
  while ((body = memmem(body, (size_t)(end - body), mark, sizeof mark - 1))) {
    failed++;
    body += sizeof mark - 1;
  }
  return failed;
}
