// Writes requests and parses replies; knows nothing of queues or of the event loop.
#define _GNU_SOURCE
#include "http.h"

#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// The X-Amz-Date of now, formatted at most once a second because every request carries it.
static const char *amz_date(void) {
  static char text[32];
  static time_t formatted;
  time_t seconds = time(NULL);
  if (seconds != formatted) {
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc);
    formatted = seconds;
  }
  return text;
}

static size_t with_body(char *out, int header_bytes, const char *body, size_t body_bytes) {
  if (header_bytes >= HTTP_MAX_HEADER_BYTES) die("request header too long");
  memcpy(out + header_bytes, body, body_bytes);
  return (size_t)header_bytes + body_bytes;
}

// The Authorization header is shaped like an SDK's but not signed: servers parse it, none here checks it.
size_t http_write_request(char *out, const struct endpoint *endpoint, const char *operation,
                          const char *body, size_t body_bytes) {
  const char *date = amz_date();
  int header_bytes = snprintf(
      out, HTTP_MAX_HEADER_BYTES,
      "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-amz-json-1.0\r\n"
      "X-Amz-Target: AmazonSQS.%s\r\nX-Amz-Date: %s\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=test/%.8s/us-east-1/sqs/aws4_request, "
      "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0\r\nContent-Length: %zu\r\n\r\n",
      endpoint->host, operation, date, date, body_bytes);
  return with_body(out, header_bytes, body, body_bytes);
}

size_t http_write_form(char *out, const struct endpoint *endpoint, const char *form, size_t form_bytes) {
  const char *date = amz_date();
  int header_bytes = snprintf(
      out, HTTP_MAX_HEADER_BYTES,
      "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
      "X-Amz-Date: %s\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=test/%.8s/us-east-1/sns/aws4_request, "
      "SignedHeaders=host;x-amz-date, Signature=0\r\nContent-Length: %zu\r\n\r\n",
      endpoint->host, date, date, form_bytes);
  return with_body(out, header_bytes, form, form_bytes);
}

struct framing {
  size_t content_bytes;
  bool chunked;
  bool closing;
};

// Reads the header lines between the status line and the empty line.
static struct framing read_headers(const char *line, const char *end) {
  struct framing framing = {0};
  while (line < end) {
    if (!strncasecmp(line, "content-length:", 15)) framing.content_bytes = strtoul(line + 15, NULL, 10);
    else if (!strncasecmp(line, "transfer-encoding: chunked", 26)) framing.chunked = true;
    else if (!strncasecmp(line, "connection: close", 17)) framing.closing = true;
    const char *next = memmem(line, (size_t)(end - line), "\r\n", 2);
    if (!next) break;
    line = next + 2;
  }
  return framing;
}

// The end of the last chunk, or NULL while it has not arrived.
static char *chunks_end(char *chunk, const char *end) {
  for (;;) {
    char *line_end = memmem(chunk, (size_t)(end - chunk), "\r\n", 2);
    if (!line_end) return NULL;
    size_t chunk_bytes = strtoul(chunk, NULL, 16);
    if (chunk_bytes + 4 > (size_t)(end - line_end)) return NULL;
    chunk = line_end + 2 + chunk_bytes + 2;
    if (!chunk_bytes) return chunk;
  }
}

// Joins the chunks at the start of the body; returns the bytes of the joined body.
static size_t join_chunks(char *body, const char *end) {
  char *from = body;
  char *to = body;
  for (;;) {
    size_t chunk_bytes = strtoul(from, NULL, 16);
    char *line_end = memmem(from, (size_t)(end - from), "\r\n", 2);
    if (!chunk_bytes || !line_end) return (size_t)(to - body);
    memmove(to, line_end + 2, chunk_bytes);
    to += chunk_bytes;
    from = line_end + 2 + chunk_bytes + 2;
  }
}

bool http_parse_reply(char *buffer, size_t *bytes, struct http_reply *reply) {
  for (;;) {
    char *blank = memmem(buffer, *bytes, "\r\n\r\n", 4);
    if (!blank) return false;
    char *body = blank + 4;
    size_t header_bytes = (size_t)(body - buffer);
    int status = header_bytes > 12 ? atoi(buffer + 9) : 0;
    if (status == 100) {  // "continue": the real reply follows
      *bytes -= header_bytes;
      memmove(buffer, body, *bytes);
      continue;
    }
    char *headers = memmem(buffer, header_bytes, "\r\n", 2);
    struct framing framing = read_headers(headers + 2, blank + 2);
    char *end = buffer + *bytes;
    reply->status = status;
    reply->body = body;
    reply->closing = framing.closing;
    if (!framing.chunked) {
      reply->body_bytes = framing.content_bytes;
      reply->total_bytes = header_bytes + framing.content_bytes;
      return reply->total_bytes <= *bytes;
    }
    char *last = chunks_end(body, end);
    if (!last) return false;
    reply->total_bytes = (size_t)(last - buffer);
    reply->body_bytes = join_chunks(body, last);
    return true;
  }
}

int http_connect(const struct endpoint *endpoint) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(fd, (const struct sockaddr *)&endpoint->address, sizeof endpoint->address) == 0) return fd;
  close(fd);
  return -1;
}

static char call_buffer[1 << 16];

// Sends what is in the buffer and puts the reply there.
static const char *call(const struct endpoint *endpoint, size_t request_bytes, int *status) {
  char *buffer = call_buffer;
  int fd = http_connect(endpoint);
  if (fd < 0) die("cannot connect");
  if (write(fd, buffer, request_bytes) != (ssize_t)request_bytes) die("cannot send the request");
  size_t bytes = 0;
  struct http_reply reply;
  do {
    ssize_t got = read(fd, buffer + bytes, sizeof call_buffer - 1 - bytes);
    if (got <= 0) die("no complete reply");
    bytes += (size_t)got;
    buffer[bytes] = 0;
  } while (!http_parse_reply(buffer, &bytes, &reply));
  close(fd);
  reply.body[reply.body_bytes] = 0;
  *status = reply.status;
  return reply.body;
}

const char *http_call(const struct endpoint *endpoint, const char *operation, const char *body,
                      int *status) {
  return call(endpoint, http_write_request(call_buffer, endpoint, operation, body, strlen(body)), status);
}

const char *http_form_call(const struct endpoint *endpoint, const char *form, int *status) {
  return call(endpoint, http_write_form(call_buffer, endpoint, form, strlen(form)), status);
}
