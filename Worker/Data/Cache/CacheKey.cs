using System.Security.Cryptography;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Names a shard's block file: SHA-256 of everything that decides its content.</summary>
internal static class CacheKey
{
    public static string Of(Shard shard, DataSpec data)
    {
        // Scaling happens when blocks are read and the limit on bad rows is judged over all shards, so they are no part of the key.
        var decoded = data with { Train = "", Scale = FeatureScale.None, Clip = 1, BadRows = data.BadRows with { MaxFraction = 0 } };
        var text = string.Join('\n', BlockFormat.Version, shard.Uri, shard.Key, shard.Version, CanonicalJson.Write(decoded));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
