using System.ComponentModel;
using System.Diagnostics;

namespace CloudSweep.TestSupport;

/// <summary>PyTorch on this machine, which the reproduction tests run examples/torch with.</summary>
public static class Torch
{
    private static readonly Lazy<string?> Python = new(() => ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(HasTorch));

    /// <summary>Runs examples/torch/reproduce.py. Skips the test where PyTorch is missing, unless CLOUDSWEEP_REQUIRE_TORCH=1.</summary>
    /// <param name="arguments">Of the script.</param>
    public static async Task<(int ExitCode, string Output)> ReproduceAsync(params IEnumerable<string> arguments)
    {
        const string Missing = "PyTorch is missing: apt-get install python3-torch";
        if (Python.Value is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CLOUDSWEEP_REQUIRE_TORCH") == "1", Missing);
            Assert.Skip(Missing);
        }

        using var process = Start(Python.Value, [Repository.PathOf("examples", "torch", "reproduce.py"), .. arguments]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using var process = Start(python, ["-c", "import torch, numpy"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string python, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
