using System.Globalization;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>What people do to a sweep. Each may be repeated and says whether it changed anything.</summary>
internal sealed class SweepActions(Sweeps.SweepsClient sweeps)
{
    public async Task<ActionOutcome> StopAsync(SweepProgress sweep, CancellationToken cancellationToken)
    {
        var stopped = await sweeps.StopSweepAsync(new StopSweepRequest { Sweep = sweep.Sweep }, cancellationToken: cancellationToken);
        var isChanged = stopped.Cancelled.Count > 0 || stopped.State != sweep.State;
        var rest = stopped.State switch
        {
            SweepState.Completed => "it is complete",
            SweepState.Paused => "those that are under way finish once it is resumed",
            _ => "those that are under way finish",
        };
        return Outcome(sweep, "stop", stopped.State, isChanged, stopped.Cancelled, [], isChanged
            ? $"stopped. {Trials(stopped.Cancelled.Count)} that had not begun {(stopped.Cancelled.Count == 1 ? "was" : "were")} cancelled; {rest}."
            : $"nothing to stop: it is {stopped.State} and no trial waits.");
    }

    public async Task<ActionOutcome> PauseAsync(SweepProgress sweep, string reason, CancellationToken cancellationToken)
    {
        var paused = await sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep.Sweep, Reason = reason }, cancellationToken: cancellationToken);
        return Outcome(sweep, "pause", paused.State, sweep.State != SweepState.Paused, [], [], sweep.State == SweepState.Paused
            ? $"was paused already: {sweep.Reason}"
            : $"paused; Workers save what they have and give it back. 'cloudsweep resume {sweep.Sweep}' lets it go on.");
    }

    public async Task<ActionOutcome> ResumeAsync(SweepProgress sweep, CancellationToken cancellationToken)
    {
        var resumed = await sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep.Sweep }, cancellationToken: cancellationToken);
        return Outcome(sweep, "resume", resumed.State, sweep.State == SweepState.Paused, [], [], sweep.State == SweepState.Paused
            ? $"goes on: {resumed.State}."
            : $"was not paused: {resumed.State}.");
    }

    public async Task<ActionOutcome> CancelAsync(SweepProgress sweep, string reason, CancellationToken cancellationToken)
    {
        var cancelled = await sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep.Sweep, Reason = reason }, cancellationToken: cancellationToken);
        return Outcome(sweep, "cancel", cancelled.State, sweep.State != SweepState.Cancelled, [], [], sweep.State == SweepState.Cancelled
            ? "was cancelled already."
            : "cancelled. What had finished is kept.");
    }

    /// <param name="trials">Trials to try again; none = all that failed.</param>
    public async Task<ActionOutcome> RetryAsync(SweepProgress sweep, IReadOnlyList<int> trials, CancellationToken cancellationToken)
    {
        var retried = await sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep.Sweep, Trials = { trials } }, cancellationToken: cancellationToken);
        return Outcome(sweep, "retry", retried.State, retried.Retried.Count > 0, retried.Retried, [], retried.Retried.Count == 0
            ? $"nothing to retry: {(trials.Count == 0 ? "no trial failed" : "none of these trials failed")}."
            : $"{Trials(retried.Retried.Count)} {(retried.Retried.Count == 1 ? "is" : "are")} tried again: {retried.State}.");
    }

    public async Task<ActionOutcome> ExtendAsync(ExtendSweepRequest request, SweepProgress sweep, CancellationToken cancellationToken)
    {
        request.Sweep = sweep.Sweep;
        var extended = await sweeps.ExtendSweepAsync(request, cancellationToken: cancellationToken);
        return Outcome(sweep, "extend", extended.State, extended.Trials.Count > 0, extended.Trials, extended.Rates, extended.Trials.Count == 0
            ? "nothing to add: it has these learning rates."
            : $"{Trials(extended.Trials.Count)} added at {extended.Rates.Count} learning rate{(extended.Rates.Count == 1 ? "" : "s")}: {string.Join(", ", extended.Rates.Select(Results.Label.Rate))}; {extended.State}.");
    }

    private static ActionOutcome Outcome(SweepProgress sweep, string action, SweepState state, bool isChanged, IReadOnlyList<int> trials, IReadOnlyList<double> rates, string text) =>
        new(sweep, action, state, isChanged, trials, rates, $"{sweep.Sweep}: {text}");

    private static string Trials(int count) => count == 1 ? "1 trial" : string.Create(CultureInfo.InvariantCulture, $"{count} trials");
}
