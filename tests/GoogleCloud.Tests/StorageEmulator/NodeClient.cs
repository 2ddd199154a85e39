using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>Google's own Cloud Storage client for Node, installed once for all tests of a class.</summary>
public sealed class NodeClient : IDisposable
{
    private readonly NodePackage _package = new(Repository.PathOf("tests", "StorageEmulator", "fidelity"), "@google-cloud/storage");

    /// <summary>Runs check.mjs.</summary>
    /// <param name="url">The server.</param>
    /// <param name="mode">How the client is told of it.</param>
    /// <param name="emulatorHost">Value of STORAGE_EMULATOR_HOST; null leaves it unset.</param>
    public async Task<(int ExitCode, string Output)> CheckAsync(string url, string mode, string? emulatorHost)
    {
        var (exitCode, output, errors) = await _package.RunAsync(["check.mjs", url, mode], "STORAGE_EMULATOR_HOST", emulatorHost);
        return (exitCode, output + errors);
    }

    public void Dispose() => _package.Dispose();
}
