using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Finds the model of a trial and opens its weights.</summary>
internal sealed class ModelReader(ISweepStore store, CheckpointStore models)
{
    /// <param name="id">The sweep.</param>
    /// <param name="trial">0 = the winner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="ModelNotFoundException">The trial has no model.</exception>
    public async Task<(StoredModel Model, Stream Weights)> OpenAsync(SweepId id, int trial, CancellationToken cancellationToken)
    {
        var model = await store.ReadAsync(view => Find(view, id, trial), cancellationToken);
        return await models.OpenAsync(model.Weights.Name, cancellationToken) is { } weights
            ? (model, weights)
            : throw new ModelNotFoundException($"The weights of trial {model.Trial.Trial.Number} are gone from the checkpoint store; train the sweep again with --fresh.");
    }

    private static StoredModel Find(IStoreView view, SweepId id, int trial)
    {
        var sweep = SweepReader.Find(view, id);
        var number = trial != 0
            ? trial
            : Winner.Of(SweepReader.Answer(view, sweep)) ?? throw new ModelNotFoundException($"No trial of sweep {id} has a score yet, so it has no model.");
        if (view.FindTrial(id, number) is not { } record || TrialModels.Find(view, id, number) is not { } weights)
        {
            throw new ModelNotFoundException($"Trial {number} of sweep {id} has no model. Only the recommended and the best trial keep theirs, and only if it could be stored.");
        }

        var objective = SweepDocuments.SpecOf(sweep).Objective;
        return new StoredModel(sweep, ScoredTrial.Of(record, TrialMeasurements.Of(view, record), objective), weights);
    }
}
