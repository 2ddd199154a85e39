using System.Diagnostics;
using System.Globalization;

namespace CloudSweep.TestSupport.Processes;

/// <summary>A program of this repository in a process of its own. Disposing it kills it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly LineLog _output = new();
    private readonly LineLog _errors = new();
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(_output.ReadAsync(process.StandardOutput), _errors.ReadAsync(process.StandardError));
    }

    public bool HasExited => _process.HasExited;

    /// <summary>All that it said so far.</summary>
    public string Said => $"{_output}{_errors}";

    /// <param name="assembly">File of a program beside the tests, e.g. cloudsweep.dll.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="environment">Variables beside the test's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ChildProcess Start(string assembly, string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The first line that contains <paramref name="text"/>, on either stream, once it was said.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        var (output, errors) = (_output.FindAsync(text), _errors.FindAsync(text));

        // Its end is that of its output: a line may be read after the process is gone.
        Task waiting = Task.WhenAny(output, errors, _reading);
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return !output.IsCompleted && !errors.IsCompleted
            ? throw new InvalidOperationException($"The process {(waiting.IsCompleted ? "ended" : $"went on for {Patience.TotalSeconds} s")} without saying '{text}':\n{Said}")
            : await await Task.WhenAny(output, errors);
    }

    /// <summary>Sends a signal, e.g. STOP, CONT, TERM.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it without giving it time for anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return (_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // A stopped process is killed as well.
            await KillAsync();
        }

        await _reading;
        _process.Dispose();
    }
}
