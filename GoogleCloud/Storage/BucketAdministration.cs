using System.Net;
using System.Net.Http.Json;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>Creates buckets. For <c>cloudsweep doctor</c>.</summary>
public sealed class BucketAdministration
{
    private const string CreatorRole = "roles/storage.admin";

    private readonly StorageClient _client;

    internal BucketAdministration(StorageClient client) => _client = client;

    /// <summary>Whether a call failed because its bucket is missing.</summary>
    public static bool IsMissing(StorageException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.InnerException is FailedRequestException failure && StorageCall.IsBucketMissing(failure);
    }

    /// <summary>Creates a bucket with Google's defaults; does nothing when it exists.</summary>
    /// <exception cref="StorageException">It can't be created; the message says what to do.</exception>
    public async Task CreateAsync(string bucket, string project, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentException.ThrowIfNullOrEmpty(project);
        var attempts = _client.Begin(new StorageCall("created", CreatorRole, bucket, ""));
        try
        {
            await attempts.RunAsync(() => _client.DoAsync(() => Request(bucket, project), cancellationToken), cancellationToken);
        }
        catch (StorageException exception) when (exception.InnerException is FailedRequestException { Status: HttpStatusCode.Conflict })
        {
            // The name is taken; whether by us is seen by whoever uses it.
        }
    }

    private HttpRequestMessage Request(string bucket, string project) =>
        new(HttpMethod.Post, new Uri(_client.Address, $"storage/v1/b?project={Uri.EscapeDataString(project)}")) { Content = JsonContent.Create(new NewBucket(bucket)) };
}
