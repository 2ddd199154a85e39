using System.CommandLine;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Remote;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Google.Rpc;
using Grpc.Core;

namespace CloudSweep.Cli.Commands;

/// <summary>What the commands that do something to a sweep have in common: they find it, do it, and say what changed.</summary>
internal static class ActionCommand
{
    public static Command Create(
        string name, string description, IEnumerable<Symbol> others, Func<ParseResult, SweepActions, SweepProgress, CancellationToken, Task<ActionOutcome>> act)
    {
        var sweep = CommonOptions.Sweep();
        var output = CommonOptions.Output();
        var command = new Command(name, description) { sweep };
        foreach (var other in others)
        {
            if (other is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)other);
            }
        }

        command.Options.Add(output);
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var found = await session.FindAsync(parsed.GetRequiredValue(sweep), cancellationToken);
            var outcome = await ActAsync(() => act(parsed, new SweepActions(session.Sweeps), found, cancellationToken));
            if (parsed.GetRequiredValue(output) == "json")
            {
                await Console.Out.WriteLineAsync(SweepJson.Action(outcome));
            }
            else
            {
                Console.Out.WriteWrapped("", outcome.Text);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    // These mistakes are in what was typed, not in a sweep file.
    private static async Task<ActionOutcome> ActAsync(Func<Task<ActionOutcome>> act)
    {
        try
        {
            return await act();
        }
        catch (RpcException exception) when (exception.GetRpcStatus()?.GetDetail<BadRequest>() is { FieldViolations.Count: > 0 } request)
        {
            throw new InvalidSettingsException([.. request.FieldViolations.Select(mistake => $"{mistake.Field}: {mistake.Description}")]);
        }
    }

    public static Option<string> Reason() => new("--reason") { Description = "Why, for others to read.", DefaultValueFactory = _ => "", HelpName = "TEXT" };
}
