package io.tern.node.sns;

import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.CreateSMSSandboxPhoneNumberRequest;
import io.tern.proto.sns.CreateSMSSandboxPhoneNumberResult;
import io.tern.proto.sns.DeleteSMSSandboxPhoneNumberRequest;
import io.tern.proto.sns.DeleteSMSSandboxPhoneNumberResult;
import io.tern.proto.sns.GetSMSSandboxAccountStatusRequest;
import io.tern.proto.sns.GetSMSSandboxAccountStatusResult;
import io.tern.proto.sns.ListSMSSandboxPhoneNumbersRequest;
import io.tern.proto.sns.ListSMSSandboxPhoneNumbersResult;
import io.tern.proto.sns.SMSSandboxPhoneNumber;
import io.tern.proto.sns.VerifySMSSandboxPhoneNumberRequest;
import io.tern.proto.sns.VerifySMSSandboxPhoneNumberResult;
import io.tern.protocols.TernException;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.TopicDefinitionCommand.RemoveResource;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.limits.ErrorCode;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The operations on the numbers of the sandbox. No account of ours is in one; numbers are kept and
 * verified all the same, by a password in a text message.
 */
final class SandboxApi {
  private static final int MOST_RESULTS = 100;
  private static final String STATUS = "Status";
  private static final String PASSWORD = "OneTimePassword";
  private static final String PENDING = "Pending";
  private static final String VERIFIED = "Verified";
  private static final int PASSWORDS = 1_000_000;

  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final Pages pages;
  private final DirectPublishing direct;
  private final SecureRandom random;

  SandboxApi(
      TopicDirectory directory,
      CatalogueEdits catalogue,
      Pages pages,
      DirectPublishing direct,
      SecureRandom random) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.pages = pages;
    this.direct = direct;
    this.random = random;
  }

  void addTo(ApiTable table) {
    table.add(
        "CreateSMSSandboxPhoneNumber", CreateSMSSandboxPhoneNumberRequest.class, this::create);
    table.add(
        "VerifySMSSandboxPhoneNumber", VerifySMSSandboxPhoneNumberRequest.class, this::verify);
    table.add(
        "DeleteSMSSandboxPhoneNumber", DeleteSMSSandboxPhoneNumberRequest.class, this::delete);
    table.add("ListSMSSandboxPhoneNumbers", ListSMSSandboxPhoneNumbersRequest.class, this::list);
    table.add("GetSMSSandboxAccountStatus", GetSMSSandboxAccountStatusRequest.class, this::status);
  }

  CompletableFuture<CreateSMSSandboxPhoneNumberResult> create(
      Caller caller, CreateSMSSandboxPhoneNumberRequest request) {
    require(request.hasPhoneNumber(), "phoneNumber");
    String number = PhoneNumbers.checked(request.getPhoneNumber());
    String password = String.format(Locale.ROOT, "%06d", random.nextInt(PASSWORDS));
    return catalogue
        .edit(
            caller,
            () ->
                directory
                    .upToDate(caller)
                    .thenApply(_ -> {
                      TreeMap<String, String> attributes = new TreeMap<>();
                      attributes.put(STATUS, PENDING);
                      attributes.put(PASSWORD, password);
                      long revision =
                          found(caller, number).map(ResourceDefinition::revision).orElse(0L);
                      return new Edit<>(
                          new PutResource(key(caller, number), revision, attributes), number);
                    }))
        .thenCompose(
            _ -> direct.textTo(caller, number, "Your verification code is " + password + "."))
        .thenApply(_ -> CreateSMSSandboxPhoneNumberResult.getDefaultInstance());
  }

  CompletableFuture<VerifySMSSandboxPhoneNumberResult> verify(
      Caller caller, VerifySMSSandboxPhoneNumberRequest request) {
    require(request.hasPhoneNumber(), "phoneNumber");
    require(request.hasOneTimePassword(), "oneTimePassword");
    String number = PhoneNumbers.checked(request.getPhoneNumber());
    return catalogue.edit(
        caller,
        () ->
            directory
                .freshResource(caller, key(caller, number), SandboxApi::missing)
                .thenApply(known -> {
                  boolean isVerified = VERIFIED.equals(known.attributes().get(STATUS));
                  if (!isVerified
                      && !request.getOneTimePassword().equals(known.attributes().get(PASSWORD))) {
                    throw new TernException(ErrorCode.VERIFICATION_EXCEPTION);
                  }
                  TreeMap<String, String> attributes = new TreeMap<>();
                  attributes.put(STATUS, VERIFIED);
                  return new Edit<>(
                      new PutResource(known.key(), known.revision(), attributes),
                      VerifySMSSandboxPhoneNumberResult.getDefaultInstance());
                }));
  }

  CompletableFuture<DeleteSMSSandboxPhoneNumberResult> delete(
      Caller caller, DeleteSMSSandboxPhoneNumberRequest request) {
    require(request.hasPhoneNumber(), "phoneNumber");
    String number = PhoneNumbers.checked(request.getPhoneNumber());
    return directory
        .freshResource(caller, key(caller, number), SandboxApi::missing)
        .thenCompose(known -> catalogue.run(caller, new RemoveResource(known.key())))
        .thenApply(_ -> DeleteSMSSandboxPhoneNumberResult.getDefaultInstance());
  }

  CompletableFuture<ListSMSSandboxPhoneNumbersResult> list(
      Caller caller, ListSMSSandboxPhoneNumbersRequest request) {
    if (request.hasMaxResults()) {
      Refusals.checkMaxResults(request.getMaxResults(), MOST_RESULTS);
    }
    int most = request.hasMaxResults() ? request.getMaxResults() : MOST_RESULTS;
    String after = pages.after(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          ListSMSSandboxPhoneNumbersResult.Builder result =
              ListSMSSandboxPhoneNumbersResult.newBuilder();
          pages.show(
              most,
              directory
                  .mirror()
                  .resources(
                      ResourceKind.SANDBOX_NUMBER,
                      caller.region(),
                      directory.account(),
                      "",
                      after,
                      most + 1),
              found -> found.key().name(),
              found ->
                  result.addPhoneNumbers(
                      SMSSandboxPhoneNumber.newBuilder()
                          .setPhoneNumber(found.key().name())
                          .setStatus(found.attributes().getOrDefault(STATUS, PENDING))),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<GetSMSSandboxAccountStatusResult> status(
      Caller caller, GetSMSSandboxAccountStatusRequest request) {
    return CompletableFuture.completedFuture(
        GetSMSSandboxAccountStatusResult.newBuilder().setIsInSandbox(false).build());
  }

  private Optional<ResourceDefinition> found(Caller caller, String number) {
    return directory.mirror().resource(key(caller, number));
  }

  private ResourceKey key(Caller caller, String number) {
    return new ResourceKey(
        ResourceKind.SANDBOX_NUMBER, caller.region(), directory.account(), number);
  }

  private static TernException missing() {
    return new TernException(ErrorCode.SNS_RESOURCE_NOT_FOUND);
  }
}
