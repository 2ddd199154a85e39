using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Files;

/// <summary>Where shards are, by role: paths, <c>file://</c> or <c>gs://</c> patterns.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Validation">To validate on; null = training rows are held out.</param>
/// <param name="Test">Only scored at the end; null = none.</param>
internal sealed record DataPatterns(string Train, string? Validation, string? Test)
{
    public IEnumerable<string> All => new[] { Train, Validation, Test }.OfType<string>();

    /// <summary>The same with absolute patterns; relative ones start at <paramref name="folder"/>.</summary>
    public DataPatterns From(string folder) => new(Absolute(Train, folder)!, Absolute(Validation, folder), Absolute(Test, folder));

    private static string? Absolute(string? pattern, string folder) =>
        pattern is null || ObjectLocation.IsCloudStorage(pattern) || pattern.StartsWith("file://", StringComparison.Ordinal) ? pattern : Path.GetFullPath(pattern, folder);
}
