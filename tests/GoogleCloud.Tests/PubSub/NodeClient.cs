using System.ComponentModel;
using System.Diagnostics;
using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>
/// Google's own Pub/Sub client for Node, installed by <c>npm ci</c> into a temporary folder at the first use.
/// Tests are skipped where node or npm are missing or packages can't be had (CLOUDSWEEP_REQUIRE_EMULATORS=1: fail).
/// </summary>
public sealed class NodeClient : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Lazy<TemporaryFolder> _folder = new(() => new TemporaryFolder());
    private readonly SemaphoreSlim _installing = new(1);
    private string? _problem;
    private bool _isInstalled;

    /// <summary>The folder with <c>node_modules</c> and the scripts of <c>npm/</c>.</summary>
    public async Task<string> RequireAsync()
    {
        await _installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_isInstalled)
            {
                _isInstalled = true;
                _problem = await InstallAsync();
            }
        }
        finally
        {
            _installing.Release();
        }

        if (_problem is not null)
        {
            RequiredTools.Skip(_problem);
        }

        return _folder.Value.Root;
    }

    /// <summary>Runs one of the scripts against an emulator and returns what it printed.</summary>
    public async Task<string> RunAsync(string emulatorHost, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync("node", arguments, await RequireAsync(), ("PUBSUB_EMULATOR_HOST", emulatorHost));
        Assert.True(exitCode == 0, errors);
        return output;
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }

        _installing.Dispose();
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private async Task<string?> InstallAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests", "GoogleCloud.Tests", "npm")))
        {
            File.Copy(file, Path.Combine(_folder.Value.Root, Path.GetFileName(file)));
        }

        try
        {
            var (exitCode, _, errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], _folder.Value.Root);
            return exitCode == 0 ? null : $"npm could not install @google-cloud/pubsub: {errors}";
        }
        catch (Win32Exception)
        {
            return "Node is missing: apt-get install nodejs npm.";
        }
    }
}
