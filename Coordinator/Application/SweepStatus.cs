using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Where a sweep stands.</summary>
/// <param name="Sweep">Its record.</param>
/// <param name="Trials">Trials by state.</param>
/// <param name="StepsDone">Optimizer steps done; a trial that ended early counts as done.</param>
/// <param name="StepsTotal">Optimizer steps of all trials; 0 before the rows are known.</param>
/// <param name="ShardsProfiled">Shards with a profile.</param>
/// <param name="Attempts">What its attempts read.</param>
/// <param name="DataRows">Rows of the data set; 0 before they are known.</param>
/// <param name="BadRows">Rows of the text that were left out and are none of <paramref name="DataRows"/>.</param>
/// <param name="Best">Best trial by score with its evaluation; null before the first.</param>
/// <param name="Ranges">What range tests found, without curves.</param>
/// <param name="WaitsForWorker">There is work, no Worker has any, of this sweep or another, and none has asked for it within the last minute.</param>
internal sealed record SweepStatus(
    SweepRecord Sweep,
    IReadOnlyDictionary<TrialState, int> Trials,
    long StepsDone,
    long StepsTotal,
    int ShardsProfiled,
    AttemptTotals Attempts,
    long DataRows,
    long BadRows,
    ScoredTrial? Best,
    IReadOnlyList<RangeReport> Ranges,
    bool WaitsForWorker);
