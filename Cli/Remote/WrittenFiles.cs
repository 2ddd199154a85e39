using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>What was written of a sweep, and where.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Files">All of them: absolute paths, or gs:// names.</param>
/// <param name="Report">The HTML report.</param>
/// <param name="Model">The winner's model; null = none was written.</param>
internal sealed record WrittenFiles(SweepProgress Sweep, IReadOnlyList<string> Files, string Report, string? Model);
