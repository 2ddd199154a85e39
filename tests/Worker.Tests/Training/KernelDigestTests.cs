using System.Diagnostics;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Promise: no kernel path and no missing instruction changes a bit. Paths that this machine lacks are reported as skipped.</summary>
public sealed class KernelDigestTests
{
    private const string FileVariable = "CLOUDSWEEP_KERNEL_DIGEST_FILE";

    public static TheoryData<string> AllPaths() => [.. Enum.GetValues<KernelPath>().Select(KernelPaths.Name)];

    [Theory]
    [MemberData(nameof(AllPaths))]
    public void Train_EveryPathOfThisMachine_GivesTheDigestOfThePortableOne(string name)
    {
        var path = KernelPaths.Parse(name)!.Value;
        Assert.SkipUnless(KernelPaths.Supported().Contains(path), $"This machine has no {name}.");

        Assert.Equal(KernelDigest.Of(KernelPath.Portable), KernelDigest.Of(path));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512 DOTNET_EnableAVX512F", "avx512")]
    [InlineData("DOTNET_EnableAVX2", "avx512 avx2")]
    [InlineData("DOTNET_EnableHWIntrinsic", "avx512 avx2")]
    public async Task Train_ProcessWithoutSomeInstructions_GivesTheSameDigests(string switchedOff, string absentPaths)
    {
        var lines = await RunChildAsync(switchedOff.Split(' '));

        Assert.Equal(KernelDigest.OfSupportedPaths().Where(line => !absentPaths.Split(' ').Contains(line.Split(' ')[0])), lines);
    }

    /// <summary>What the child process of the test above runs.</summary>
    [Fact(Explicit = true)]
    public void Child_Run_WritesItsDigests()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
        {
            File.WriteAllLines(file, KernelDigest.OfSupportedPaths());
        }
    }

    private static async Task<string[]> RunChildAsync(string[] switchedOff)
    {
        var file = Path.Combine(Path.GetTempPath(), $"cloudsweep-digest-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KernelDigestTests).Assembly.Location);
        }

        foreach (var argument in new[] { "-explicit", "only", "-method", $"{typeof(KernelDigestTests).FullName}.{nameof(Child_Run_WritesItsDigests)}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[FileVariable] = file;
        foreach (var variable in switchedOff)
        {
            start.Environment[variable] = "0";
        }

        try
        {
            using var child = Process.Start(start)!;
            var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0 && File.Exists(file), output + await errors);
            return await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
