using CloudSweep.TestSupport;
using CloudSweep.Worker.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Data;

public sealed class DataRegistrationTests
{
    [Fact]
    public void AddWorkerData_ValidSettings_BuildsTheDataPath()
    {
        using var folder = new TemporaryFolder();
        using var services = Services(("Data:CacheDirectory", folder["blocks"]), ("Data:AllowedRoots:0", "/data"));

        Assert.NotNull(services.GetRequiredService<IShardProfiler>());
        Assert.NotNull(services.GetRequiredService<ITrainingRowsFactory>());
    }

    [Fact]
    public void AddWorkerData_BadSettings_NamesEachOne()
    {
        using var services = Services(("Data:CacheSizeLimitBytes", "5"), ("Data:AllowedRoots:0", "data"), ("Data:MemoryBudgetBytes", "1000"), ("Data:ReadThreads", "0"));

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<DataOptions>>().Value);

        Assert.Equal(5, exception.Failures.Count());
        Assert.Contains("Data:MemoryBudgetBytes (1000) must be 67108864 to 1099511627776.", exception.Failures);
        Assert.Contains("Data:ReadThreads (0) must be 1 to 64.", exception.Failures);
        Assert.Contains("Data:AllowedRoots has 'data'; every root must be an absolute folder.", exception.Failures);
    }

    [Fact]
    public void AddWorkerData_CacheThatCantBeWritten_IsToldAtTheStart()
    {
        using var services = Services(("Data:CacheDirectory", "/proc/version/cache"));

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<DataOptions>>().Value);

        Assert.StartsWith("Data:CacheDirectory ('/proc/version/cache') can't be written: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddWorkerData(configuration).BuildServiceProvider(validateScopes: true);
    }
}
