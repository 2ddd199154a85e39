using System.Diagnostics;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>A server in a process of its own, which ends with this object.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>What it says that it listens on.</summary>
    public string Address { get; }

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="assembly">Its dll, beside this one.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, params IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(Listening, StringComparison.Ordinal) == true)
        {
            return new ServerProcess(process, line[Listening.Length..]);
        }

        process.Kill();
        process.Dispose();
        throw new InvalidOperationException($"{assembly} did not start: its first line is '{line}' and not '{Listening}…'.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
