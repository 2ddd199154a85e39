using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>A bucket can be listed and read, and written where that is needed.</summary>
/// <param name="stores">Reads and writes.</param>
/// <param name="administration">Creates.</param>
/// <param name="location">The bucket, and the prefix in it that is used.</param>
/// <param name="project">Google Cloud project to create it in; null when none is named.</param>
/// <param name="isWritten">Checkpoints go there; else it is only read.</param>
internal sealed class BucketCheck(ObjectStores stores, BucketAdministration administration, ObjectLocation location, string? project, bool isWritten) : IDoctorCheck
{
    public string Name => $"bucket {location.Root}";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        var bucket = stores.Open(location);
        try
        {
            var first = await bucket.ListAsync(location.Path, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (first is not null)
            {
                await ReadAsync(bucket, first, cancellationToken);
            }

            if (isWritten)
            {
                await WriteAsync(bucket, cancellationToken);
            }

            return new CheckResult.Ok($"{location}: can be listed, read{(isWritten ? ", written" : "")}{(first is null && !isWritten ? " (it is empty there)" : "")}");
        }
        catch (StorageException exception)
        {
            return new CheckResult.Wrong(
                exception.Message,
                exception.IsTransient ? "Do what the message says, then run 'cloudsweep doctor' again."
                    : BucketAdministration.IsMissing(exception)
                    ? $"gcloud storage buckets create gs://{location.Root}, or cloudsweep doctor --fix{(string.IsNullOrEmpty(project) ? " with PubSub:Project or GOOGLE_CLOUD_PROJECT set" : "")}"
                    : $"gcloud storage buckets add-iam-policy-binding gs://{location.Root} --member=MEMBER --role=roles/storage.{(isWritten ? "objectUser" : "objectViewer")}");
        }
    }

    public async Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stores.Open(location).ListAsync(location.Path, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            return false;
        }
        catch (StorageException exception) when (BucketAdministration.IsMissing(exception) && !string.IsNullOrEmpty(project))
        {
            await administration.CreateAsync(location.Root, project, cancellationToken);
            return true;
        }
    }

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
