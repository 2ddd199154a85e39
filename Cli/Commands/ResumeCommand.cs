using System.CommandLine;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep resume SWEEP</c>.</summary>
internal static class ResumeCommand
{
    public static Command Create() => ActionCommand.Create(
        "resume",
        "Let a paused sweep go on where it stands.",
        [],
        (_, actions, sweep, cancellationToken) => actions.ResumeAsync(sweep, cancellationToken));
}
