using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Reproduction;
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
        var export = new Option<string[]>("--export-trial")
        {
            Description = "Write trial N's settings, initial weights, batches and losses to folder DIR, or gs://bucket/prefix, to repeat it in PyTorch (docs/reproduce.md).",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            HelpName = "N DIR",
        };
        var steps = new Option<string?>("--steps") { Description = "First steps of the trial to export. Default: 100.", HelpName = "N" };
        var command = new Command("run", "Run a sweep on this machine, or go on with it, and show its answer.") { file, state, fresh, output, workers, threads, export, steps };
        command.SetAction((arguments, _) =>
        {
            var settings = new RunSettings(
                arguments.GetRequiredValue(file),
                arguments.GetRequiredValue(state),
                arguments.GetValue(fresh),
                arguments.GetRequiredValue(output) == "json",
                arguments.GetValue(workers),
                arguments.GetValue(threads),
                new ExportArguments(arguments.GetResult(export) is null ? null : arguments.GetValue(export), arguments.GetValue(steps)));
            var directory = new StateDirectory(settings.State);
            return CommandGuard.RunAsync(() => new SweepRun(settings, directory).RunAsync(), directory.Logs);
        });
        return command;
    }
}
