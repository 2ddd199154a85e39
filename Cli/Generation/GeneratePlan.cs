namespace CloudSweep.Cli.Generation;

/// <summary>A command line in which no mistake was found.</summary>
internal sealed record GeneratePlan(string Folder, DatasetSettings Dataset, ShardCut Cut);
