using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;
using CloudSweep.GoogleCloud.Storage.Reading;
using CloudSweep.GoogleCloud.Storage.Writing;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>
/// The objects of a bucket of Cloud Storage, over its JSON API. Version = generation. A list is in the order of the names' UTF-8 bytes, which is ordinal for all
/// but characters beyond U+FFFF beside those from U+E000 on.
/// </summary>
internal sealed class GcsObjectStore(string bucket, StorageClient client) : IObjectStore
{
    private readonly StorageRequests _requests = new(client.Address, bucket);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string? pageToken = null;
        do
        {
            var askedToken = pageToken;
            (var objects, pageToken) = await client.Begin(StorageCall.List(bucket, prefix)).RunAsync(
                () => client.ListAsync(() => _requests.List(prefix, client.Options.ListPageSize, askedToken), cancellationToken), cancellationToken);
            foreach (var version in objects)
            {
                yield return version;
            }
        }
        while (!string.IsNullOrEmpty(pageToken));
    }

    public async Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        try
        {
            return await client.Begin(StorageCall.Find(bucket, name)).RunAsync(
                () => client.DescribeAsync(_ => _requests.Find(name), cancellationToken), cancellationToken);
        }
        catch (StorageException exception) when (IsObjectMissing(exception))
        {
            return null;
        }
    }

    public async Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        ObjectName.ThrowIfInvalid(version.Name);
        cancellationToken.ThrowIfCancellationRequested();
        var download = new RangeDownload(bucket, version, client);
        return await GcsObjectStream.OpenAsync(download, version.SizeBytes, client.Options, cancellationToken);
    }

    public async Task<StoredObject> WriteAsync(string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        var writer = new ObjectWriter(bucket, name, condition, client);
        await using var content = new UploadStream(writer, client.Options.WriteChunkBytes, cancellationToken);
        try
        {
            await write(content, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            Rethrow(content.Failure);
            return await content.CompleteAsync(cancellationToken);
        }
        catch
        {
            await writer.AbandonAsync();
            Rethrow(content.Failure);
            throw;
        }
        finally
        {
            content.Release();
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        try
        {
            await client.Begin(StorageCall.Delete(bucket, name)).RunAsync(
                () => client.DoAsync(() => _requests.Delete(name, generation: null), cancellationToken), cancellationToken);
        }
        catch (StorageException exception) when (IsObjectMissing(exception))
        {
            // Somebody else has deleted it, or an earlier request of ours whose answer was lost.
        }
    }

    private static bool IsObjectMissing(StorageException exception) =>
        exception.InnerException is FailedRequestException { Status: HttpStatusCode.NotFound } failure && !StorageCall.IsBucketMissing(failure);

    private static void Rethrow(Exception? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
