using System.CommandLine;
using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep list</c>: the sweeps of a Coordinator.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var output = CommonOptions.Output();
        var command = new Command("list", "List the sweeps of a Coordinator, newest first.") { output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var sweeps = (await session.Sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: cancellationToken)).Sweeps;
            if (parsed.GetRequiredValue(output) == "json")
            {
                await Console.Out.WriteLineAsync(SweepJson.List(sweeps));
            }
            else
            {
                SweepTable.Write(Console.Out, sweeps, TimeProvider.System.GetUtcNow());
            }

            return ExitCodes.Done;
        }));
        return command;
    }
}
