using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>Finds a sweep's shards before anything is hosted or written.</summary>
internal static class DataLocator
{
    /// <summary>The folders that a pattern's shards are in: what stands before its first wildcard.</summary>
    public static string RootOf(string absolutePattern)
    {
        var path = absolutePattern.StartsWith("file://", StringComparison.Ordinal) ? new Uri(absolutePattern).LocalPath : absolutePattern;
        var wildcard = path.IndexOfAny(['*', '?']);
        return Path.GetDirectoryName(wildcard < 0 ? path : path[..wildcard]) is { Length: > 0 } folder ? folder : "/";
    }

    /// <exception cref="DataErrorException">Nothing matches, or two shards share a key.</exception>
    public static async Task<ShardTable> FindAsync(string absolutePattern, CancellationToken cancellationToken)
    {
        await using var services = CreateServices(absolutePattern);
        return await services.GetRequiredService<IShardSource>().FindAsync(absolutePattern, cancellationToken);
    }

    /// <summary>The first bytes of a shard as they are stored.</summary>
    public static async Task<Stream> OpenAsync(string absolutePattern, Shard shard, CancellationToken cancellationToken)
    {
        var services = CreateServices(absolutePattern);
        return await services.GetRequiredService<IShardSource>().OpenAsync(shard, 0, cancellationToken);
    }

    private static ServiceProvider CreateServices(string absolutePattern)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:AllowedRoots:0", RootOf(absolutePattern)),
            new("Data:CacheDirectory", Path.GetTempPath()),
        ]).Build();
        return new ServiceCollection().AddLogging().AddShardSource(configuration).BuildServiceProvider();
    }
}
