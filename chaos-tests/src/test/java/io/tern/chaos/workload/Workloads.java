package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All workloads there are, by name. Runs make theirs here; a new one is added here. */
public final class Workloads {
  private static final Map<String, Function<WorkloadContext, Workload>> ALL = all();

  private Workloads() {}

  public static List<String> names() {
    return new ArrayList<>(ALL.keySet());
  }

  public static Workload create(String name, WorkloadContext context) {
    Function<WorkloadContext, Workload> workload = ALL.get(name);
    if (workload == null) {
      throw new IllegalArgumentException("no workload " + name + ", there are " + ALL.keySet());
    }
    return workload.apply(context);
  }

  private static Map<String, Function<WorkloadContext, Workload>> all() {
    Map<String, Function<WorkloadContext, Workload>> all = new LinkedHashMap<>();
    all.put("standard", StandardWorkload::new);
    all.put("fifo", FifoWorkload::new);
    all.put("delays", DelaysWorkload::new);
    all.put("visibility", VisibilityWorkload::new);
    all.put("dead-letter", DeadLetterWorkload::new);
    all.put("fan-out", FanOutWorkload::new);
    all.put("fifo-topic", FifoTopicWorkload::new);
    all.put("administration", AdministrationWorkload::new);
    all.put("mixed", MixedWorkload::new);
    return all;
  }
}
