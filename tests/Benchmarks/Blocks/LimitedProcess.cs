using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>A run in a process whose memory, with the page cache it uses, a control group bounds, and the most memory of its own that it had.</summary>
/// <param name="Result">What it told.</param>
/// <param name="PeakAnonymousBytes">Largest RssAnon of /proc/PID/status, sampled every 20 ms.</param>
internal sealed record LimitedProcess(StreamedRunResult Result, long PeakAnonymousBytes)
{
    private const string Groups = "/sys/fs/cgroup/memory";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether this machine has control groups of the first version and lets us make one.</summary>
    public static bool CanLimit => Directory.Exists(Groups) && Environment.UserName == "root";

    /// <param name="limitBytes">What the group may use.</param>
    /// <param name="arguments">Arguments of this program.</param>
    public static async Task<LimitedProcess> RunAsync(long limitBytes, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var group = Path.Combine(Groups, $"cloudsweep-{Guid.NewGuid():N}");
        Directory.CreateDirectory(group);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(group, "memory.limit_in_bytes"), limitBytes.ToString(CultureInfo.InvariantCulture), cancellationToken);

            // The shell joins the group before the runtime starts, so that the runtime sees the limit.
            string[] command = ["-c", "echo $$ > \"$0\" && exec dotnet \"$@\"", Path.Combine(group, "cgroup.procs"), Path.Combine(AppContext.BaseDirectory, "CloudSweep.Benchmarks.dll"), .. arguments];
            using var process = Process.Start(new ProcessStartInfo("sh", command) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var peak = await PeakAsync(process, cancellationToken);
            var text = await output;
            return process.ExitCode == 0
                ? new LimitedProcess(JsonSerializer.Deserialize<StreamedRunResult>(text)!, peak)
                : throw new InvalidOperationException($"The run ended with {process.ExitCode} under a limit of {limitBytes} bytes: {text}");
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    private static async Task<long> PeakAsync(Process process, CancellationToken cancellationToken)
    {
        var peak = 0L;
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        var ending = process.WaitForExitAsync(cancellationToken);
        while (!ending.IsCompleted)
        {
            peak = Math.Max(peak, AnonymousBytes(process.Id));
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await ending;
        return peak;
    }

    // 0 = it has just ended.
    private static long AnonymousBytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["RssAnon:".Length..^" kB".Length], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
