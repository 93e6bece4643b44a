package io.tern.node.sns;

import static io.tern.node.sns.Refusals.invalid;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.CreatePlatformApplicationRequest;
import io.tern.proto.sns.CreatePlatformApplicationResult;
import io.tern.proto.sns.CreatePlatformEndpointRequest;
import io.tern.proto.sns.CreatePlatformEndpointResult;
import io.tern.proto.sns.DeleteEndpointRequest;
import io.tern.proto.sns.DeleteEndpointResult;
import io.tern.proto.sns.DeletePlatformApplicationRequest;
import io.tern.proto.sns.DeletePlatformApplicationResult;
import io.tern.proto.sns.Endpoint;
import io.tern.proto.sns.GetEndpointAttributesRequest;
import io.tern.proto.sns.GetEndpointAttributesResult;
import io.tern.proto.sns.GetPlatformApplicationAttributesRequest;
import io.tern.proto.sns.GetPlatformApplicationAttributesResult;
import io.tern.proto.sns.ListEndpointsByPlatformApplicationRequest;
import io.tern.proto.sns.ListEndpointsByPlatformApplicationResult;
import io.tern.proto.sns.ListPlatformApplicationsRequest;
import io.tern.proto.sns.ListPlatformApplicationsResult;
import io.tern.proto.sns.PlatformApplication;
import io.tern.proto.sns.SetEndpointAttributesRequest;
import io.tern.proto.sns.SetEndpointAttributesResult;
import io.tern.proto.sns.SetPlatformApplicationAttributesRequest;
import io.tern.proto.sns.SetPlatformApplicationAttributesResult;
import io.tern.protocols.TernException;
import io.tern.state.TopicDefinitionCommand;
import io.tern.state.TopicDefinitionCommand.PutResource;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.limits.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The operations on platform applications and their endpoints. */
final class PlatformApi {
  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final Pages pages;

  PlatformApi(TopicDirectory directory, CatalogueEdits catalogue, Pages pages) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.pages = pages;
  }

  void addTo(ApiTable table) {
    table.add(
        "CreatePlatformApplication",
        CreatePlatformApplicationRequest.class,
        this::createApplication);
    table.add(
        "DeletePlatformApplication",
        DeletePlatformApplicationRequest.class,
        this::deleteApplication);
    table.add(
        "ListPlatformApplications", ListPlatformApplicationsRequest.class, this::listApplications);
    table.add(
        "GetPlatformApplicationAttributes",
        GetPlatformApplicationAttributesRequest.class,
        this::getApplication);
    table.add(
        "SetPlatformApplicationAttributes",
        SetPlatformApplicationAttributesRequest.class,
        this::setApplication);
    table.add("CreatePlatformEndpoint", CreatePlatformEndpointRequest.class, this::createEndpoint);
    table.add("DeleteEndpoint", DeleteEndpointRequest.class, this::deleteEndpoint);
    table.add(
        "ListEndpointsByPlatformApplication",
        ListEndpointsByPlatformApplicationRequest.class,
        this::listEndpoints);
    table.add("GetEndpointAttributes", GetEndpointAttributesRequest.class, this::getEndpoint);
    table.add("SetEndpointAttributes", SetEndpointAttributesRequest.class, this::setEndpoint);
  }

  CompletableFuture<CreatePlatformApplicationResult> createApplication(
      Caller caller, CreatePlatformApplicationRequest request) {
    require(request.hasName(), "name");
    require(request.hasPlatform(), "platform");
    require(request.getAttributesCount() > 0, "attributes");
    Platforms.checkPlatform(request.getPlatform());
    Platforms.checkName(request.getName());
    Platforms.checkApplicationAttributes(request.getAttributesMap());
    Platforms.checkCredentials(request.getPlatform(), request.getAttributesMap());
    ResourceKey key =
        new ResourceKey(
            ResourceKind.PLATFORM_APPLICATION,
            caller.region(),
            directory.account(),
            request.getPlatform() + "/" + request.getName());
    SortedMap<String, String> attributes = new TreeMap<>(request.getAttributesMap());
    CreatePlatformApplicationResult result =
        CreatePlatformApplicationResult.newBuilder()
            .setPlatformApplicationArn(Platforms.arn(key))
            .build();
    return catalogue.edit(
        caller,
        () ->
            directory
                .upToDate(caller)
                .thenApply(_ -> {
                  Optional<ResourceDefinition> known = directory.mirror().resource(key);
                  if (known.isEmpty()) {
                    return new Edit<>(new PutResource(key, 0, attributes), result);
                  }
                  if (!known.get().attributes().equals(attributes)) {
                    throw invalid(
                        "Attributes Reason: Platform application already exists with different"
                            + " attributes");
                  }
                  return Edit.none(result);
                }));
  }

  CompletableFuture<DeletePlatformApplicationResult> deleteApplication(
      Caller caller, DeletePlatformApplicationRequest request) {
    require(request.hasPlatformApplicationArn(), "platformApplicationArn");
    ResourceKey key = Platforms.application(caller.region(), request.getPlatformApplicationArn());
    return catalogue
        .run(caller, new TopicDefinitionCommand.RemoveResource(key))
        .thenApply(_ -> DeletePlatformApplicationResult.getDefaultInstance());
  }

  CompletableFuture<ListPlatformApplicationsResult> listApplications(
      Caller caller, ListPlatformApplicationsRequest request) {
    String after = pages.after(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          ListPlatformApplicationsResult.Builder result =
              ListPlatformApplicationsResult.newBuilder();
          pages.show(
              directory
                  .mirror()
                  .resources(
                      ResourceKind.PLATFORM_APPLICATION,
                      caller.region(),
                      directory.account(),
                      "",
                      after,
                      Pages.lookFor()),
              found -> found.key().name(),
              found ->
                  result.addPlatformApplications(
                      PlatformApplication.newBuilder()
                          .setPlatformApplicationArn(Platforms.arn(found.key()))
                          .putAllAttributes(Platforms.shown(found.attributes()))),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<GetPlatformApplicationAttributesResult> getApplication(
      Caller caller, GetPlatformApplicationAttributesRequest request) {
    require(request.hasPlatformApplicationArn(), "platformApplicationArn");
    ResourceKey key = Platforms.application(caller.region(), request.getPlatformApplicationArn());
    return application(caller, key)
        .thenApply(found ->
            GetPlatformApplicationAttributesResult.newBuilder()
                .putAllAttributes(Platforms.shown(found.attributes()))
                .build());
  }

  CompletableFuture<SetPlatformApplicationAttributesResult> setApplication(
      Caller caller, SetPlatformApplicationAttributesRequest request) {
    require(request.hasPlatformApplicationArn(), "platformApplicationArn");
    require(request.getAttributesCount() > 0, "attributes");
    ResourceKey key = Platforms.application(caller.region(), request.getPlatformApplicationArn());
    return catalogue.edit(
        caller,
        () ->
            application(caller, key)
                .thenApply(found -> {
                  Platforms.checkApplicationAttributes(request.getAttributesMap());
                  return new Edit<>(
                      merged(found, request.getAttributesMap()),
                      SetPlatformApplicationAttributesResult.getDefaultInstance());
                }));
  }

  /** An empty value resets an attribute. */
  private static PutResource merged(ResourceDefinition found, Map<String, String> changes) {
    SortedMap<String, String> attributes = new TreeMap<>(found.attributes());
    attributes.putAll(changes);
    attributes.values().removeIf(String::isEmpty);
    return new PutResource(found.key(), found.revision(), attributes);
  }

  CompletableFuture<CreatePlatformEndpointResult> createEndpoint(
      Caller caller, CreatePlatformEndpointRequest request) {
    require(request.hasPlatformApplicationArn(), "platformApplicationArn");
    require(request.hasToken(), "token");
    ResourceKey application =
        Platforms.application(caller.region(), request.getPlatformApplicationArn());
    return catalogue.edit(
        caller,
        () ->
            application(caller, application)
                .thenApply(_ -> endpointToMake(application, request.getToken(), wanted(request))));
  }

  private Edit<CreatePlatformEndpointResult> endpointToMake(
      ResourceKey application, String token, SortedMap<String, String> wanted) {
    Optional<ResourceDefinition> known = endpointOf(application, token);
    if (known.isEmpty()) {
      ResourceKey key = freeKey(application, token);
      return new Edit<>(new PutResource(key, 0, wanted), made(key));
    }
    if (!known.get().attributes().equals(wanted)) {
      throw invalid(
          "Token Reason: Endpoint "
              + Platforms.arn(known.get().key())
              + " already exists with the same Token, but different attributes.");
    }
    return Edit.none(made(known.get().key()));
  }

  private static CreatePlatformEndpointResult made(ResourceKey key) {
    return CreatePlatformEndpointResult.newBuilder().setEndpointArn(Platforms.arn(key)).build();
  }

  /** What the map says wins over the parameter. */
  private static SortedMap<String, String> wanted(CreatePlatformEndpointRequest request) {
    Map<String, String> given = new TreeMap<>(request.getAttributesMap());
    if (!request.getCustomUserData().isEmpty()) {
      given.putIfAbsent(Platforms.USER_DATA, request.getCustomUserData());
    }
    given.put(Platforms.TOKEN, request.getToken());
    SortedMap<String, String> wanted = Platforms.endpointAttributes(given);
    wanted.putIfAbsent(Platforms.ENABLED, "true");
    return wanted;
  }

  /** The application's endpoint of that token; a token may have been given to it later. */
  private Optional<ResourceDefinition> endpointOf(ResourceKey application, String token) {
    Optional<ResourceDefinition> usual =
        directory.mirror().resource(Platforms.endpointFor(application, token, 0));
    return usual
        .filter(found -> token.equals(found.attributes().get(Platforms.TOKEN)))
        .or(() ->
            directory
                .mirror()
                .resources(
                    ResourceKind.PLATFORM_ENDPOINT,
                    application.region(),
                    application.account(),
                    application.name() + "/",
                    "",
                    Integer.MAX_VALUE)
                .stream()
                .filter(found -> token.equals(found.attributes().get(Platforms.TOKEN)))
                .findFirst());
  }

  private ResourceKey freeKey(ResourceKey application, String token) {
    int attempt = 0;
    ResourceKey key = Platforms.endpointFor(application, token, attempt);
    while (directory.mirror().resource(key).isPresent()) {
      attempt++;
      key = Platforms.endpointFor(application, token, attempt);
    }
    return key;
  }

  CompletableFuture<DeleteEndpointResult> deleteEndpoint(
      Caller caller, DeleteEndpointRequest request) {
    require(request.hasEndpointArn(), "endpointArn");
    ResourceKey key =
        Platforms.endpoint(caller.region(), Platforms.ENDPOINT_ARN, request.getEndpointArn());
    return catalogue
        .run(caller, new TopicDefinitionCommand.RemoveResource(key))
        .thenApply(_ -> DeleteEndpointResult.getDefaultInstance());
  }

  CompletableFuture<ListEndpointsByPlatformApplicationResult> listEndpoints(
      Caller caller, ListEndpointsByPlatformApplicationRequest request) {
    require(request.hasPlatformApplicationArn(), "platformApplicationArn");
    ResourceKey key = Platforms.application(caller.region(), request.getPlatformApplicationArn());
    String after = pages.after(request.getNextToken());
    return application(caller, key)
        .thenApply(_ -> {
          ListEndpointsByPlatformApplicationResult.Builder result =
              ListEndpointsByPlatformApplicationResult.newBuilder();
          pages.show(
              directory
                  .mirror()
                  .resources(
                      ResourceKind.PLATFORM_ENDPOINT,
                      key.region(),
                      key.account(),
                      key.name() + "/",
                      after,
                      Pages.lookFor()),
              found -> found.key().name(),
              found ->
                  result.addEndpoints(
                      Endpoint.newBuilder()
                          .setEndpointArn(Platforms.arn(found.key()))
                          .putAllAttributes(found.attributes())),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<GetEndpointAttributesResult> getEndpoint(
      Caller caller, GetEndpointAttributesRequest request) {
    require(request.hasEndpointArn(), "endpointArn");
    ResourceKey key =
        Platforms.endpoint(caller.region(), Platforms.ENDPOINT_ARN, request.getEndpointArn());
    return endpoint(caller, key)
        .thenApply(found ->
            GetEndpointAttributesResult.newBuilder().putAllAttributes(found.attributes()).build());
  }

  CompletableFuture<SetEndpointAttributesResult> setEndpoint(
      Caller caller, SetEndpointAttributesRequest request) {
    require(request.hasEndpointArn(), "endpointArn");
    require(request.getAttributesCount() > 0, "attributes");
    ResourceKey key =
        Platforms.endpoint(caller.region(), Platforms.ENDPOINT_ARN, request.getEndpointArn());
    return catalogue.edit(
        caller,
        () ->
            endpoint(caller, key)
                .thenApply(found ->
                    new Edit<>(
                        merged(found, Platforms.endpointAttributes(request.getAttributesMap())),
                        SetEndpointAttributesResult.getDefaultInstance())));
  }

  private CompletableFuture<ResourceDefinition> application(Caller caller, ResourceKey key) {
    return directory.freshResource(
        caller, key, () -> new TernException(ErrorCode.PLATFORM_APPLICATION_NOT_FOUND));
  }

  private CompletableFuture<ResourceDefinition> endpoint(Caller caller, ResourceKey key) {
    return directory.freshResource(
        caller, key, () -> new TernException(ErrorCode.ENDPOINT_NOT_FOUND));
  }
}
