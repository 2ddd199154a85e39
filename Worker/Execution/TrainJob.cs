using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Execution;

/// <summary>Trains all lanes of a plan on the calling thread until they end or the observer stops them.</summary>
/// <param name="plan">What to train.</param>
/// <param name="rows">On what.</param>
/// <param name="kernelPath">Kernel path that the sweep pinned.</param>
/// <param name="threads">Threads to use, ≥ 1.</param>
/// <param name="observer">Hears what happens.</param>
/// <param name="checkpoint">Where to resume; null = at the start.</param>
/// <param name="cancellationToken">Stops without a checkpoint.</param>
/// <exception cref="Core.Domain.MalformedDocumentException">The checkpoint can't be read.</exception>
internal delegate void TrainJob(
    TrainingPlan plan, ITrainingRows rows, string kernelPath, int threads, ITrainingObserver observer, Stream? checkpoint, CancellationToken cancellationToken);
