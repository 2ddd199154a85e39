using System.CommandLine;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep stop SWEEP</c>.</summary>
internal static class StopCommand
{
    public static Command Create() => ActionCommand.Create(
        "stop",
        "Let trials that have begun finish, begin no others; then the sweep is complete.",
        [],
        (_, actions, sweep, cancellationToken) => actions.StopAsync(sweep, cancellationToken));
}
