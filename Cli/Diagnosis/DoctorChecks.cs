using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using CloudSweep.Worker.Connection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>The checks of what the settings put to use.</summary>
internal sealed class DoctorChecks : IAsyncDisposable
{
    private const string StorageEmulatorVariable = "STORAGE_EMULATOR_HOST";

    private readonly IConfiguration _settings;
    private readonly ServiceProvider _services;

    /// <param name="settings">Those of the hosts.</param>
    public DoctorChecks(IConfiguration settings)
    {
        _settings = settings;
        _services = new ServiceCollection()
            .AddLogging()
            .AddGoogleCredentials()
            .AddPubSubAdministration(settings)
            .AddLocalObjects()
            .AddGoogleCloudStorage(settings)
            .AddBucketAdministration()
            .BuildServiceProvider();
    }

    /// <param name="coordinator">Null when none is named.</param>
    /// <param name="state">State folder of `run`.</param>
    public IEnumerable<IDoctorCheck> Of(ConnectionOptions? coordinator, string state)
    {
        var probe = coordinator is null ? null : new CoordinatorProbe(coordinator, _services.GetRequiredService<IIdentityTokens>(), TimeProvider.System);
        yield return new FolderCheck("state folder", state, isMadeWhenNeeded: true);
        foreach (var (name, setting) in ((string, string)[])[("store folder", "Storage:Directory"), ("cache folder", "Data:CacheDirectory")])
        {
            if (_settings[setting] is { Length: > 0 } folder)
            {
                yield return new FolderCheck(name, folder, isMadeWhenNeeded: false);
            }
        }

        if (Checkpoints is { Scheme: ObjectLocation.FileScheme } checkpoints)
        {
            yield return new FolderCheck("checkpoints", checkpoints.Root, isMadeWhenNeeded: false);
        }

        var pubSub = _services.GetRequiredService<PubSubAdministration>();
        yield return new CredentialsCheck(_services.GetRequiredService<AccessTokens>(), [.. Scopes(pubSub)]);
        yield return new TopicCheck(pubSub);
        yield return new SubscriptionCheck(pubSub);
        foreach (var check in Buckets())
        {
            yield return check;
        }

        yield return new CoordinatorCheck(probe);
        yield return new ClockCheck(probe);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private string? Project => _settings["PubSub:Project"] is { Length: > 0 } project ? project : Environment.GetEnvironmentVariable("GOOGLE_CLOUD_PROJECT");

    private ObjectLocation? Checkpoints => _settings["Checkpoints:Location"] is { Length: > 0 } text ? ObjectLocation.TryParse(text) : null;

    private IEnumerable<BucketCheck> Buckets()
    {
        var stores = _services.GetRequiredService<ObjectStores>();
        var administration = _services.GetRequiredService<BucketAdministration>();
        if (Checkpoints is { Scheme: ObjectLocation.CloudStorageScheme } checkpoints)
        {
            yield return new BucketCheck(stores, administration, checkpoints, Project, isWritten: true);
        }

        foreach (var bucket in _settings.GetSection("Data:AllowedBuckets").GetChildren().Select(child => child.Value).OfType<string>())
        {
            var location = ObjectLocation.IsCloudStorage(bucket) ? bucket : $"gs://{bucket}";
            if (ObjectLocation.TryParse(location) is { } parsed)
            {
                yield return new BucketCheck(stores, administration, parsed, Project, isWritten: false);
            }
        }
    }

    private IEnumerable<string> Scopes(PubSubAdministration pubSub)
    {
        if (!pubSub.IsEmulator && (pubSub.Topic ?? pubSub.Subscription) is not null)
        {
            yield return GoogleScopes.PubSub;
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(StorageEmulatorVariable)) && Buckets().Any())
        {
            yield return GoogleScopes.Storage;
        }
    }
}
