package io.tern.state.catalogue;

import static io.tern.state.catalogue.TopicCatalogue.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Reply;
import io.tern.state.TopicDefinitionCommand.AddSigningKey;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.TopicDefinitionCommand.RemoveResource;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import org.junit.jupiter.api.Test;

/** What becomes of resources of push and text messages, and of signing keys. */
class ResourceRulesTest {
  private static final Reply DONE = new Reply.Done();
  private static final Reply OUTDATED = new Reply.Outdated();

  private final TopicCatalogue catalogue = new TopicCatalogue(1);

  @Test
  void aResourceIsComparedWithItsRevision() {
    ResourceKey key = application("GCM/app");
    assertThat(catalogue.ask(new PutResource(key, 1, map()))).isEqualTo(OUTDATED);
    assertThat(catalogue.ask(new PutResource(key, 0, map("a", "b")))).isEqualTo(DONE);
    assertThat(catalogue.ask(new PutResource(key, 0, map("a", "c")))).isEqualTo(OUTDATED);
    assertThat(catalogue.ask(new PutResource(key, 1, map("a", "c")))).isEqualTo(DONE);

    assertThat(catalogue.topics().resource(key))
        .isEqualTo(new ResourceDefinition(key, 2, map("a", "c")));
  }

  @Test
  void anApplicationTakesItsEndpointsAlong() {
    ResourceKey application = put(application("GCM/app"));
    ResourceKey longer = put(application("GCM/app2"));
    ResourceKey endpoint = put(application.endpoint("1"));
    put(application.endpoint("2"));
    ResourceKey other = put(longer.endpoint("1"));
    ResourceKey number = put(new ResourceKey(ResourceKind.OPTED_OUT_NUMBER, "r", "a", "+1"));

    assertThat(catalogue.ask(new RemoveResource(application))).isEqualTo(DONE);

    assertThat(catalogue.changes()).hasSize(3);
    assertThat(catalogue.topics().resource(endpoint)).isNull();
    assertThat(catalogue.topics().resource(longer)).isNotNull();
    assertThat(catalogue.topics().resource(other)).isNotNull();
    assertThat(catalogue.topics().resource(number)).isNotNull();
    assertThat(catalogue.ask(new RemoveResource(application))).isEqualTo(DONE);
    assertThat(catalogue.changes()).isEmpty();
  }

  @Test
  void anEndpointNeedsItsApplication() {
    ResourceKey application = application("GCM/app");
    assertThat(catalogue.ask(new PutResource(application.endpoint("1"), 0, map())))
        .isEqualTo(OUTDATED);
    put(application);
    ResourceKey endpoint = put(application.endpoint("1"));

    assertThat(endpoint.application()).isEqualTo(application);
    assertThat(application.application()).isNull();
    assertThat(catalogue.ask(new RemoveResource(endpoint))).isEqualTo(DONE);
    assertThat(catalogue.topics().resource(application)).isNotNull();
  }

  @Test
  void theFirstOfTwoGeneratedKeysCounts() {
    assertThat(catalogue.ask(new AddSigningKey(key("1"), true))).isEqualTo(DONE);
    assertThat(catalogue.ask(new AddSigningKey(key("2"), true))).isEqualTo(DONE);
    assertThat(catalogue.topics().signingKeys()).containsExactly(key("1"));

    catalogue.ask(new AddSigningKey(key("2"), false));
    catalogue.ask(new AddSigningKey(key("2"), false));
    catalogue.restart();

    assertThat(catalogue.topics().signingKeys()).containsExactly(key("1"), key("2"));
  }

  @Test
  void thereAreSoManyKeys() {
    for (int i = 0; i < Limits.SIGNING_KEYS; i++) {
      assertThat(catalogue.ask(new AddSigningKey(key("" + i), false))).isEqualTo(DONE);
    }
    assertThat(catalogue.ask(new AddSigningKey(key("x"), false)))
        .isInstanceOfSatisfying(
            Reply.Rejected.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.THROTTLED));
  }

  private ResourceKey put(ResourceKey key) {
    assertThat(catalogue.ask(new PutResource(key, 0, map()))).isEqualTo(DONE);
    return key;
  }

  private static ResourceKey application(String name) {
    return new ResourceKey(ResourceKind.PLATFORM_APPLICATION, "r", "a", name);
  }

  private static SigningKey key(String id) {
    return new SigningKey(id, Bytes.of(new byte[] {1}), "pem");
  }
}
