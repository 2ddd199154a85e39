using CloudSweep.Core.Domain;
using CloudSweep.Core.Streams;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Reads an object, and tells its failures as those of a shard. Owns the stored stream.</summary>
internal sealed class ObjectShardStream(Stream stored, Shard shard) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await stored.ReadAsync(buffer, cancellationToken);
        }
        catch (CloudSweepException exception) when (ShardFailures.Of(exception, shard) is { } failure)
        {
            throw failure;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
