namespace CloudSweep.Cli.Reproduction;

/// <summary>What <c>--export-trial</c> was asked for.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Folder">Where it goes: a folder, or <c>gs://bucket/prefix</c>.</param>
/// <param name="Steps">First steps to export, ≥ 1.</param>
internal sealed record ExportRequest(int Trial, string Folder, int Steps);
