package io.tern.node.grpc;

import io.tern.node.config.WallClock;
import io.tern.node.edge.BodyBudget;
import io.tern.node.metrics.RequestMetrics;
import java.util.concurrent.ScheduledExecutorService;

/** What every call of the gRPC API needs. Made by {@link GrpcEndpoint}. */
record GrpcPorts(
    GrpcLoops loops,
    GrpcCallers callers,
    OpenStreams streams,
    BodyBudget budget,
    RequestMetrics metrics,
    ScheduledExecutorService timer,
    WallClock clock) {}
