using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Spec;

namespace CloudSweep.Coordinator.Application;

/// <summary>Adds learning rates to a sweep as a further round of trials. Its file, data and trials stay as they are, and its answer covers all.</summary>
internal sealed class ExtendSweep(ISweepStore store, SweepExpansion expansion, SweepStages stages, SweepChanges changes)
{
    /// <summary>The sweep's state, and the trials that this call added; none when all rates were there.</summary>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="InvalidSweepException">The rates break rules.</exception>
    /// <exception cref="SweepFinishedException">It failed or was cancelled.</exception>
    public async Task<(SweepState State, IReadOnlyList<Trial> Added)> RunAsync(SweepId id, RateExtension extension, CancellationToken cancellationToken)
    {
        // Numbers go on after the file's last trial, so those must all be there.
        await expansion.CompleteAsync(id, cancellationToken);
        var extended = await store.WriteAsync(transaction => Extend(transaction, id, extension), cancellationToken);
        changes.Signal();
        return extended;
    }

    private (SweepState State, IReadOnlyList<Trial> Added) Extend(IStoreTransaction transaction, SweepId id, RateExtension extension)
    {
        var sweep = SweepReader.Find(transaction, id);
        if (sweep.State is SweepState.Failed or SweepState.Cancelled)
        {
            throw new SweepFinishedException($"Sweep {id} is {sweep.State}, so nothing can be added to it. {(sweep.State == SweepState.Failed ? "Retry it first." : "Submit its file with --fresh to start over.")}");
        }

        var spec = SweepDocuments.SpecOf(sweep);
        var present = transaction.ListTrials(id).Select(trial => new Trial(trial.Number, trial.Parameters)).ToArray();
        var grids = new RangeGrids(spec, present, RangeStage.DecisionsOf(sweep));
        if (RateExtensionRules.Check(spec, extension, grids.Of) is { Count: > 0 } violations)
        {
            throw new InvalidSweepException(violations);
        }

        var room = SweepSpecRules.MaxTrials - present.Length;

        // Rates times combinations can be billions, so no more are made than it takes to see that they are too many.
        var added = TrialRound.Add(spec, present, combination => extension.RatesOf(combination, grids.Of(combination))).Take(room + 1).ToArray();
        if (added.Length > room)
        {
            throw new InvalidSweepException([new SpecViolation("rates", string.Create(CultureInfo.InvariantCulture, $"Would make more than {SweepSpecRules.MaxTrials} trials, which is the most that a sweep can have; it has {present.Length}. Add fewer rates."))]);
        }

        return added.Length == 0 ? (sweep.State, []) : (stages.AddRound(transaction, sweep, added).State, added);
    }
}
