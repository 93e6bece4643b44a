// Reads /proc: CPU time of a server counts in every thread and every process of --pid.
#define _GNU_SOURCE
#include "account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run.h"

enum { LINE_BYTES = 4096 };

// Opens /proc/PID/NAME, or returns NULL when the process is gone.
static FILE *open_proc(int pid, const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  return fopen(path, "r");
}

static double cpu_seconds(int pid) {
  char line[LINE_BYTES];
  double seconds = 0;
  FILE *file = open_proc(pid, "stat");
  if (!file) return 0;
  if (fgets(line, sizeof line, file)) {
    const char *after_name = strrchr(line, ')');  // the name may hold spaces
    unsigned long user, system;
    static const char format[] = "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu";  // fields 14 and 15
    if (after_name && sscanf(after_name + 2, format, &user, &system) == 2) {
      seconds = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    }
  }
  fclose(file);
  return seconds;
}

// The number after `label` in /proc/PID/NAME.
static double labelled(int pid, const char *name, const char *label) {
  char line[LINE_BYTES];
  double value = 0;
  FILE *file = open_proc(pid, name);
  if (!file) return 0;
  while (fgets(line, sizeof line, file)) {
    if (!strncmp(line, label, strlen(label))) value = atof(line + strlen(label));
  }
  fclose(file);
  return value;
}

static void read_host(struct account *account) {
  FILE *file = fopen("/proc/stat", "r");
  if (!file) return;
  double user, nice, system, idle, io_wait, irq, soft_irq, steal;
  int fields = fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &io_wait, &irq,
                      &soft_irq, &steal);
  if (fields == 8) {
    double hertz = (double)sysconf(_SC_CLK_TCK);
    account->host_busy_seconds = (user + nice + system + irq + soft_irq) / hertz;
    account->host_steal_seconds = steal / hertz;
  }
  fclose(file);
}

static double timeval_seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

struct account account_read(const struct options *options) {
  struct account account = {.seconds = (double)now_nanos() / 1e9};
  for (int i = 0; i < options->pid_count; i++) {
    int pid = options->pids[i];
    account.server_cpu_seconds += cpu_seconds(pid);
    account.server_written_bytes += labelled(pid, "io", "write_bytes:");
    account.server_resident_mb += labelled(pid, "status", "VmRSS:") / 1024;
  }
  struct rusage own;
  getrusage(RUSAGE_SELF, &own);
  account.client_cpu_seconds = timeval_seconds(own.ru_utime) + timeval_seconds(own.ru_stime);
  read_host(&account);
  return account;
}
