using System.CommandLine;
using System.Text.Json;
using CloudSweep.Cli.Estimation;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep plan FILE</c>: what a sweep will do and cost. Trains nothing and writes nothing.</summary>
internal static class PlanCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static Command Create()
    {
        var file = CommonOptions.File();
        var output = CommonOptions.Output();
        var workers = CommonOptions.Workers();
        var threads = CommonOptions.Threads();
        var command = new Command("plan", "Show trials, jobs, bytes, memory and time of a sweep; train nothing.") { file, output, workers, threads };
        command.SetAction((arguments, cancellationToken) => CommandGuard.RunAsync(
            () => PlanAsync(
                arguments.GetRequiredValue(file),
                arguments.GetRequiredValue(output) == "json",
                arguments.GetValue(workers),
                arguments.GetValue(threads),
                cancellationToken),
            logDirectory: null));
        return command;
    }

    private static async Task<int> PlanAsync(string path, bool isJson, int slots, int threads, CancellationToken cancellationToken)
    {
        var file = SweepFile.Read(path);
        await using var data = new DataLocator(file.Patterns);
        var shards = await data.FindAsync(cancellationToken);
        var sample = await data.SampleAsync(shards.Shards[0], file.Spec.Data, cancellationToken);
        var estimate = SweepEstimate.Of(file.Spec, shards, sample, MachineSlots.Of(slots, threads));
        if (isJson)
        {
            await Console.Out.WriteLineAsync(EstimateJson.Of(file.Spec.Name, estimate).ToJsonString(Json));
        }
        else
        {
            EstimateText.Write(Console.Out, file.Spec, estimate);
        }

        return ExitCodes.Done;
    }
}
