// What the kernel has booked so far: on the server processes, on this process, on the whole machine.
#ifndef SQSLOAD_ACCOUNT_H
#define SQSLOAD_ACCOUNT_H

#include "options.h"

struct account {
  double seconds;  // monotonic time of the reading
  double server_cpu_seconds;
  double server_written_bytes;
  double server_resident_mb;
  double client_cpu_seconds;
  double host_busy_seconds;
  double host_steal_seconds;
};

struct account account_read(const struct options *options);

#endif
