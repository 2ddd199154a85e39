using System.Globalization;
using CloudSweep.Cli.Output;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Cli.Running;

/// <summary>Finds or makes the sweep of a file and its data, and says which of both happened and what else is unfinished beside it.</summary>
internal sealed class SweepSubmission(Sweeps.SweepsClient sweeps, ProgressView view)
{
    private const int NamedOthers = 5;

    public async Task<SubmittedRun> SubmitAsync(SweepSpec spec, ShardTable shards, bool isFresh, CancellationToken cancellationToken)
    {
        var request = SubmitRequest.Of(spec, shards, isFresh);
        var submitted = await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken);
        var run = submitted.Existed ? await GoOnAsync(submitted.Sweep, request, cancellationToken) : Begin(submitted);
        await SayOthersAsync(run.Id, cancellationToken);
        return run;
    }

    private SubmittedRun Begin(SubmitSweepResponse submitted)
    {
        foreach (var cancelled in submitted.Cancelled)
        {
            view.Say($"Cancelled {cancelled}, which was unfinished.");
        }

        view.Say(submitted.DataChange is { } change
            ? $"The data changed since {change.Since} ({change.Difference}), so this is a new sweep: started {submitted.Sweep}."
            : $"Started {submitted.Sweep}.");
        return new SubmittedRun(submitted.Sweep, IsFinished: false);
    }

    private async Task<SubmittedRun> GoOnAsync(string sweep, SubmitSweepRequest request, CancellationToken cancellationToken)
    {
        var progress = (await sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken)).Progress;
        switch (progress.State)
        {
            case SweepState.Failed or SweepState.Cancelled:
                view.Say($"{sweep} ended {progress.State}; starting over.");
                request.Fresh = true;
                return new SubmittedRun((await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken)).Sweep, IsFinished: false);
            case SweepState.Completed:
                view.Say($"{sweep} was finished before; this is its result. --fresh starts over.");
                return new SubmittedRun(sweep, IsFinished: true);
            case SweepState.Paused:
                await sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
                break;
        }

        view.Say($"Going on with {sweep}. --fresh starts over.");
        return new SubmittedRun(sweep, IsFinished: false);
    }

    private async Task SayOthersAsync(string sweep, CancellationToken cancellationToken)
    {
        var listed = await sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: cancellationToken);
        var others = listed.Sweeps
            .Where(other => other.Sweep != sweep && other.State is SweepState.Preparing or SweepState.Running or SweepState.Paused)
            .Select(other => other.Sweep)
            .ToArray();
        if (others.Length > 0)
        {
            var more = others.Length > NamedOthers ? string.Create(CultureInfo.InvariantCulture, $" and {others.Length - NamedOthers} more") : "";
            view.Say($"Unfinished here, and waiting: {string.Join(", ", others.Take(NamedOthers))}{more}. Run its sweep file to go on with one; with --fresh to drop it.");
        }
    }
}
