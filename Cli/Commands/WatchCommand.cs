using System.CommandLine;
using CloudSweep.Cli.Remote;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep watch SWEEP</c>: follows a sweep to its end or pause, also over restarts of the Coordinator.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var sweep = CommonOptions.Sweep();
        var output = CommonOptions.Output();
        var command = new Command("watch", "Follow a sweep until it ends or is paused, then show its answer.") { sweep, output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var found = await session.FindAsync(parsed.GetRequiredValue(sweep), cancellationToken);
            return await SweepWatching.RunAsync(session, found.Sweep, parsed.GetRequiredValue(output) == "json", cancellationToken);
        }));
        return command;
    }
}
