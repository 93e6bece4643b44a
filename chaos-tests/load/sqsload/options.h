// What the command line asked for. Read once at the start, never changed afterwards.
#ifndef SQSLOAD_OPTIONS_H
#define SQSLOAD_OPTIONS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

enum {
  MAX_ENDPOINTS = 16,
  MAX_PIDS = 64,
  MAX_QUEUES = 1024,
  MAX_CONNECTIONS = 4096,
  MAX_HELD = 119984,          // the SQS limit of what is in flight, less the connections of a row
  MAX_BATCH = 10,             // the SQS limit of one batch or one receive
  MIN_BODY_BYTES = 40,        // the header every message body starts with, see sqs.h
  MAX_BODY_BYTES = 262144
};

enum workload { WORKLOAD_PUBLISH, WORKLOAD_SEND, WORKLOAD_RECEIVE_DELETE, WORKLOAD_CYCLE, WORKLOAD_PRODUCE_CONSUME };

struct endpoint {
  char host[256];  // host:port, as the Host header wants it
  struct sockaddr_in address;
};

struct options {
  const char *mode_name;
  enum workload workload;
  bool fifo;

  struct endpoint endpoints[MAX_ENDPOINTS];
  int endpoint_count;
  int pids[MAX_PIDS];
  int pid_count;

  const char *queue_name;
  int queue_count;
  const char *queue_attributes;  // JSON members for CreateQueue, or NULL
  bool no_create;
  bool purge;
  bool delete_after;

  int connections;
  int consumers;      // mode pc: how many of the connections receive
  int batch;          // messages in one send request
  int receive_max;    // MaxNumberOfMessages
  int wait_seconds;   // WaitTimeSeconds
  int body_bytes;
  long hold;  // messages put in flight before anything is measured
  int fifo_groups;
  long prefill;       // messages loaded before the clock starts; -1 until decided
  double duration_seconds;
  double warmup_seconds;
  double rate;        // send requests a second in all; 0 means closed loop
  bool verify;
};

// Exits with status 2 and a reason on bad usage, with 0 after --help.
void options_parse(struct options *options, int argc, char **argv);

// Prints the reason and exits with status 2: nothing was measured.
_Noreturn void die(const char *reason);

#endif
