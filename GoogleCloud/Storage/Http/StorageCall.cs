using System.Globalization;
using System.Net;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>What is being done to which object: words for the one error that all its requests end in.</summary>
/// <param name="Verb">Read, listed, written or deleted.</param>
/// <param name="Role">IAM role that allows it.</param>
/// <param name="Bucket">Bucket.</param>
/// <param name="Name">Object or prefix.</param>
/// <param name="Generation">Version; null for whichever is current.</param>
internal sealed record StorageCall(string Verb, string Role, string Bucket, string Name, string? Generation = null)
{
    private const string ReaderRole = "roles/storage.objectViewer";
    private const string WriterRole = "roles/storage.objectUser";

    public static StorageCall Read(string bucket, StoredObject version) => new("read", ReaderRole, bucket, version.Name, version.Version);

    public static StorageCall Find(string bucket, string name) => new("looked up", ReaderRole, bucket, name);

    public static StorageCall List(string bucket, string prefix) => new("listed", ReaderRole, bucket, prefix);

    public static StorageCall Write(string bucket, string name) => new("written", WriterRole, bucket, name);

    public static StorageCall Delete(string bucket, string name) => new("deleted", WriterRole, bucket, name);

    /// <summary>How messages name the object.</summary>
    public string Target => $"gs://{Bucket}/{Name}{(Generation is null ? "" : $" (generation {Generation})")}";

    /// <summary>The bucket itself is missing, as opposed to an object in it.</summary>
    public static bool IsBucketMissing(FailedRequestException failure) =>
        failure.Status == HttpStatusCode.NotFound && failure.Message.Contains("(The specified bucket", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one error.</summary>
    /// <param name="failure">What the last request ended in.</param>
    /// <param name="requests">Requests made.</param>
    /// <param name="offset">First byte that was not had; null where that says nothing.</param>
    public StorageException ToException(FailedRequestException failure, int requests, long? offset)
    {
        var place = offset is { } position ? string.Create(CultureInfo.InvariantCulture, $" at byte {position}") : "";
        var count = requests == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{requests} attempts");
        return new StorageException($"{Target} can't be {Verb}{place} after {count}: {failure.Message}. {failure.WayOut ?? WayOut(failure)}".TrimEnd(), failure.IsTransient, failure);
    }

    private string WayOut(FailedRequestException failure) => failure switch
    {
        { IsTransient: true } => $"Try again later; {CloudStorageOptions.SectionName}:{nameof(CloudStorageOptions.MaxAttempts)} allows more attempts.",
        { Status: HttpStatusCode.Unauthorized } => "The token of this process's account is not accepted: check the account and the clock of this host.",
        { Status: HttpStatusCode.Forbidden } => $"Give the account of this process {Role} on the bucket '{Bucket}'.",
        _ when IsBucketMissing(failure) => $"Check the bucket's name '{Bucket}' where it is set: the data patterns of the sweep file, Checkpoints:Location, or the path of a report or export.",
        _ => "Trying again won't help: check the object and the settings.",
    };
}
