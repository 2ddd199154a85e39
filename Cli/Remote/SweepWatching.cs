using CloudSweep.Cli.Output;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>Shows how a sweep goes until it ends or is paused, then what it found.</summary>
internal static class SweepWatching
{
    /// <returns>The exit code, as that of `run`.</returns>
    public static async Task<int> RunAsync(RemoteSession session, string sweep, bool isJson, CancellationToken cancellationToken)
    {
        var feed = new SweepFeed(session.Sweeps, session.Address, TimeProvider.System, session.View.Say);
        await session.View.FollowAsync(feed.FollowAsync(sweep, cancellationToken));
        var progress = (await SweepAnswer.WriteAsync(Console.Out, session.Sweeps, sweep, isJson, cancellationToken)).Progress;
        switch (progress.State)
        {
            case SweepState.Failed:
                ErrorText.Write(progress.Reason);
                break;
            case SweepState.Paused:
                ErrorText.Write($"{sweep} is paused: {progress.Reason.TrimEnd('.')}. 'cloudsweep resume {sweep}' lets it go on.");
                break;
        }

        return SweepAnswer.CodeOf(progress);
    }
}
