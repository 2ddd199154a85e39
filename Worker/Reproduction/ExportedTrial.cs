using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Reproduction;

/// <summary>A trial to export, and everything that decided its numbers.</summary>
/// <param name="Sweep">Its sweep.</param>
/// <param name="Trial">Number and settings.</param>
/// <param name="Data">How the data is read.</param>
/// <param name="Shards">Which data.</param>
/// <param name="Profile">What the sweep's profile pass learned of it.</param>
/// <param name="NumericsVersion">Version of the arithmetic that the sweep was trained with.</param>
public sealed record ExportedTrial(SweepId Sweep, Trial Trial, DataSpec Data, ShardTable Shards, DataProfile Profile, int NumericsVersion);
