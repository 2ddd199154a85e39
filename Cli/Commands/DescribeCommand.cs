using System.CommandLine;
using CloudSweep.Cli.Remote;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep describe SWEEP</c>: where a sweep stands and what it found so far.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var sweep = CommonOptions.Sweep();
        var output = CommonOptions.Output();
        var command = new Command("describe", "Show where a sweep stands and what it found so far.") { sweep, output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var found = await session.FindAsync(parsed.GetRequiredValue(sweep), cancellationToken);
            await SweepAnswer.WriteAsync(Console.Out, session.Sweeps, found.Sweep, parsed.GetRequiredValue(output) == "json", cancellationToken);
            return ExitCodes.Done;
        }));
        return command;
    }
}
