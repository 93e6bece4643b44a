// The one JSON line that sqsload prints.
#ifndef SQSLOAD_REPORT_H
#define SQSLOAD_REPORT_H

#include "account.h"
#include "run.h"

struct outcome {
  struct account before, after;
  double seconds;     // the measured window; of mode publish until the last delivery
  double publish_seconds;  // of mode publish: while it published
  bool ended_early;   // receive-delete emptied the queue before the time was up
  int unanswered;     // requests still without a reply some seconds after the run
  long lost;          // with --verify: acknowledged but never received
};

void report_print(const struct run *run, const struct outcome *outcome);

#endif
