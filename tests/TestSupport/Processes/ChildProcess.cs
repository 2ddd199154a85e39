using System.Diagnostics;
using System.Globalization;

namespace CloudSweep.TestSupport.Processes;

/// <summary>A program in a process of its own.</summary>
public sealed class ChildProcess : IProgram
{
    private readonly Process _process;
    private readonly ProgramLog _log;

    private ChildProcess(Process process)
    {
        _process = process;
        _log = new ProgramLog(process.StandardOutput, process.StandardError);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Said => _log.ToString();

    /// <summary>Starts a program of this repository.</summary>
    /// <param name="assembly">Its file beside the tests, e.g. cloudsweep.dll.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="environment">Variables beside the test's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ChildProcess Start(string assembly, string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]) { WorkingDirectory = folder }, environment);

    /// <summary>Starts any program.</summary>
    public static ChildProcess Start(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    public Task<string> WaitForLineAsync(string text) => _log.WaitForLineAsync(text);

    /// <summary>Sends a signal, e.g. STOP, CONT, TERM.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _log.End;
    }

    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return (await WaitAsync()).ExitCode;
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _log.End;
        return (_process.ExitCode, _log.Output, _log.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // A frozen process is killed as well.
            await KillAsync();
        }

        await _log.End;
        _process.Dispose();
    }
}
