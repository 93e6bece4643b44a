package io.tern.node.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.protocols.JsonValue;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The handle of a message move task: callers may look inside, and some do. */
record TaskHandle(String taskId, String sourceArn) {
  private static final Pattern TASK_ID = Pattern.compile("[0-9a-zA-Z-]{1,64}");
  private static final int CHARACTERS = 2_048;

  String text() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("taskId", new JsonValue.Text(taskId));
    members.put("sourceArn", new JsonValue.Text(sourceArn));
    String json = new JsonValue.Members(members).toJson();
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }

  /**
   * Reads a handle.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static TaskHandle parse(String handle) {
    return decoded(handle)
        .flatMap(JsonValue::parseObject)
        .flatMap(inside ->
            inside.members().get("taskId") instanceof JsonValue.Text id
                    && inside.members().get("sourceArn") instanceof JsonValue.Text arn
                    && TASK_ID.matcher(id.text()).matches()
                ? Optional.of(new TaskHandle(id.text(), arn.text()))
                : Optional.empty())
        .orElseThrow(TaskHandle::invalid);
  }

  static TernException invalid() {
    return new TernException(
        ErrorCode.INVALID_PARAMETER_VALUE, "Value for parameter TaskHandle is invalid.");
  }

  private static Optional<String> decoded(String handle) {
    if (handle.length() > CHARACTERS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(Base64.getDecoder().decode(handle), UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
