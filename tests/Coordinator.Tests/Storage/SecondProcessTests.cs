using System.Diagnostics;

namespace CloudSweep.Coordinator.Tests.Storage;

public sealed class SecondProcessTests : IDisposable
{
    private readonly StateFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FolderInUse_FailsAndSaysWhy()
    {
        await using var store = _folder.Open();
        using var process = Start();

        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(None), process.StandardError.ReadToEndAsync(None))
            .WaitAsync(TimeSpan.FromSeconds(60), None);
        await process.WaitForExitAsync(None);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains($"The state folder {_folder.Path} is in use by another CloudSweep process", string.Concat(output), StringComparison.Ordinal);
        Assert.True(await store.WriteAsync(_ => true, None));
    }

    private Process Start() => Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
    {
        ArgumentList =
        {
            typeof(Coordinator.Storage.SqliteSweepStore).Assembly.Location,
            $"--Storage:Directory={_folder.Path}",
            $"--Checkpoints:Location={_folder.Path}/checkpoints",
            $"--Listen=unix:{_folder.Path}.sock",
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
