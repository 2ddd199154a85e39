using System.CommandLine;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep pause SWEEP</c>.</summary>
internal static class PauseCommand
{
    public static Command Create()
    {
        var reason = ActionCommand.Reason();
        return ActionCommand.Create(
            "pause",
            "Have Workers save what they have of a sweep, and train nothing of it until it is resumed.",
            [reason],
            (parsed, actions, sweep, cancellationToken) => actions.PauseAsync(sweep, parsed.GetRequiredValue(reason), cancellationToken));
    }
}
