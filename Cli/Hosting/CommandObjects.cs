using CloudSweep.Cli.Results;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>The places for objects that a command itself reads and writes.</summary>
internal sealed class CommandObjects : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLocalObjects().AddGoogleCloudStorage(CommandSettings.Read()).BuildServiceProvider();

    public ObjectStores Stores => _services.GetRequiredService<ObjectStores>();

    /// <summary>Writes files to any of them.</summary>
    public OutputFolder Output => new(Stores);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
