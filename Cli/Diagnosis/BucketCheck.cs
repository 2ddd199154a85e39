using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>A bucket can be listed and read, and written where that is needed.</summary>
/// <param name="location">The bucket, and the prefix in it that is used.</param>
/// <param name="isWritten">Checkpoints go there; else it is only read.</param>
internal sealed class BucketCheck(ObjectStores stores, ObjectLocation location, bool isWritten) : IDoctorCheck
{
    public string Name => $"bucket {location.Root}";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        var bucket = stores.Open(location);
        var doing = "list";
        try
        {
            var first = await bucket.ListAsync(location.Path, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (first is not null)
            {
                doing = "read";
                await ReadAsync(bucket, first, cancellationToken);
            }

            if (isWritten)
            {
                doing = "write";
                await WriteAsync(bucket, cancellationToken);
            }

            return new CheckResult.Ok($"{location}: can be listed, read{(isWritten ? ", written" : "")}{(first is null && !isWritten ? " (it is empty there)" : "")}");
        }
        catch (StorageException exception)
        {
            return new CheckResult.Wrong(
                $"Can't {doing} {location}: {exception.Message}",
                $"gcloud storage buckets add-iam-policy-binding gs://{location.Root} --member=MEMBER --role=roles/storage.{(isWritten ? "objectUser" : "objectViewer")}; if there is none: gcloud storage buckets create gs://{location.Root}");
        }
    }

    public Task<bool> MendAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    private static async Task ReadAsync(IObjectStore bucket, StoredObject first, CancellationToken cancellationToken)
    {
        await using var stream = await bucket.OpenAsync(first, cancellationToken);
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
    }

    private async Task WriteAsync(IObjectStore bucket, CancellationToken cancellationToken)
    {
        var prefix = location.Path.TrimEnd('/');
        var name = $"{prefix}{(prefix.Length == 0 ? "" : "/")}cloudsweep-doctor-{Guid.NewGuid():N}";
        await bucket.WriteAsync(name, (_, _) => Task.CompletedTask, WriteCondition.IsAbsent, cancellationToken);
        await bucket.DeleteAsync(name, cancellationToken);
    }
}
