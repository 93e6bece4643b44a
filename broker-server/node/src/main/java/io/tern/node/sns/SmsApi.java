package io.tern.node.sns;

import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.CheckIfPhoneNumberIsOptedOutRequest;
import io.tern.proto.sns.CheckIfPhoneNumberIsOptedOutResult;
import io.tern.proto.sns.GetSMSAttributesRequest;
import io.tern.proto.sns.GetSMSAttributesResult;
import io.tern.proto.sns.ListOriginationNumbersRequest;
import io.tern.proto.sns.ListOriginationNumbersResult;
import io.tern.proto.sns.ListPhoneNumbersOptedOutRequest;
import io.tern.proto.sns.ListPhoneNumbersOptedOutResult;
import io.tern.proto.sns.OptInPhoneNumberRequest;
import io.tern.proto.sns.OptInPhoneNumberResult;
import io.tern.proto.sns.SetSMSAttributesRequest;
import io.tern.proto.sns.SetSMSAttributesResult;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The operations on text messages: their settings, and numbers that want none. */
final class SmsApi {
  private static final int MOST_ORIGINATION_NUMBERS = 30;

  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final Pages pages;

  SmsApi(TopicDirectory directory, CatalogueEdits catalogue, Pages pages) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.pages = pages;
  }

  void addTo(ApiTable table) {
    table.add("GetSMSAttributes", GetSMSAttributesRequest.class, this::getAttributes);
    table.add("SetSMSAttributes", SetSMSAttributesRequest.class, this::setAttributes);
    table.add(
        "CheckIfPhoneNumberIsOptedOut",
        CheckIfPhoneNumberIsOptedOutRequest.class,
        this::checkOptedOut);
    table.add(
        "ListPhoneNumbersOptedOut", ListPhoneNumbersOptedOutRequest.class, this::listOptedOut);
    table.add("OptInPhoneNumber", OptInPhoneNumberRequest.class, this::optIn);
    table.add(
        "ListOriginationNumbers",
        ListOriginationNumbersRequest.class,
        this::listOriginationNumbers);
  }

  CompletableFuture<GetSMSAttributesResult> getAttributes(
      Caller caller, GetSMSAttributesRequest request) {
    List<String> wanted = request.getAttributesList();
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          SortedMap<String, String> shown = new TreeMap<>();
          shown.put(SmsSettings.SPEND_LIMIT, SmsSettings.DEFAULT_SPEND_LIMIT);
          settings(caller).ifPresent(found -> shown.putAll(found.attributes()));
          if (!wanted.isEmpty()) {
            shown.keySet().retainAll(wanted);
          }
          return GetSMSAttributesResult.newBuilder().putAllAttributes(shown).build();
        });
  }

  CompletableFuture<SetSMSAttributesResult> setAttributes(
      Caller caller, SetSMSAttributesRequest request) {
    require(request.getAttributesCount() > 0, "attributes");
    SmsSettings.check(new TreeMap<>(request.getAttributesMap()));
    return catalogue.edit(
        caller,
        () ->
            directory
                .upToDate(caller)
                .thenApply(_ -> {
                  Optional<ResourceDefinition> found = settings(caller);
                  SortedMap<String, String> attributes = new TreeMap<>();
                  found.ifPresent(known -> attributes.putAll(known.attributes()));
                  attributes.putAll(request.getAttributesMap());
                  attributes.values().removeIf(String::isEmpty);
                  long revision = found.map(ResourceDefinition::revision).orElse(0L);
                  return new Edit<>(
                      new PutResource(settingsKey(caller), revision, attributes),
                      SetSMSAttributesResult.getDefaultInstance());
                }));
  }

  CompletableFuture<CheckIfPhoneNumberIsOptedOutResult> checkOptedOut(
      Caller caller, CheckIfPhoneNumberIsOptedOutRequest request) {
    require(request.hasPhoneNumber(), "phoneNumber");
    String number = PhoneNumbers.checked(request.getPhoneNumber());
    return directory
        .upToDate(caller)
        .thenApply(_ ->
            CheckIfPhoneNumberIsOptedOutResult.newBuilder()
                .setIsOptedOut(directory.mirror().resource(optedOut(caller, number)).isPresent())
                .build());
  }

  CompletableFuture<ListPhoneNumbersOptedOutResult> listOptedOut(
      Caller caller, ListPhoneNumbersOptedOutRequest request) {
    String after = pages.after(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          ListPhoneNumbersOptedOutResult.Builder result =
              ListPhoneNumbersOptedOutResult.newBuilder();
          pages.show(
              directory
                  .mirror()
                  .resources(
                      ResourceKind.OPTED_OUT_NUMBER,
                      caller.region(),
                      directory.account(),
                      "",
                      after,
                      Pages.lookFor()),
              found -> found.key().name(),
              found -> result.addPhoneNumbers(found.key().name()),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<OptInPhoneNumberResult> optIn(Caller caller, OptInPhoneNumberRequest request) {
    require(request.hasPhoneNumber(), "phoneNumber");
    String number = PhoneNumbers.checked(request.getPhoneNumber());
    return catalogue
        .run(caller, new TopicDefinitionCommand.RemoveResource(optedOut(caller, number)))
        .thenApply(_ -> OptInPhoneNumberResult.getDefaultInstance());
  }

  /** The numbers that messages come from are the gateway's; there are none here. */
  CompletableFuture<ListOriginationNumbersResult> listOriginationNumbers(
      Caller caller, ListOriginationNumbersRequest request) {
    if (request.hasMaxResults()) {
      Refusals.checkMaxResults(request.getMaxResults(), MOST_ORIGINATION_NUMBERS);
    }
    pages.after(request.getNextToken());
    return CompletableFuture.completedFuture(ListOriginationNumbersResult.getDefaultInstance());
  }

  private Optional<ResourceDefinition> settings(Caller caller) {
    return directory.mirror().resource(settingsKey(caller));
  }

  private ResourceKey settingsKey(Caller caller) {
    return new ResourceKey(ResourceKind.SMS_ATTRIBUTES, caller.region(), directory.account(), "");
  }

  private ResourceKey optedOut(Caller caller, String number) {
    return PhoneNumbers.optedOut(caller.region(), directory.account(), number);
  }
}
