using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>The places for objects that a command itself reads and writes. Settings: <c>CloudSweep__CloudStorage__…</c>.</summary>
internal sealed class CommandObjects : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalObjects()
        .AddGoogleCloudStorage(new ConfigurationBuilder().AddEnvironmentVariables("CloudSweep__").Build())
        .BuildServiceProvider();

    public ObjectStores Stores => _services.GetRequiredService<ObjectStores>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
