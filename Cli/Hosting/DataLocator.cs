using CloudSweep.Cli.Files;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Estimation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>Finds and looks into a sweep's shards before anything is hosted or written.</summary>
internal sealed class DataLocator(DataPatterns patterns) : IAsyncDisposable
{
    private readonly ServiceProvider _services = CreateServices(DataPlaces.Of(patterns));

    /// <summary>Opens what was found.</summary>
    public IShardSource Source => _services.GetRequiredService<IShardSource>();

    /// <exception cref="DataErrorException">A pattern matches nothing, two shards share a key, or one has two roles; what is wrong with any pattern is told at once.</exception>
    public async Task<ShardTable> FindAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var train = await FindAsync(patterns.Train, problems, cancellationToken);
        var validation = await FindAsync(patterns.Validation, problems, cancellationToken);
        var test = await FindAsync(patterns.Test, problems, cancellationToken);
        return problems.Count == 0 ? ShardTable.Join(train!, validation, test) : throw new DataErrorException(string.Join('\n', problems));
    }

    /// <exception cref="DataErrorException">The shard's first rows break rules.</exception>
    public Task<DataSample> SampleAsync(Shard shard, DataSpec data, CancellationToken cancellationToken) =>
        new DataSampler(_services.GetRequiredService<IShardSource>(), TimeProvider.System).ReadAsync(shard, data, cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<ShardTable?> FindAsync(string? pattern, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            return pattern is null ? null : await _services.GetRequiredService<IShardSource>().FindAsync(pattern, cancellationToken);
        }
        catch (DataErrorException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }

    private static ServiceProvider CreateServices(DataPlaces places)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([.. places.ToConfiguration(), new("Data:CacheDirectory", Path.GetTempPath())])
            .Build();
        return new ServiceCollection().AddLogging().AddShardSource(configuration).BuildServiceProvider();
    }
}
