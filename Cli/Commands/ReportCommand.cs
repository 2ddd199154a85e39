using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep report SWEEP</c>: writes the HTML report of a sweep.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var sweep = CommonOptions.Sweep();
        var place = new Option<string?>("--out") { Description = "File or folder, here or gs://bucket/…. Default: ID.html in this folder.", HelpName = "PLACE" };
        var output = CommonOptions.Output();
        var command = new Command("report", "Write the HTML report of a sweep.") { sweep, place, output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var found = await session.FindAsync(parsed.GetRequiredValue(sweep), cancellationToken);
            await using var objects = new CommandObjects();
            var written = await new SweepFiles(session.Sweeps, objects.Output).ReportAsync(found.Sweep, parsed.GetValue(place) ?? $"{found.Sweep}.html", cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(output) == "json" ? SweepJson.Written(written) : written.Report);
            return ExitCodes.Done;
        }));
        return command;
    }
}
