using System.CommandLine;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep cancel SWEEP</c>.</summary>
internal static class CancelCommand
{
    private const string UsualReason = "cancelled by a person";

    public static Command Create()
    {
        var reason = ActionCommand.Reason();
        return ActionCommand.Create(
            "cancel",
            "End a sweep now and finally; 'stop' lets trials that have begun finish.",
            [reason],
            (parsed, actions, sweep, cancellationToken) => actions.CancelAsync(sweep, parsed.GetRequiredValue(reason) is { Length: > 0 } given ? given : UsualReason, cancellationToken));
    }
}
