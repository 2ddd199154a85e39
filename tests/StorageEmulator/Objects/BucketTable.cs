using System.Collections.Immutable;
using System.Text;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>Every bucket. Only the current version of an object exists: a replaced one is gone, as in a bucket without versioning.</summary>
internal sealed class BucketTable(TimeProvider timeProvider)
{
    private const int MaxNameBytes = 1024;

    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<string, Bucket> _buckets = ImmutableSortedDictionary.Create<string, Bucket>(StringComparer.Ordinal);
    private long _lastGeneration;

    public IEnumerable<Bucket> All => Volatile.Read(ref _buckets).Values;

    /// <exception cref="ServiceException">There is one.</exception>
    public Bucket Create(string name)
    {
        lock (_gate)
        {
            return _buckets.ContainsKey(name)
                ? throw new ServiceException(StatusCodes.Status409Conflict, "conflict", $"Your previous request to create the named bucket succeeded and you already own it: {name}")
                : SetNeedsLock(new Bucket(name, timeProvider.GetUtcNow()));
        }
    }

    /// <summary>Creates a bucket where it is missing.</summary>
    public void Ensure(string name)
    {
        lock (_gate)
        {
            if (!_buckets.ContainsKey(name))
            {
                SetNeedsLock(new Bucket(name, timeProvider.GetUtcNow()));
            }
        }
    }

    /// <exception cref="ServiceException">There is none.</exception>
    public Bucket Get(string name) => Volatile.Read(ref _buckets).TryGetValue(name, out var bucket) ? bucket : throw ServiceException.NoBucket(name);

    /// <exception cref="ServiceException">There is none, or it holds objects.</exception>
    public void Delete(string name)
    {
        lock (_gate)
        {
            if (!Get(name).Objects.IsEmpty)
            {
                throw new ServiceException(StatusCodes.Status409Conflict, "conflict", $"The bucket you tried to delete is not empty: {name}");
            }

            _buckets = _buckets.Remove(name);
        }
    }

    public EmulatedObject? Find(string bucket, string name) => Get(bucket).Objects.GetValueOrDefault(name);

    /// <param name="bucket">Its bucket.</param>
    /// <param name="name">Its name.</param>
    /// <param name="generation">The version that is wanted; null is the current one.</param>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public EmulatedObject Get(string bucket, string name, long? generation) =>
        Find(bucket, name) is { } current && (generation ?? current.Generation) == current.Generation ? current : throw ServiceException.NoObject(bucket, name);

    /// <exception cref="ServiceException">The bucket is missing, the name is invalid, or a precondition fails.</exception>
    public EmulatedObject Put(string bucket, NewObject stored, Preconditions preconditions)
    {
        if (stored.Name is "" or "." or ".." || stored.Name.AsSpan().ContainsAny('\r', '\n') || Encoding.UTF8.GetByteCount(stored.Name) > MaxNameBytes)
        {
            throw ServiceException.Invalid($"Invalid object name '{stored.Name}': it must have 1 to {MaxNameBytes} bytes of UTF-8 without line breaks, and not be '.' or '..'.");
        }

        lock (_gate)
        {
            var found = Get(bucket);
            preconditions.CheckWrite(found.Objects.GetValueOrDefault(stored.Name));
            var now = timeProvider.GetUtcNow();
            _lastGeneration = Math.Max(_lastGeneration + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            var current = new EmulatedObject(bucket, stored, _lastGeneration, now);
            SetNeedsLock(found with { Objects = found.Objects.SetItem(stored.Name, current) });
            return current;
        }
    }

    /// <exception cref="ServiceException">There is no such version, or a precondition fails.</exception>
    public void Delete(string bucket, string name, long? generation, Preconditions preconditions)
    {
        lock (_gate)
        {
            preconditions.CheckWrite(Get(bucket, name, generation));
            var found = Get(bucket);
            SetNeedsLock(found with { Objects = found.Objects.Remove(name) });
        }
    }

    private Bucket SetNeedsLock(Bucket bucket)
    {
        Volatile.Write(ref _buckets, _buckets.SetItem(bucket.Name, bucket));
        return bucket;
    }
}
