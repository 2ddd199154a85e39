using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker that asks for a job can do.</summary>
/// <param name="RequestId">Repeating it returns the same grant while that is held.</param>
/// <param name="Worker">Name of the Worker.</param>
/// <param name="NumericsVersion">Version of its numerics.</param>
/// <param name="KernelPaths">Kernel paths that it can run, preferred first.</param>
/// <param name="Sweep">The one sweep that it works for; null = any.</param>
/// <param name="Checkpoints">Where it keeps checkpoints and models; empty = not told.</param>
internal sealed record WorkerOffer(string RequestId, string Worker, int NumericsVersion, IReadOnlyList<string> KernelPaths, SweepId? Sweep = null, string Checkpoints = "");
