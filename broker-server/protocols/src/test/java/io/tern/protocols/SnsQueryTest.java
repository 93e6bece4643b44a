package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.tern.proto.sns.AddPermissionRequest;
import io.tern.proto.sns.CreatePlatformApplicationRequest;
import io.tern.proto.sns.ListOriginationNumbersRequest;
import io.tern.proto.sns.MessageAttributeValue;
import io.tern.proto.sns.PublishBatchRequest;
import io.tern.proto.sns.PublishRequest;
import io.tern.proto.sns.SubscribeRequest;
import io.tern.proto.sns.Tag;
import io.tern.proto.sns.TagResourceRequest;
import io.tern.proto.sns.UntagResourceRequest;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of SNS's way to write AWS Query differs from that of SQS. */
class SnsQueryTest {
  private final WireCodec codec = new WireCodec(OperationTable.sqs(), OperationTable.sns());

  private Message decoded(String form) {
    return codec.decode(Requests.form("/", "Version=2010-03-31&" + form)).request();
  }

  @Test
  void indexesMayHaveGapsAndAnyOrder() {
    assertThat(
            decoded(
                "Action=UntagResource&TagKeys.member.10=c&TagKeys.member.2=b&TagKeys.member.1=a"
                    + "&TagKeys.member.x=no&TagKeys.member.99999999999=no&TagKeys.3=no"))
        .isEqualTo(
            UntagResourceRequest.newBuilder()
                .addTagKeys("a")
                .addTagKeys("b")
                .addTagKeys("c")
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tags=", "Tags", "Tags.member=", "Tags.entry.1.Key=a", "Tags.1.Key=a"})
  void aListWithoutElementsIsEmpty(String tags) {
    assertThat(decoded("Action=TagResource&" + tags))
        .isEqualTo(TagResourceRequest.getDefaultInstance());
  }

  @ParameterizedTest
  @CsvSource({
    "Action=TagResource&ResourceArn=a,tags",
    "Action=UntagResource&ResourceArn=a,tagKeys",
    "Action=AddPermission&ActionName=,aWSAccountId",
    "Action=AddPermission&AWSAccountId=,actionName"
  })
  void aRequiredListIsMissed(String form, String path) {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> decoded(form))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_ERROR))
        .withMessage(
            "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member"
                + " must not be null",
            path);
    assertThat(decoded("Action=AddPermission&AWSAccountId=&ActionName="))
        .isEqualTo(AddPermissionRequest.getDefaultInstance());
  }

  @Test
  void repeatedTagsAreKept() {
    Tag tag = Tag.newBuilder().setKey("k").setValue("v").build();
    assertThat(
            decoded(
                "Action=TagResource&Tags.member.1.Key=k&Tags.member.1.Value=v"
                    + "&Tags.member.2.Value=v&Tags.member.2.Key=k"))
        .isEqualTo(TagResourceRequest.newBuilder().addTags(tag).addTags(tag).build());
  }

  @Test
  void mapsHaveLowerCaseKeysButThoseOfMessageAttributes() {
    assertThat(
            decoded(
                "Action=CreatePlatformApplication&Attributes.entry.2.value=b"
                    + "&Attributes.entry.2.key=a&Attributes.entry.5.key=c"
                    + "&Attributes.entry.6.Name=d&Attributes.entry.6.Value=e"))
        .isEqualTo(
            CreatePlatformApplicationRequest.newBuilder()
                .putAttributes("a", "b")
                .putAttributes("c", "")
                .putAttributes("", "")
                .build());
    assertThat(
            decoded(
                "Action=Publish&MessageAttributes.entry.1.Name=n"
                    + "&MessageAttributes.entry.1.Value.StringValue=v"))
        .isEqualTo(
            PublishRequest.newBuilder()
                .putMessageAttributes(
                    "n", MessageAttributeValue.newBuilder().setStringValue("v").build())
                .build());
  }

  @Test
  void entriesOfABatchAreRead() {
    var request =
        (PublishBatchRequest)
            decoded(
                "Action=PublishBatch&PublishBatchRequestEntries.member.3.Id=b"
                    + "&PublishBatchRequestEntries.member.1.Id=a"
                    + "&PublishBatchRequestEntries.member.1.MessageAttributes.entry.7.Name=n"
                    + "&PublishBatchRequestEntries.member.1.MessageAttributes.entry.7.Value"
                    + ".DataType=Binary"
                    + "&PublishBatchRequestEntries.member.1.MessageAttributes.entry.7.Value"
                    + ".BinaryValue=AP8=");
    assertThat(request.getPublishBatchRequestEntriesList())
        .extracting(entry -> entry.getId())
        .containsExactly("a", "b");
    assertThat(
            request
                .getPublishBatchRequestEntries(0)
                .getMessageAttributesOrThrow("n")
                .getBinaryValue()
                .toByteArray())
        .isEqualTo(new byte[] {0, (byte) 0xff});
  }

  @Test
  void anEmptyMemberIsNotAnAbsentOne() {
    var empty = (PublishRequest) decoded("Action=Publish&Subject=");
    assertThat(empty.hasSubject()).isTrue();
    assertThat(empty.hasMessage()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "false,false", "1,true"})
  void booleans(String text, boolean value) {
    var request = (SubscribeRequest) decoded("Action=Subscribe&ReturnSubscriptionArn=" + text);
    assertThat(request.getReturnSubscriptionArn()).isEqualTo(value);
  }

  @Test
  void queryStringAndFormAreReadTogether() {
    WireRequest request =
        new WireRequest(
            "POST",
            "/",
            "Action=ListOriginationNumbers&MaxResults=3&NextToken=a",
            Map.of("content-type", "application/x-www-form-urlencoded")::get,
            "NextToken=b".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(codec.decode(request).request())
        .isEqualTo(
            ListOriginationNumbersRequest.newBuilder().setMaxResults(3).setNextToken("b").build());
  }

  @ParameterizedTest
  @CsvSource({
    "Action=ListOriginationNumbers&MaxResults=x,"
        + "Invalid parameter: MaxResults Reason: Must be an integer.",
    "Action=Subscribe&ReturnSubscriptionArn=x,"
        + "Invalid parameter: ReturnSubscriptionArn Reason: Must be true or false.",
    "Action=Publish&MessageAttributes.entry.1.Value.BinaryValue=***,"
        + "Invalid parameter: BinaryValue Reason: Must be base64."
  })
  void valuesOfAWrongForm(String form, String detail) {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> decoded(form))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNS_INVALID_PARAMETER))
        .withMessage(detail);
  }

  @Test
  void parametersAreBounded() {
    assertThatExceptionOfType(TernException.class)
        .isThrownBy(() -> decoded("Action=ListTopics" + "&a=1".repeat(Limits.REQUEST_PARAMETERS)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_QUERY_STRING));
    assertThat(decoded("Action=TagResource&Tags" + ".member.1".repeat(100_000) + "=a")).isNotNull();
  }
}
