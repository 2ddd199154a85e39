using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Uploads;

/// <summary>One resumable upload: the bytes that are stored for sure, and the object once it is whole.</summary>
/// <param name="bucket">Where the object goes.</param>
/// <param name="metadata">What was declared at the start.</param>
/// <param name="preconditions">Checked at the start and again at the end.</param>
internal sealed class ResumableUpload(string bucket, UploadMetadata metadata, Preconditions preconditions) : IDisposable
{
    /// <summary>The service keeps whole quanta of an upload that is not finished, in bytes.</summary>
    public const int Quantum = 1 << 18;

    private readonly MemoryStream _stored = new();

    /// <summary>One request at a time may add bytes.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public long StoredBytes => _stored.Length;

    /// <summary>Null until all bytes are there.</summary>
    public EmulatedObject? Finished { get; private set; }

    /// <summary>Adds bytes as they come. When <paramref name="body"/> breaks off, what came before stays, in whole quanta.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="skip">How many of its first bytes are stored already.</param>
    /// <param name="isLast">Keeps the rest beyond whole quanta as well.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many bytes the body had.</returns>
    public async Task<long> AppendAsync(Stream body, long skip, bool isLast, CancellationToken cancellationToken)
    {
        var buffer = new byte[Quantum];
        var received = 0L;
        var isWhole = false;
        try
        {
            for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0; received += count)
            {
                var known = (int)Math.Clamp(skip - received, 0, count);
                await _stored.WriteAsync(buffer.AsMemory(known, count - known), cancellationToken);
            }

            isWhole = isLast;
        }
        finally
        {
            if (!isWhole)
            {
                _stored.SetLength(_stored.Length / Quantum * Quantum);
            }
        }

        return received;
    }

    /// <summary>Stores the object.</summary>
    /// <exception cref="ServiceException">The declared hashes are not those of the bytes, or a precondition fails.</exception>
    public EmulatedObject Finish(BucketTable buckets, HttpRequest request)
    {
        var stored = metadata.WithHashesOf(request).WithContent(new MemoryContent(_stored.ToArray()));
        Finished = buckets.Put(bucket, stored, preconditions);
        _stored.SetLength(0);
        _stored.Capacity = 0;
        return Finished;
    }

    public void Dispose()
    {
        _stored.Dispose();
        Turn.Dispose();
    }
}
