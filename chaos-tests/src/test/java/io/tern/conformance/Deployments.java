package io.tern.conformance;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Provides the two deployments to {@link OnEachDeployment}. They start with the first test class
 * that needs them and end with the test run. With -Dtern.endpoints=http://host:port,... the suite
 * runs against servers that are already there instead.
 */
public final class Deployments implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    ExtensionContext.Store wholeRun =
        context.getRoot().getStore(ExtensionContext.Namespace.create(Deployments.class));
    Running running = wholeRun.computeIfAbsent(Running.class, key -> start(), Running.class);
    return running.deployments().stream().map(Arguments::of);
  }

  private static Running start() {
    String given = System.getProperty("tern.endpoints", "");
    if (!given.isBlank()) {
      List<URI> endpoints = Arrays.stream(given.split(",", -1)).map(URI::create).toList();
      return new Running(List.of(new Deployment("given servers", endpoints)), List.of());
    }
    TernCluster one =
        TernCluster.start(ClusterSpec.ofNodes("conformance-one", 1).deliversToLoopback());
    TernCluster three =
        TernCluster.start(ClusterSpec.ofNodes("conformance-three", 3).deliversToLoopback());
    return new Running(
        List.of(
            new Deployment("one node", one.endpoints(), one.grpcTargets()),
            new Deployment("three nodes", three.endpoints(), three.grpcTargets())),
        List.of(one, three));
  }

  /** What JUnit closes at the end of the run. */
  private record Running(List<Deployment> deployments, List<TernCluster> clusters)
      implements AutoCloseable {
    @Override
    public void close() {
      deployments.forEach(Deployment::close);
      clusters.forEach(TernCluster::close);
    }
  }
}
