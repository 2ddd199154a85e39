using System.Security.Cryptography;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Names a shard's block file: SHA-256 of everything that decides its content.</summary>
internal static class CacheKey
{
    public static string Of(Shard shard, DataSpec data)
    {
        // Scaling and filling happen when blocks are read and the limit on bad rows is judged over all shards, so they are no part of the key.
        // Other files matter only by being there.
        var decoded = data with
        {
            Train = "",
            ValidationFiles = data.ValidationFiles is null ? null : "",
            Test = null,
            Scale = FeatureScale.None,
            Clip = 1,
            Columns = [.. data.Columns.Select(column => column.OfDecoding())],
            BadRows = data.BadRows with { MaxFraction = 0 },
        };
        var text = string.Join('\n', BlockFormat.Version, shard.Uri, shard.Key, shard.Role, shard.Version, CanonicalJson.Write(decoded));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
