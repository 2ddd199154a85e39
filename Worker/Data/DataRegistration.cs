using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Data.Shards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data;

/// <summary>Adds what a Worker knows about data.</summary>
public static class DataRegistration
{
    /// <summary>Adds an <see cref="IShardSource"/> alone, for hosts that only look for data. Sections read: <c>Data</c>, <c>CloudStorage</c>.</summary>
    public static IServiceCollection AddShardSource(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataOptions(configuration);
        services.AddLocalObjects();
        services.AddGoogleCloudStorage(configuration);
        services.AddSingleton<LocalShardSource>();
        services.AddSingleton<ObjectShardSource>();
        return services.AddSingleton<IShardSource, ShardSources>();
    }

    internal static IServiceCollection AddWorkerData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddShardSource(configuration);
        services.AddSingleton<IValidateOptions<DataOptions>, CacheDirectoryRules>();
        services.AddSingleton<BlockCache>();
        services.AddSingleton<ShardPass>();
        services.AddSingleton<CachedShards>();
        services.AddSingleton<IShardProfiler, ShardProfiler>();
        services.AddSingleton<ITrainingRowsFactory, TrainingRowsFactory>();
        return services;
    }

    private static void AddDataOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<DataOptions>, DataOptionsRules>();
        services.AddOptions<DataOptions>().Bind(configuration.GetSection(DataOptions.SectionName)).ValidateOnStart();
    }
}
