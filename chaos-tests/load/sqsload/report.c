// Prints the outcome of a run as JSON. A message counts once: when sent in mode send, else when deleted.
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const OPERATION_NAMES[OPERATIONS] = {"send", "receive", "delete"};

static double per_thousand(double value, double messages) { return messages > 0 ? value / messages * 1000 : 0; }

static void print_histogram(const char *name, const struct histogram *histogram) {
  static const struct { const char *name; double fraction; } quantiles[] = {
      {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}};
  printf(",\"%s_us\":{\"n\":%" PRIu64 ",\"mean\":%.0f", name, histogram->count, histogram_mean_micros(histogram));
  for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
    printf(",\"%s\":%.0f", quantiles[i].name, histogram_quantile_micros(histogram, quantiles[i].fraction));
  }
  printf(",\"max\":%.0f}", (double)histogram->max_nanos / 1e3);
}

static void print_throughput(const struct run *run, const struct outcome *outcome, double messages) {
  const struct options *options = &run->options;
  const struct tally *tally = &run->tally;
  double requests = (double)(tally->requests[SEND] + tally->requests[RECEIVE] + tally->requests[DELETE]);
  printf("\"mode\":\"%s\",\"conns\":%d,\"batch\":%d,\"body\":%d,\"queues\":%d,\"rate\":%.0f", options->mode_name,
         options->connections, options->batch, options->body_bytes, options->queue_count, options->rate);
  printf(",\"seconds\":%.2f,\"msgs\":%.0f,\"msgs_per_s\":%.0f,\"reqs_per_s\":%.0f", outcome->seconds, messages,
         messages / outcome->seconds, requests / outcome->seconds);
  printf(",\"req_bytes_per_s\":%.0f,\"resp_bytes_per_s\":%.0f,\"ended_early\":%d",
         (double)tally->request_bytes / outcome->seconds, (double)tally->reply_bytes / outcome->seconds,
         outcome->ended_early);
}

// What the publisher sees; a message of the other figures is a delivery.
static void print_publishes(const struct run *run, const struct outcome *outcome) {
  if (run->options.workload != WORKLOAD_PUBLISH) return;
  printf(",\"publishes_per_s\":%.0f", (double)run->tally.messages[SEND] / outcome->publish_seconds);
}

static void print_failures(const struct run *run, const struct outcome *outcome) {
  printf(",\"errors\":%" PRIu64 ",\"entry_failures\":%" PRIu64 ",\"empty_receives\":%" PRIu64, run->tally.errors,
         run->tally.entry_failures, run->tally.empty_receives);
  printf(",\"reconnects\":%" PRIu64 ",\"foreign\":%" PRIu64 ",\"unanswered\":%d", run->ledger.reconnects,
         run->ledger.foreign, outcome->unanswered);
  if (run->options.verify || run->options.workload == WORKLOAD_PUBLISH) {
    printf(",\"duplicates\":%" PRIu64 ",\"lost\":%ld", run->ledger.duplicates, outcome->lost);
  }
}

static void print_latencies(const struct run *run) {
  for (int i = 0; i < OPERATIONS; i++) {
    if (run->tally.latency[i].count) print_histogram(OPERATION_NAMES[i], &run->tally.latency[i]);
  }
  // After a prefill the age of a message says only how long the prefill took.
  if (run->tally.end_to_end.count && run->options.workload != WORKLOAD_RECEIVE_DELETE) {
    print_histogram("end_to_end", &run->tally.end_to_end);
  }
}

static void print_costs(const struct run *run, const struct outcome *outcome, double messages) {
  const struct account *before = &outcome->before;
  const struct account *after = &outcome->after;
  double seconds = after->seconds - before->seconds;
  if (run->options.pid_count) {
    double cpu = after->server_cpu_seconds - before->server_cpu_seconds;
    double written = after->server_written_bytes - before->server_written_bytes;
    printf(",\"server_cpu_s\":%.2f,\"server_cpu_s_per_1k_msgs\":%.4f,\"server_cores\":%.2f", cpu,
           per_thousand(cpu, messages), cpu / seconds);
    printf(",\"server_written_bytes_per_msg\":%.0f,\"server_rss_mb\":%.0f", per_thousand(written, messages) / 1000,
           after->server_resident_mb);
  }
  double own = after->client_cpu_seconds - before->client_cpu_seconds;
  printf(",\"client_cpu_s_per_1k_msgs\":%.4f,\"client_cores\":%.2f", per_thousand(own, messages), own / seconds);
  printf(",\"host_busy_cores\":%.2f,\"host_steal_cores\":%.2f",
         (after->host_busy_seconds - before->host_busy_seconds) / seconds,
         (after->host_steal_seconds - before->host_steal_seconds) / seconds);
}

static void print_first_error(const char *error) {
  if (!*error) return;
  printf(",\"first_error\":\"");
  for (const char *c = error; *c; c++) {
    if (*c == '"' || *c == '\\') putchar('\\');
    if ((unsigned char)*c >= 32) putchar(*c);
  }
  putchar('"');
}

void report_print(const struct run *run, const struct outcome *outcome) {
  enum workload workload = run->options.workload;
  bool sends_only = workload == WORKLOAD_SEND || workload == WORKLOAD_PUBLISH;
  double messages = (double)run->tally.messages[sends_only ? SEND : DELETE];
  if (workload == WORKLOAD_PUBLISH) messages *= run->options.queue_count;
  putchar('{');
  print_throughput(run, outcome, messages);
  print_publishes(run, outcome);
  print_failures(run, outcome);
  print_latencies(run);
  print_costs(run, outcome, messages);
  print_first_error(run->first_error);
  puts("}");
}
