using System.ComponentModel;
using System.Diagnostics;
using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests;

/// <summary>
/// A client of Google's own for Node, installed by <c>npm ci</c> into a temporary folder at the first use.
/// Tests are skipped where node or npm are missing or packages can't be had (CLOUDSWEEP_REQUIRE_EMULATORS=1: fail).
/// </summary>
/// <param name="source">Folder of package.json, its lock file and the scripts.</param>
/// <param name="client">The client's name.</param>
internal sealed class NodePackage(string source, string client) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Lazy<TemporaryFolder> _folder = new(() => new TemporaryFolder());
    private readonly SemaphoreSlim _installing = new(1);
    private string? _problem;
    private bool _isInstalled;

    /// <summary>The folder with <c>node_modules</c> and the scripts.</summary>
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

    /// <summary>Runs one of the scripts.</summary>
    /// <param name="arguments">The script and its arguments.</param>
    /// <param name="variable">Variable that names the emulator.</param>
    /// <param name="emulatorHost">Its value; null leaves it unset.</param>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(IEnumerable<string> arguments, string variable, string? emulatorHost)
    {
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = await RequireAsync() };
        start.Environment[variable] = emulatorHost;
        return await RunAsync(start);
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }

        _installing.Dispose();
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
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
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(_folder.Value.Root, Path.GetFileName(file)));
        }

        try
        {
            var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = _folder.Value.Root };
            var (exitCode, _, errors) = await RunAsync(start);
            return exitCode == 0 ? null : $"npm could not install {client}: {errors}";
        }
        catch (Win32Exception)
        {
            return "Node is missing: apt-get install nodejs npm.";
        }
    }
}
