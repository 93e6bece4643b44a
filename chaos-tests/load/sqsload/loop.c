// Reads replies and hands them to the workload; opens again what broke.
#define _GNU_SOURCE
#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "http.h"
#include "workload.h"

enum {
  READ_ROOM_BYTES = 65536,
  EVENTS_A_WAIT = 256,
  CONNECT_ROUNDS = 200,              // over all endpoints
  CONNECT_PAUSE_MICROS = 50000,
  LONGEST_WAIT_NANOS = 100000000
};

int64_t now_nanos(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void watch(struct run *run, struct connection *connection, uint32_t events, int change) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  epoll_ctl(run->epoll_fd, change, connection->fd, &event);
}

void loop_open(struct run *run, struct connection *connection) {
  int endpoints = run->options.endpoint_count;
  connection->fd = -1;
  connection->in_bytes = 0;
  for (int tries = 0; tries < CONNECT_ROUNDS * endpoints; tries++) {
    connection->fd = http_connect(&run->options.endpoints[connection->endpoint]);
    if (connection->fd >= 0) break;
    connection->endpoint = (connection->endpoint + 1) % endpoints;
    if ((tries + 1) % endpoints == 0) usleep(CONNECT_PAUSE_MICROS);
  }
  if (connection->fd < 0) return;
  fcntl(connection->fd, F_SETFL, O_NONBLOCK);
  watch(run, connection, EPOLLIN, EPOLL_CTL_ADD);
}

void loop_write(struct run *run, struct connection *connection) {
  ssize_t written = write(connection->fd, connection->out + connection->out_written,
                          connection->out_bytes - connection->out_written);
  if (written > 0) {
    connection->out_written += (size_t)written;
    if (run->phase == PHASE_MEASURE) run->tally.request_bytes += (uint64_t)written;
  }
  // Any other error shows as a hang-up on the socket, where the read side deals with it.
  bool may_go_on = written > 0 || errno == EAGAIN;
  if (connection->out_written < connection->out_bytes && may_go_on) {
    watch(run, connection, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
  }
}

static void reopen(struct run *run, struct connection *connection) {
  close(connection->fd);
  run->ledger.reconnects++;
  loop_open(run, connection);
}

static void make_room(struct connection *connection) {
  if (connection->in_capacity - connection->in_bytes >= READ_ROOM_BYTES) return;
  connection->in_capacity = connection->in_capacity * 2 + 2 * READ_ROOM_BYTES;
  connection->in = realloc(connection->in, connection->in_capacity);
  if (!connection->in) die("out of memory");
}

static void read_some(struct run *run, struct connection *connection) {
  make_room(connection);
  ssize_t got = read(connection->fd, connection->in + connection->in_bytes,
                     connection->in_capacity - connection->in_bytes - 1);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    char reason[100];
    snprintf(reason, sizeof reason, "connection lost: %s", got ? strerror(errno) : "closed by the server");
    reopen(run, connection);
    workload_on_break(run, connection, reason);
    return;
  }
  connection->in_bytes += (size_t)got;
  connection->in[connection->in_bytes] = 0;  // so that number parsing stops
  struct http_reply reply;
  if (!http_parse_reply(connection->in, &connection->in_bytes, &reply)) return;
  connection->in_bytes = 0;  // one request outstanding, so nothing follows
  if (reply.closing) reopen(run, connection);
  if (connection->fd >= 0) workload_on_reply(run, connection, &reply);
}

static struct timespec next_wait(const struct run *run, int64_t nanos, int64_t deadline_nanos) {
  int64_t wait = deadline_nanos - nanos;
  if (run->waiting_count > 0 && run->next_due_nanos - nanos < wait) wait = run->next_due_nanos - nanos;
  if (wait < 0) wait = 0;
  if (wait > LONGEST_WAIT_NANOS) wait = LONGEST_WAIT_NANOS;
  return (struct timespec){.tv_sec = 0, .tv_nsec = (long)wait};
}

void loop_until(struct run *run, int64_t deadline_nanos, bool (*stop)(const struct run *)) {
  struct epoll_event events[EVENTS_A_WAIT];
  for (;;) {
    int64_t nanos = now_nanos();
    if (nanos >= deadline_nanos || (stop && stop(run))) return;
    workload_issue_due(run, nanos);
    struct timespec wait = next_wait(run, nanos, deadline_nanos);
    int count = epoll_pwait2(run->epoll_fd, events, EVENTS_A_WAIT, &wait, NULL);
    for (int i = 0; i < count; i++) {
      struct connection *connection = events[i].data.ptr;
      if (events[i].events & EPOLLOUT) {
        watch(run, connection, EPOLLIN, EPOLL_CTL_MOD);
        loop_write(run, connection);
      }
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_some(run, connection);
    }
  }
}
