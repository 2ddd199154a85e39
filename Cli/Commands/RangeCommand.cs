using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Reproduction;
using CloudSweep.Cli.Running;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep range FILE</c>: the range test of a sweep file on this machine, and nothing else.</summary>
internal static class RangeCommand
{
    public static Command Create()
    {
        var file = CommonOptions.File();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var fresh = new Option<bool>("--fresh") { Description = "Start over, also where the same range test was made before." };
        var workers = CommonOptions.Workers();
        var threads = CommonOptions.Threads();
        var command = new Command("range", "Propose bounds for the learning rates of a sweep file, by short ramps.") { file, state, fresh, output, workers, threads };
        command.SetAction((arguments, _) =>
        {
            var settings = new RunSettings(
                arguments.GetRequiredValue(file),
                arguments.GetRequiredValue(state),
                arguments.GetValue(fresh),
                arguments.GetRequiredValue(output) == "json",
                arguments.GetValue(workers),
                arguments.GetValue(threads),
                new ExportArguments(null, null))
            {
                IsRangeTest = true,
            };
            var directory = new StateDirectory(settings.State);
            return CommandGuard.RunAsync(() => new SweepRun(settings, directory).RunAsync(), directory.Logs);
        });
        return command;
    }
}
