using System.CommandLine;
using CloudSweep.Cli.Prediction;
using CloudSweep.Cli.Running;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep predict MODEL DATA</c>: scores files with a model that a sweep left.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "The model.safetensors beside a sweep's results; a path or gs://bucket/name." };
        var data = new Argument<string>("DATA") { Description = "File or pattern, also gs://, in any format that sweeps read. Columns are found by name." };
        var file = new Option<string?>("--out") { Description = "File for the predictions, also gs://, a row for each row. Default: standard output.", HelpName = "FILE" };
        var ignoreLabel = new Option<bool>("--ignore-label") { Description = "Predict without looking at the label column." };
        var output = CommonOptions.Output();
        var command = new Command("predict", "Predict the rows of a file with a model; with labels, show the metrics too.") { model, data, file, ignoreLabel, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = new PredictArguments(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(file), parsed.GetRequiredValue(output) == "json", parsed.GetValue(ignoreLabel));
            using var stop = new StopSignal();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
            return await CommandGuard.RunAsync(() => PredictRun.RunAsync(arguments, either.Token), logDirectory: null);
        });
        return command;
    }
}
