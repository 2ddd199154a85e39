using System.Net;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>The server as a process of its own.</summary>
public sealed class EmulatorProcessTests
{
    [Fact]
    public async Task Start_WithDataBucketsAndToken_ServesFilesToHoldersAndEndsOnSigterm()
    {
        using var data = new TemporaryFolder();
        Directory.CreateDirectory(data["bucket/deep"]);
        await File.WriteAllTextAsync(data["bucket/deep/a.csv"], "text", TestContext.Current.CancellationToken);
        await using var process = ChildProcess.Start(
            "CloudSweep.StorageEmulator.dll", data.Root, new Dictionary<string, string>(), "--urls", "http://127.0.0.1:0", "--data", data.Root, "--bucket", "one", "--bucket", "two", "--token", "secret");
        var line = await process.WaitForLineAsync("listening on ");
        using var client = new HttpClient { BaseAddress = new Uri(line["listening on ".Length..]) };

        using var refused = await client.GetAsync("storage/v1/b/bucket/o/deep%2Fa.csv?alt=media", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        var text = await client.GetStringAsync("storage/v1/b/bucket/o/deep%2Fa.csv?alt=media", TestContext.Current.CancellationToken);
        using var made = await client.GetAsync("storage/v1/b/two/o", TestContext.Current.CancellationToken);
        using var notMade = await client.GetAsync("storage/v1/b/three/o", TestContext.Current.CancellationToken);
        await process.SignalAsync("TERM");
        var (exitCode, _, errors) = await process.WaitAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("text", text);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (made.StatusCode, notMade.StatusCode));
        Assert.True(exitCode == 0, errors);
    }

    [Fact]
    public async Task Health_WhileItRunsAndAfterwards_TellsByExitCode()
    {
        using var data = new TemporaryFolder();
        var none = new Dictionary<string, string>();
        await using var process = ChildProcess.Start("CloudSweep.StorageEmulator.dll", data.Root, none, "--urls", "http://127.0.0.1:0", "--token", "secret");
        var url = (await process.WaitForLineAsync("listening on "))["listening on ".Length..];

        await using var whileItRuns = ChildProcess.Start("CloudSweep.StorageEmulator.dll", data.Root, none, "health", "--urls", url.Replace("127.0.0.1", "*", StringComparison.Ordinal));
        var served = await whileItRuns.WaitAsync();
        await process.KillAsync();
        await using var afterwards = ChildProcess.Start("CloudSweep.StorageEmulator.dll", data.Root, none, "health", "--urls", url);
        var gone = await afterwards.WaitAsync();

        Assert.Equal((0, $"serving, says {url}/_emulator/health\n"), (served.ExitCode, served.Output));
        Assert.Equal(1, gone.ExitCode);
        Assert.StartsWith("no answer from ", gone.Errors, StringComparison.Ordinal);
    }
}
