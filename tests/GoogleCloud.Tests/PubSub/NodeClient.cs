using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Google's own Pub/Sub client for Node, installed once for all tests.</summary>
public sealed class NodeClient : IDisposable
{
    private readonly NodePackage _package = new(Repository.PathOf("tests", "GoogleCloud.Tests", "npm"), "@google-cloud/pubsub");

    /// <inheritdoc cref="NodePackage.RequireAsync"/>
    public Task<string> RequireAsync() => _package.RequireAsync();

    /// <summary>Runs one of the scripts against an emulator and returns what it printed.</summary>
    public async Task<string> RunAsync(string emulatorHost, params string[] arguments)
    {
        var (exitCode, output, errors) = await _package.RunAsync(arguments, "PUBSUB_EMULATOR_HOST", emulatorHost);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    public void Dispose() => _package.Dispose();
}
