using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>One sweep from its submission to its end, watched by one person.</summary>
/// <param name="Trials">Trials of the sweep.</param>
/// <param name="Submission">Until the submission was answered.</param>
/// <param name="Preparation">From there until its training jobs are stored.</param>
/// <param name="Work">From there until the last caller heard that there is nothing more to do; the sweep is complete then.</param>
/// <param name="Processor">Processor time of the Coordinator during <paramref name="Work"/>.</param>
/// <param name="ClientProcessor">Processor time of the callers during <paramref name="Work"/>.</param>
/// <param name="Stories">Times that the watcher was told something.</param>
/// <param name="LongestWait">Longest time that a call to the store's writer took before <paramref name="Work"/>.</param>
/// <param name="Sweep">Its id.</param>
internal sealed record NoopRun(
    int Trials, TimeSpan Submission, TimeSpan Preparation, TimeSpan Work, TimeSpan Processor, TimeSpan ClientProcessor, int Stories, TimeSpan LongestWait, string Sweep)
{
    public double TrialsPerSecond => Trials / Work.TotalSeconds;

    /// <summary>Processor time of the Coordinator for one trial, in µs.</summary>
    public double ProcessorPerTrial => Processor.TotalMicroseconds / Trials;

    public static async Task<NoopRun> RunAsync(CoordinatorProcess coordinator, int trials, CancellationToken cancellationToken)
    {
        using var channel = coordinator.SubmitterChannel();
        var sweeps = new Sweeps.SweepsClient(channel);
        using var fleet = new NoopFleet(coordinator);
        await UntilServingAsync(sweeps, cancellationToken);

        using var preparing = new CancellationTokenSource();
        var pings = PingAsync(fleet, preparing.Token);
        var started = TimeProvider.System.GetTimestamp();
        var sweep = (await sweeps.SubmitSweepAsync(NoopSweep.Submission(trials), cancellationToken: cancellationToken)).Sweep;
        var submission = TimeProvider.System.GetElapsedTime(started);
        var watching = WatchAsync(sweeps, sweep, cancellationToken);
        await fleet.ProfileAsync(cancellationToken);
        var preparation = TimeProvider.System.GetElapsedTime(started) - submission;
        await preparing.CancelAsync();
        var longest = await pings;

        var (processor, own) = (coordinator.ProcessorTime, Environment.CpuUsage.TotalTime);
        started = TimeProvider.System.GetTimestamp();
        await fleet.RunAsync(cancellationToken);
        var work = TimeProvider.System.GetElapsedTime(started);
        (processor, own) = (coordinator.ProcessorTime - processor, Environment.CpuUsage.TotalTime - own);
        var (stories, last) = await watching;
        if (last.State != SweepState.Completed || last.Trials.Completed != trials || fleet.Ended != trials)
        {
            throw new InvalidOperationException($"The sweep is {last.State} with {last.Trials.Completed} completed trials after {fleet.Ended} reports of {trials}.");
        }

        return new NoopRun(trials, submission, preparation, work, processor, own, stories, longest, sweep);
    }

    public static async Task UntilServingAsync(Sweeps.SweepsClient sweeps, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await sweeps.DescribeCoordinatorAsync(new DescribeCoordinatorRequest(), cancellationToken: cancellationToken);
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }

    public static async Task<(int Stories, SweepProgress Last)> WatchAsync(Sweeps.SweepsClient sweeps, string sweep, CancellationToken cancellationToken)
    {
        using var call = sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        var (stories, last) = (0, new SweepProgress());
        await foreach (var progress in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            (stories, last) = (stories + 1, progress);
        }

        return (stories, last);
    }

    private static async Task<TimeSpan> PingAsync(NoopFleet fleet, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            var took = await fleet.PingAsync(CancellationToken.None);
            longest = took > longest ? took : longest;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return longest;
    }
}
