using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>What a command did to a sweep.</summary>
/// <param name="Sweep">As it was before.</param>
/// <param name="Action">The command, e.g. <c>stop</c>.</param>
/// <param name="State">State after it.</param>
/// <param name="IsChanged">False when all was so already.</param>
/// <param name="Trials">Trials that it cancelled, queued again or added.</param>
/// <param name="Rates">Learning rates that it added.</param>
/// <param name="Text">For people.</param>
internal sealed record ActionOutcome(
    SweepProgress Sweep, string Action, SweepState State, bool IsChanged, IReadOnlyList<int> Trials, IReadOnlyList<double> Rates, string Text);
