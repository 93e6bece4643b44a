package io.tern.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.protocols.WireRequest;
import org.junit.jupiter.api.Test;

/** Who receivers are told has sent a message. */
class AuthenticatorTest {
  private static final String ADDRESS = "127.0.0.1";

  private final Authenticator authenticator = new Authenticator("eu-central-1");

  @Test
  void aSignedRequestComesFromItsAccessKey() {
    assertThat(
            sender(
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sqs/aws4_request,"
                    + " SignedHeaders=host, Signature=x",
                ""))
        .isEqualTo("AKID");
  }

  @Test
  void aPresignedRequestComesFromTheKeyInItsUrl() {
    assertThat(
            sender(
                "",
                "Action=ReceiveMessage&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                    + "&X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fsqs%2Faws4_request"))
        .isEqualTo("AKID");
  }

  @Test
  void anUnsignedRequestComesFromItsAddress() {
    assertThat(sender("", "Action=ListQueues")).isEqualTo(ADDRESS);
    assertThat(sender("Basic x", "")).isEqualTo(ADDRESS);
    assertThat(sender("AWS4-HMAC-SHA256 Credential=/", "")).isEqualTo(ADDRESS);
  }

  @Test
  void theRegionIsTheOneTheRequestWasSignedFor() {
    assertThat(
            identity(
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/ap-south-1/sns/aws4_request,"
                    + " SignedHeaders=host, Signature=x",
                ""))
        .isEqualTo(new Authenticator.Identity("AKID", "ap-south-1", true));
    assertThat(identity("", "X-Amz-Credential=AKID%2F20260101%2Feu-west-3%2Fsns%2Faws4_request"))
        .isEqualTo(new Authenticator.Identity("AKID", "eu-west-3", true));
  }

  @Test
  void withoutOneItIsTheConfigured() {
    assertThat(identity("", "Action=Unsubscribe"))
        .isEqualTo(new Authenticator.Identity(ADDRESS, "eu-central-1", false));
    for (String scope :
        new String[] {
          "AKID/20260101/sns/aws4_request", "AKID", "AKID/20260101/<b>/sns/aws4_request"
        }) {
      assertThat(identity("AWS4-ECDSA-P256-SHA256 Credential=" + scope + ", x", ""))
          .isEqualTo(new Authenticator.Identity("AKID", "eu-central-1", true));
    }
  }

  private String sender(String authorization, String rawQuery) {
    return identity(authorization, rawQuery).senderId();
  }

  private Authenticator.Identity identity(String authorization, String rawQuery) {
    WireRequest request =
        new WireRequest(
            "GET",
            "/",
            rawQuery,
            name -> name.equals("authorization") ? authorization : null,
            new byte[0]);
    return authenticator.identify(request, ADDRESS);
  }
}
