using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Running;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep run FILE</c>: a whole sweep on this machine.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = CommonOptions.File();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var fresh = new Option<bool>("--fresh") { Description = "Start over, also where the same sweep was run before." };
        var workers = CommonOptions.Workers();
        var threads = CommonOptions.Threads();
        var command = new Command("run", "Run a sweep on this machine, or go on with it, and show its answer.") { file, state, fresh, output, workers, threads };
        command.SetAction((arguments, _) =>
        {
            var settings = new RunSettings(
                arguments.GetRequiredValue(file),
                arguments.GetRequiredValue(state),
                arguments.GetValue(fresh),
                arguments.GetRequiredValue(output) == "json",
                arguments.GetValue(workers),
                arguments.GetValue(threads));
            var directory = new StateDirectory(settings.State);
            return CommandGuard.RunAsync(() => new SweepRun(settings, directory).RunAsync(), directory.Logs);
        });
        return command;
    }
}
