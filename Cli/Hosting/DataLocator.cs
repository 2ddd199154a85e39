using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Estimation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>Finds and looks into a sweep's shards before anything is hosted or written.</summary>
/// <param name="pattern">Absolute pattern.</param>
internal sealed class DataLocator(string pattern) : IAsyncDisposable
{
    private readonly ServiceProvider _services = CreateServices(RootOf(pattern));

    /// <summary>The folder that a pattern's shards are in or below: what stands before its first wildcard.</summary>
    public static string RootOf(string pattern)
    {
        var path = pattern.StartsWith("file://", StringComparison.Ordinal) ? new Uri(pattern).LocalPath : pattern;
        var wildcard = path.IndexOfAny(['*', '?']);
        return Path.GetDirectoryName(wildcard < 0 ? path : path[..wildcard]) is { Length: > 0 } folder ? folder : "/";
    }

    /// <summary>Opens what was found.</summary>
    public IShardSource Source => _services.GetRequiredService<IShardSource>();

    /// <exception cref="DataErrorException">Nothing matches, or two shards share a key.</exception>
    public Task<ShardTable> FindAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<IShardSource>().FindAsync(pattern, cancellationToken);

    /// <exception cref="DataErrorException">The shard's first rows break rules.</exception>
    public Task<DataSample> SampleAsync(Shard shard, DataSpec data, CancellationToken cancellationToken) =>
        new DataSampler(_services.GetRequiredService<IShardSource>(), TimeProvider.System).ReadAsync(shard, data, cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider CreateServices(string root)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:AllowedRoots:0", root),
            new("Data:CacheDirectory", Path.GetTempPath()),
        ]).Build();
        return new ServiceCollection().AddLogging().AddShardSource(configuration).BuildServiceProvider();
    }
}
