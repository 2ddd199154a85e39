using System.Diagnostics.CodeAnalysis;

namespace CloudSweep.TestSupport;

/// <summary>What a test needs of the machine beside .NET.</summary>
public static class RequiredTools
{
    /// <summary>Skips the test, or fails it where CLOUDSWEEP_REQUIRE_EMULATORS=1.</summary>
    /// <param name="missing">What is missing and how to get it.</param>
    [DoesNotReturn]
    public static void Skip(string missing)
    {
        Assert.False(Environment.GetEnvironmentVariable("CLOUDSWEEP_REQUIRE_EMULATORS") == "1", missing);
        Assert.Skip(missing);
    }

    /// <summary>Where a program is, its links resolved; null when PATH has none.</summary>
    public static string? Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        return path is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
    }
}
