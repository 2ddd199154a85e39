using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep export SWEEP</c>: writes the files that `run` leaves: results, measurements, report and the winner's model.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var sweep = CommonOptions.Sweep();
        var place = new Option<string?>("--out") { Description = "Folder, here or gs://bucket/prefix. Default: a folder named like the id.", HelpName = "PLACE" };
        var output = CommonOptions.Output();
        var command = new Command("export", "Write results.csv, results.json, measurements.csv, report.html and model.safetensors of a sweep.") { sweep, place, output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, async (session, cancellationToken) =>
        {
            var found = await session.FindAsync(parsed.GetRequiredValue(sweep), cancellationToken);
            await using var objects = new CommandObjects();
            var written = await new SweepFiles(session.Sweeps, objects.Output).ExportAsync(found.Sweep, parsed.GetValue(place) ?? found.Sweep, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetRequiredValue(output) == "json" ? SweepJson.Written(written) : string.Join('\n', written.Files));
            if (written.Model is null)
            {
                session.View.Say($"There is no model.safetensors: the winner has no model. 'cloudsweep describe {found.Sweep}' remarks why, where that is known.");
            }

            return ExitCodes.Done;
        }));
        return command;
    }
}
