namespace CloudSweep.Cli.Files;

/// <summary>Where a sweep's shards are, by role; absolute patterns.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Validation">To validate on; null = training rows are held out.</param>
/// <param name="Test">Only scored at the end; null = none.</param>
internal sealed record DataPatterns(string Train, string? Validation, string? Test)
{
    public IEnumerable<string> All => new[] { Train, Validation, Test }.OfType<string>();
}
