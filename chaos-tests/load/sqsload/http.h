// The HTTP/1.1 that SQS needs: one request in, one reply out, over a kept connection.
#ifndef SQSLOAD_HTTP_H
#define SQSLOAD_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

enum { HTTP_MAX_HEADER_BYTES = 1024 };  // of a request of ours

struct http_reply {
  int status;
  char *body;  // inside the buffer that was parsed
  size_t body_bytes;
  size_t total_bytes;
  bool closing;  // the server ends the connection after this reply
};

// Writes a whole SQS JSON 1.0 request; `out` holds HTTP_MAX_HEADER_BYTES more than the body.
size_t http_write_request(char *out, const struct endpoint *endpoint, const char *operation,
                          const char *body, size_t body_bytes);

// The same for form parameters of SNS.
size_t http_write_form(char *out, const struct endpoint *endpoint, const char *form, size_t form_bytes);

// False while the reply is not complete. A chunked body is joined in place. `buffer` may change.
bool http_parse_reply(char *buffer, size_t *bytes, struct http_reply *reply);

// A connected socket with Nagle's delay off, or -1.
int http_connect(const struct endpoint *endpoint);

// One blocking request for set-up and tidying. The body, ended by a zero, stays valid until the next call.
const char *http_call(const struct endpoint *endpoint, const char *operation, const char *body,
                      int *status);

// The same for form parameters of SNS.
const char *http_form_call(const struct endpoint *endpoint, const char *form, int *status);

#endif
