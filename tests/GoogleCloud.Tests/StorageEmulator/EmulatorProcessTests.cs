using System.Diagnostics;
using System.Net;
using CloudSweep.TestSupport;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>The server as a process of its own.</summary>
public sealed class EmulatorProcessTests
{
    [Fact]
    public async Task Start_WithDataAndToken_ServesFilesToHoldersAndEndsOnSigterm()
    {
        using var data = new TemporaryFolder();
        Directory.CreateDirectory(data["bucket/deep"]);
        await File.WriteAllTextAsync(data["bucket/deep/a.csv"], "text", TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "CloudSweep.StorageEmulator.dll"), "--urls", "http://127.0.0.1:0", "--data", data.Root, "--token", "secret"])
        {
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(line!["listening on ".Length..]) };

        using var refused = await client.GetAsync("storage/v1/b/bucket/o/deep%2Fa.csv?alt=media", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        var text = await client.GetStringAsync("storage/v1/b/bucket/o/deep%2Fa.csv?alt=media", TestContext.Current.CancellationToken);
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("text", text);
        Assert.Equal(0, process.ExitCode);
    }
}
