using System.Diagnostics;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Containers;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>The command <c>docker</c>, as a person gives it, with the engine that it finds.</summary>
internal static class Docker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Skips the test where there is no such command, no engine, or an image of ours is missing.</summary>
    /// <param name="images">Names without repository and tag.</param>
    public static async Task RequireAsync(IEnumerable<string> images)
    {
        if (RequiredTools.Find("docker") is null)
        {
            RequiredTools.Skip("There is no command 'docker': install Docker's, and start an engine.");
        }

        foreach (var image in images)
        {
            if (!(await TryAsync("image", "inspect", CloudSweepImage.Of(image))).Succeeded)
            {
                RequiredTools.Skip(CloudSweepImage.Missing);
            }
        }
    }

    /// <returns>What the command said on standard output, without spaces around.</returns>
    public static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var (succeeded, output, errors) = await TryAsync(arguments);
        Assert.True(succeeded, $"docker {string.Join(' ', arguments)}: {errors}");
        return output.Trim();
    }

    public static async Task<(bool Succeeded, string Output, string Errors)> TryAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (process.ExitCode == 0, await output, await errors);
    }

    /// <summary>Reads what a command writes while it writes it.</summary>
    public static async Task<T> ReadAsync<T>(Func<Stream, Task<T>> read, params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var result = await read(process.StandardOutput.BaseStream);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return result;
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("docker") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
