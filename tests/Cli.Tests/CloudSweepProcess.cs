using System.Diagnostics;

namespace CloudSweep.Cli.Tests;

/// <summary>The command as people start it: a process of its own.</summary>
internal sealed class CloudSweepProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly List<string> _errors = [];

    private CloudSweepProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public static CloudSweepProcess Start(string folder, params IEnumerable<string> arguments) => Start(folder, new Dictionary<string, string>(), arguments);

    /// <param name="folder">Where the command is given.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">The command.</param>
    public static CloudSweepProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cloudsweep.dll"));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new CloudSweepProcess(Process.Start(start)!);
    }

    public static Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments) => RunAsync(folder, new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="Start(string, IReadOnlyDictionary{string, string}, IEnumerable{string})"/>
    public static async Task<CommandResult> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, environment, arguments);
        return await process.WaitAsync();
    }

    /// <summary>Reads standard error until a line starts with <paramref name="text"/>.</summary>
    public async Task WaitForErrorLineAsync(string text)
    {
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _errors.Add(line);
            if (line.StartsWith(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The process ended without saying '{text}':\n{string.Join('\n', _errors)}");
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<CommandResult> WaitAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(_process.ExitCode, await _output, string.Concat(_errors.Select(line => line + '\n')) + errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
