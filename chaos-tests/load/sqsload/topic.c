// Speaks just enough SNS: names and ARNs are of characters that need no escapes but the colon.
#define _GNU_SOURCE
#include "topic.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http.h"
#include "sqs.h"

enum {
  FORM_BYTES = 4096,
  DELIVERY_LIMIT_SECONDS = 120,
  POLL_NANOS = 100 * 1000 * 1000
};

// The text between <name> and the next '<' of an XML reply.
static char *element(const char *reply, const char *name) {
  char mark[64];
  snprintf(mark, sizeof mark, "<%s>", name);
  const char *from = strstr(reply, mark);
  if (!from) return NULL;
  from += strlen(mark);
  return strndup(from, strcspn(from, "<"));
}

// Colons as %3A.
static void escape(const char *text, char *out, size_t out_bytes) {
  size_t used = 0;
  for (; *text && used + 4 < out_bytes; text++) {
    if (*text == ':') used += (size_t)sprintf(out + used, "%%3A");
    else out[used++] = *text;
  }
  out[used] = 0;
}

static char *form_call(struct run *run, const char *form, const char *wanted) {
  int status;
  const char *reply = http_form_call(&run->options.endpoints[0], form, &status);
  char *value = status / 100 == 2 ? (wanted ? element(reply, wanted) : strdup("")) : NULL;
  if (!value) {
    fprintf(stderr, "%.60s...: %d %s\n", form, status, reply);
    die("the topic cannot be made ready");
  }
  return value;
}

static char *queue_arn(struct run *run, int index) {
  char body[FORM_BYTES];
  int status;
  snprintf(body, sizeof body, "{\"QueueUrl\":\"%s\",\"AttributeNames\":[\"QueueArn\"]}", run->queue_urls[index]);
  const char *reply = http_call(&run->options.endpoints[0], "GetQueueAttributes", body, &status);
  size_t length;
  const char *arn = json_string(reply, reply + strlen(reply), "\"QueueArn\"", &length);
  if (!arn) die("no QueueArn in the reply");
  return strndup(arn, length);
}

void topic_open(struct run *run) {
  char form[FORM_BYTES], topic[1024], queue[1024];
  snprintf(form, sizeof form, "Action=CreateTopic&Version=2010-03-31&Name=%s", run->options.queue_name);
  run->topic_arn = form_call(run, form, "TopicArn");
  escape(run->topic_arn, topic, sizeof topic);
  for (int i = 0; i < run->options.queue_count; i++) {
    char *arn = queue_arn(run, i);
    escape(arn, queue, sizeof queue);
    snprintf(form, sizeof form, "Action=Subscribe&Version=2010-03-31&Protocol=sqs&TopicArn=%s&Endpoint=%s", topic,
             queue);
    free(form_call(run, form, "SubscriptionArn"));
    free(arn);
  }
}

void topic_close(struct run *run) {
  char form[FORM_BYTES], topic[1024];
  escape(run->topic_arn, topic, sizeof topic);
  snprintf(form, sizeof form, "Action=DeleteTopic&Version=2010-03-31&TopicArn=%s", topic);
  free(form_call(run, form, NULL));
  free(run->topic_arn);
}

size_t topic_write_publish(char *out, const struct run *run, uint64_t sequence, int64_t due_nanos) {
  char topic[1024];
  escape(run->topic_arn, topic, sizeof topic);
  char *to = out + sprintf(out, "Action=Publish&Version=2010-03-31&TopicArn=%s&Message=", topic);
  to += sprintf(to, "%08" PRIx32 "%016" PRIx64 "%016" PRIx64, run->run_id, sequence, (uint64_t)due_nanos);
  int filling = run->options.body_bytes - MIN_BODY_BYTES;
  memset(to, 'x', (size_t)filling);
  to += filling;
  *to = 0;
  return (size_t)(to - out);
}

static long messages_of(struct run *run, int index) {
  char body[FORM_BYTES];
  int status;
  snprintf(body, sizeof body, "{\"QueueUrl\":\"%s\",\"AttributeNames\":[\"ApproximateNumberOfMessages\"]}",
           run->queue_urls[index]);
  const char *reply = http_call(&run->options.endpoints[0], "GetQueueAttributes", body, &status);
  size_t length;
  const char *count = json_string(reply, reply + strlen(reply), "\"ApproximateNumberOfMessages\"", &length);
  return count ? atol(count) : -1;
}

// Queues are asked in turn and each only until it has all, so that asking costs the server little.
long topic_await_deliveries(struct run *run) {
  long expected = (long)run->ledger.acknowledged;
  long missing = 0;
  int64_t deadline = now_nanos() + (int64_t)DELIVERY_LIMIT_SECONDS * 1000000000;
  for (int i = 0; i < run->options.queue_count; i++) {
    long there = messages_of(run, i);
    while (there < expected && now_nanos() < deadline) {
      nanosleep(&(struct timespec){.tv_nsec = POLL_NANOS}, NULL);
      there = messages_of(run, i);
    }
    missing += expected - there;
  }
  return missing;
}
