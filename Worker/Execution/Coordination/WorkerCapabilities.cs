namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>What this Worker can run.</summary>
/// <param name="Worker">Stable for the life of the process, 1 to 128 characters.</param>
/// <param name="NumericsVersion">Version of the numerics.</param>
/// <param name="KernelPaths">Kernel paths of this machine, preferred first.</param>
/// <param name="Slots">Jobs at once, ≥ 1.</param>
/// <param name="Sweep">The one sweep that it works for; empty = any.</param>
/// <param name="Checkpoints">Where it keeps checkpoints and models, for the Coordinator to compare; empty = not told.</param>
internal sealed record WorkerCapabilities(string Worker, int NumericsVersion, IReadOnlyList<string> KernelPaths, int Slots, string Sweep = "", string Checkpoints = "");
