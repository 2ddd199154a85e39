using System.Globalization;
using System.Net;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;

namespace CloudSweep.GoogleCloud.Storage.Writing;

/// <summary>Stores one object: in one request while it fits a chunk, else in an upload session, chunk by chunk. Nothing is there before the last request.</summary>
internal sealed class ObjectWriter(string bucket, string name, WriteCondition condition, StorageClient client)
{
    // Whoever gives up may be in a hurry: a Worker that is preempted has a job to give back.
    private static readonly TimeSpan PatienceOnLeaving = TimeSpan.FromSeconds(1);

    private readonly StorageCall _call = StorageCall.Write(bucket, name);
    private readonly StorageRequests _requests = new(client.Address, bucket);

    private UploadSession? _session;
    private uint _crc;
    private long _sentBytes;

    private bool MustBeAbsent => condition == WriteCondition.IsAbsent;

    private string CrcText => _crc.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Stores a chunk that others follow. Its length is a multiple of 256 KiB.</summary>
    /// <exception cref="ObjectConflictException">The condition does not hold.</exception>
    /// <exception cref="StorageException">It can't be stored.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        _session ??= await StartSessionAsync(cancellationToken);
        _crc = Crc32C.Append(_crc, chunk.Span);
        await SendAsync(_session, chunk, totalBytes: null, cancellationToken);
        _sentBytes += chunk.Length;
    }

    /// <summary>Stores the last chunk, and with it the object.</summary>
    /// <exception cref="ObjectConflictException">The condition does not hold.</exception>
    /// <exception cref="StorageException">It can't be stored.</exception>
    public async Task<StoredObject> CompleteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        _crc = Crc32C.Append(_crc, chunk.Span);
        if (_session is null)
        {
            return await UploadAsync(chunk, cancellationToken);
        }

        var stored = await SendAsync(_session, chunk, _sentBytes + chunk.Length, cancellationToken);
        return await CheckAsync(stored!, cancellationToken);
    }

    /// <summary>Gives up what was sent. Never fails: the service forgets an unfinished session by itself after a week.</summary>
    public async Task AbandonAsync()
    {
        if (_session is not null)
        {
            using var patience = new CancellationTokenSource(PatienceOnLeaving, client.TimeProvider);
            await _session.AbandonAsync(patience.Token);
        }
    }

    private async Task<StoredObject> UploadAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var description = NewObject.Of(name, _crc);
        var mayBeStored = false;
        try
        {
            return await NewAttempts().RunAsync(
                async () =>
                {
                    try
                    {
                        return await client.DescribeAsync(
                            idle => _requests.Upload(description, MustBeAbsent, new WatchedContent(content, description.ContentType, idle)), cancellationToken);
                    }
                    catch (FailedRequestException failure)
                    {
                        mayBeStored |= failure.MayHaveSucceeded;
                        throw;
                    }
                },
                cancellationToken);
        }
        catch (StorageException exception) when (IsConflict(exception))
        {
            // An earlier request may have stored the object without our hearing of it, and be what is in the way.
            return mayBeStored && await FindOwnAsync(content.Length, cancellationToken) is { } own ? own : throw Conflict(exception);
        }
    }

    private async Task<StoredObject?> FindOwnAsync(long sizeBytes, CancellationToken cancellationToken)
    {
        var current = await NewAttempts().RunAsync(() => client.DescribeAsync(_ => _requests.Find(name), cancellationToken), cancellationToken);
        return current.SizeBytes == sizeBytes && current.Crc32C == CrcText ? current : null;
    }

    private async Task<UploadSession> StartSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await NewAttempts().RunAsync(() => UploadSession.StartAsync(client, _requests, NewObject.Of(name, crc: null), MustBeAbsent, cancellationToken), cancellationToken);
        }
        catch (StorageException exception) when (IsConflict(exception))
        {
            throw Conflict(exception);
        }
    }

    private async Task<StoredObject?> SendAsync(UploadSession session, ReadOnlyMemory<byte> chunk, long? totalBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await session.SendAsync(chunk, totalBytes, NewAttempts(), cancellationToken);
        }
        catch (StorageException exception) when (IsConflict(exception))
        {
            throw Conflict(exception);
        }
    }

    /// <summary>The checksum of an object sent in chunks is known too late to be declared, so it is compared, and wrong bytes are taken away again.</summary>
    private async Task<StoredObject> CheckAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        if (stored.Crc32C is null || stored.Crc32C == CrcText)
        {
            return stored;
        }

        await NewAttempts().RunAsync(() => client.DoAsync(() => _requests.Delete(name, stored.Version), cancellationToken), cancellationToken);
        throw _call.ToException(
            new FailedRequestException($"wrong bytes arrived, with CRC32C {stored.Crc32C} where {CrcText} was sent; they were deleted"), requests: 1, offset: null);
    }

    private Attempts NewAttempts() => client.Begin(_call);

    private bool IsConflict(StorageException exception) =>
        MustBeAbsent && exception.InnerException is FailedRequestException { Status: HttpStatusCode.PreconditionFailed };

    private ObjectConflictException Conflict(Exception exception) => new($"{_call.Target} is there already; it was not replaced.", exception);
}
