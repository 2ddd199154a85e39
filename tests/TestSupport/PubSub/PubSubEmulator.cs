using System.Diagnostics;

namespace CloudSweep.TestSupport.PubSub;

/// <summary>
/// Google's Pub/Sub emulator: the one that PUBSUB_EMULATOR_HOST names, else a process of its own on a free port of this machine, started at the first use.
/// One serves all tests of an assembly, each with a topic of its own. Without an emulator tests are skipped (CLOUDSWEEP_REQUIRE_EMULATORS=1: fail).
/// </summary>
public sealed class PubSubEmulator : IAsyncDisposable
{
    private const string Missing =
        "The Pub/Sub emulator is missing: install Java 17 and the Google Cloud SDK with its component (apt-get install google-cloud-cli-pubsub-emulator, "
        + "or gcloud components install pubsub-emulator), or set PUBSUB_EMULATOR_HOST.";

    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string? _existing;
    private int _port;
    private Process? _process;

    public PubSubEmulator()
        : this(Environment.GetEnvironmentVariable("PUBSUB_EMULATOR_HOST"))
    {
    }

    private PubSubEmulator(string? existing) => _existing = string.IsNullOrWhiteSpace(existing) ? null : existing;

    /// <summary>A process of its own whatever PUBSUB_EMULATOR_HOST says, for tests that restart it.</summary>
    public static PubSubEmulator Own() => new(existing: null);

    /// <summary>Its <c>host:port</c>, ready to be called. Skips the test where there is none.</summary>
    public async Task<string> RequireAsync()
    {
        if (_existing is not null)
        {
            return _existing;
        }

        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_process is null)
            {
                _port = FreePort.Next();
                await StartAsync();
            }

            return Address;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Kills the process. Topics, subscriptions and messages are gone.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    /// <summary>Kills the process and starts an empty one on the same port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _starting.Dispose();
    }

    private string Address => $"127.0.0.1:{_port}";

    private static string? FindJar()
    {
        if (RequiredTools.Find("gcloud") is not { } gcloud)
        {
            return null;
        }

        var folder = Path.Combine(Path.GetDirectoryName(gcloud)!, "..", "platform", "pubsub-emulator", "lib");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "cloud-pubsub-emulator-*-all.jar").Order(StringComparer.Ordinal).LastOrDefault() : null;
    }

    private async Task StartAsync()
    {
        var jar = FindJar();
        if (jar is null || RequiredTools.Find("java") is not { } java)
        {
            RequiredTools.Skip(Missing);
        }
        else
        {
            var start = new ProcessStartInfo(java, ["-Xmx256m", "-jar", jar, "--host=127.0.0.1", $"--port={_port}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            _process = Process.Start(start)!;

            // Nobody reads its log, but a full pipe would stop it.
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            await WaitUntilReadyAsync(_process);
        }
    }

    private async Task WaitUntilReadyAsync(Process process)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Address}") };
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(http))
        {
            Assert.False(process.HasExited, $"The Pub/Sub emulator ended while it started, with exit code {(process.HasExited ? process.ExitCode : 0)}.");
            Assert.True(watch.Elapsed < TimeToStart, $"The Pub/Sub emulator did not answer within {TimeToStart.TotalSeconds} s.");
            await Task.Delay(Poll, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
