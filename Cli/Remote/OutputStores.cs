using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Remote;

/// <summary>The places that a command may write files to.</summary>
internal sealed class OutputStores : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLocalObjects().AddGoogleCloudStorage(CommandSettings.Read()).BuildServiceProvider();

    public OutputFolder Folder => new(_services.GetRequiredService<ObjectStores>());

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
