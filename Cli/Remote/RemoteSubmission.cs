using CloudSweep.Cli.Running;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Cli.Remote;

/// <summary>Finds or makes the sweep of a file and its data. One that failed or was cancelled is started over; a paused one stays paused.</summary>
internal sealed class RemoteSubmission(Sweeps.SweepsClient sweeps)
{
    public async Task<(SubmitSweepResponse Submitted, SweepProgress Progress)> SubmitAsync(SweepSpec spec, ShardTable shards, bool isFresh, CancellationToken cancellationToken)
    {
        var request = SubmitRequest.Of(spec, shards, isFresh);
        var submitted = await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken);
        var progress = await ProgressAsync(submitted.Sweep, cancellationToken);
        if (!submitted.Existed || progress.State is not (SweepState.Failed or SweepState.Cancelled))
        {
            return (submitted, progress);
        }

        request.Fresh = true;
        submitted = await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken);
        return (submitted, await ProgressAsync(submitted.Sweep, cancellationToken));
    }

    /// <summary>What happened, for people.</summary>
    public static IEnumerable<string> Text(SubmitSweepResponse submitted, SweepProgress progress)
    {
        foreach (var cancelled in submitted.Cancelled)
        {
            yield return $"Cancelled {cancelled}, which was unfinished.";
        }

        yield return (submitted, progress.State) switch
        {
            ({ DataChange: { } change }, _) => $"The data changed since {change.Since} ({change.Difference}), so this is a new sweep.",
            ({ Existed: false }, _) => "Started.",
            (_, SweepState.Completed) => "It was finished before; --fresh starts over.",
            (_, SweepState.Paused) => $"It is there and paused: {progress.Reason.TrimEnd('.')}. 'cloudsweep resume {submitted.Sweep}' lets it go on.",
            _ => "It is there and goes on; --fresh starts over.",
        };
    }

    private async Task<SweepProgress> ProgressAsync(string sweep, CancellationToken cancellationToken) =>
        (await sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken)).Progress;
}
