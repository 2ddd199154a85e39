namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker that asks for a job can do.</summary>
/// <param name="RequestId">Repeating it returns the same grant while that is held.</param>
/// <param name="Worker">Name of the Worker.</param>
/// <param name="NumericsVersion">Version of its numerics.</param>
/// <param name="KernelPaths">Kernel paths that it can run, preferred first.</param>
internal sealed record WorkerOffer(string RequestId, string Worker, int NumericsVersion, IReadOnlyList<string> KernelPaths);
