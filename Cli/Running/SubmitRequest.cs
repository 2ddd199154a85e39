using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Running;

/// <summary>What a Coordinator is asked for with a sweep file and its data.</summary>
internal static class SubmitRequest
{
    /// <param name="spec">The sweep file.</param>
    /// <param name="shards">The data that was found.</param>
    /// <param name="isFresh">A new sweep in any case, in the place of unfinished ones of the same file.</param>
    public static SubmitSweepRequest Of(SweepSpec spec, ShardTable shards, bool isFresh) => new()
    {
        RequestId = Guid.NewGuid().ToString("N"),
        SpecJson = CanonicalJson.Write(spec),
        ShardTableJson = CanonicalJson.Write(shards),
        Fresh = isFresh,
        Replace = isFresh,
    };
}
