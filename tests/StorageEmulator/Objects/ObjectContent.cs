using System.Security.Cryptography;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>The stored bytes of one version of an object; they never change.</summary>
internal abstract class ObjectContent
{
    private readonly Lazy<ObjectHashes> _hashes;

    protected ObjectContent() => _hashes = new Lazy<ObjectHashes>(ComputeHashes);

    public abstract long Length { get; }

    /// <summary>Computed on first use: an object of a GiB that is only listed costs two seconds once.</summary>
    public ObjectHashes Hashes => _hashes.Value;

    /// <summary>Fills as much of <paramref name="destination"/> as there is from <paramref name="offset"/> on; 0 at the end.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        for (var filled = 0; filled < bytes.Length;)
        {
            filled += Read(filled, bytes.AsSpan(filled));
        }

        return bytes;
    }

    private ObjectHashes ComputeHashes()
    {
        var crc = new Crc32C();
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[1 << 18];
        var offset = 0L;
        for (int count; (count = Read(offset, buffer)) > 0; offset += count)
        {
            crc.Append(buffer.AsSpan(0, count));
            md5.AppendData(buffer, 0, count);
        }

        return new ObjectHashes(crc.ToBase64(), Convert.ToBase64String(md5.GetHashAndReset()));
    }
}
