using System.Buffers.Binary;
using System.Text.Json;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>What a sweep left, and what the same sweep leaves when one process runs it on local files.</summary>
internal static class ResultFiles
{
    /// <summary>Runs a sweep file on this machine. Returns the folder of its results.</summary>
    public static async Task<string> OfLocalRunAsync(TemporaryFolder folder, string sweepFile)
    {
        await File.WriteAllTextAsync(folder["local.yaml"], sweepFile, TestContext.Current.CancellationToken);
        await using var run = ChildProcess.Start("cloudsweep.dll", folder.Root, new Dictionary<string, string>(), "run", "local.yaml", "--state", "local", "--output", "json");
        var (exitCode, output, errors) = await run.WaitAsync();
        Assert.True(exitCode == 0, errors);
        return Path.GetDirectoryName(JsonDocument.Parse(output).RootElement.GetProperty("report").GetString())!;
    }

    /// <summary>Every number of every trial, every measurement and every weight of the winner is the same, bit by bit.</summary>
    public static void AssertSame(string expected, string actual)
    {
        foreach (var name in (string[])["results.csv", "measurements.csv"])
        {
            Assert.Equal(File.ReadAllText(Path.Combine(expected, name)), File.ReadAllText(Path.Combine(actual, name)));
        }

        Assert.Equal(Weights(expected), Weights(actual));
    }

    /// <summary>What follows the header of the winner's model; the header names the sweep.</summary>
    private static byte[] Weights(string folder)
    {
        var file = File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
        return file[(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..];
    }
}
