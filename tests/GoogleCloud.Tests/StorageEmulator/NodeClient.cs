using System.ComponentModel;
using System.Diagnostics;
using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>Google's Cloud Storage client for Node, installed once for all tests in a folder that goes away.</summary>
public sealed class NodeClient : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Why it can't be used; null when it can.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        foreach (var file in (string[])["package.json", "package-lock.json", "check.mjs"])
        {
            File.Copy(Repository.PathOf("tests", "StorageEmulator", "fidelity", file), _folder[file]);
        }

        try
        {
            var (exitCode, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], emulatorHost: null);
            Missing = exitCode == 0 ? null : $"npm can't install @google-cloud/storage: {output}";
        }
        catch (Win32Exception)
        {
            Missing = "node and npm are missing: apt-get install nodejs npm";
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs check.mjs. Skips the test where the client is missing, unless CLOUDSWEEP_REQUIRE_EMULATORS=1.</summary>
    /// <param name="url">The server.</param>
    /// <param name="mode">How the client is told of it.</param>
    /// <param name="emulatorHost">Value of STORAGE_EMULATOR_HOST; null leaves it unset.</param>
    public Task<(int ExitCode, string Output)> CheckAsync(string url, string mode, string? emulatorHost)
    {
        if (Missing is not null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CLOUDSWEEP_REQUIRE_EMULATORS") == "1", Missing);
            Assert.Skip(Missing);
        }

        return RunAsync("node", ["check.mjs", url, mode], emulatorHost);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, string? emulatorHost)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STORAGE_EMULATOR_HOST"] = emulatorHost;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
