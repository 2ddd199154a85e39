using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Prediction;

namespace CloudSweep.Cli.Prediction;

/// <summary>Checks the command line, predicts, and says what was predicted. Predictions appear whole or not at all.</summary>
internal static class PredictRun
{
    public static async Task<int> RunAsync(PredictArguments arguments, CancellationToken cancellationToken)
    {
        var mistakes = new List<string>();
        await using var objects = new CommandObjects();
        var predictor = await LoadAsync(arguments.Model, objects.Stores, mistakes, cancellationToken);
        await using var data = new DataLocator(new DataPatterns(arguments.Data, null, null).From(Environment.CurrentDirectory));
        var shards = await FindAsync(data, mistakes, cancellationToken);
        Check(arguments, mistakes);
        if (mistakes.Count > 0)
        {
            ErrorText.Write($"{ErrorText.Mistakes(mistakes.Count)}; nothing was predicted", mistakes);
            return ExitCodes.Usage;
        }

        var summary = await WriteAsync(arguments, objects.Output, stream => predictor!.RunAsync(data.Source, shards!, new PredictionSettings(arguments.IgnoresLabel), stream, cancellationToken), cancellationToken);
        PredictionText.Write(arguments, summary);
        return ExitCodes.Done;
    }

    private static async Task<Predictor?> LoadAsync(string path, ObjectStores stores, List<string> mistakes, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await InputFile.OpenAsync(path, stores, cancellationToken);
            var (document, weights) = ModelFile.Read(file);
            return new Predictor(document, weights);
        }
        catch (MalformedDocumentException exception)
        {
            mistakes.Add($"MODEL: '{path}' can't be used. {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StorageException or ObjectChangedException)
        {
            mistakes.Add(Directory.Exists(path)
                ? $"MODEL: '{path}' is a folder; name the model.safetensors in it."
                : $"MODEL: '{path}' can't be read ({exception.Message.TrimEnd('.')}); name the model.safetensors that 'cloudsweep run' wrote.");
        }

        return null;
    }

    private static async Task<ShardTable?> FindAsync(DataLocator data, List<string> mistakes, CancellationToken cancellationToken)
    {
        try
        {
            return await data.FindAsync(cancellationToken);
        }
        catch (DataErrorException exception)
        {
            mistakes.AddRange(exception.Message.Split('\n').Select(line => $"DATA: {line}"));
            return null;
        }
    }

    private static void Check(PredictArguments arguments, List<string> mistakes)
    {
        if (arguments.Out is null)
        {
            if (arguments.IsJson)
            {
                mistakes.Add("--output json: standard output has room for one document; give --out FILE for the predictions.");
            }

            return;
        }

        if (ObjectLocation.IsCloudStorage(arguments.Out))
        {
            if (ObjectLocation.TryParse(arguments.Out) is not { Path.Length: > 0 } location || location.Path.EndsWith('/'))
            {
                mistakes.Add($"--out: '{arguments.Out}' names no object; write it as gs://bucket/folder/predictions.csv.");
            }

            return;
        }

        var path = Path.GetFullPath(arguments.Out);
        if (Directory.Exists(path))
        {
            mistakes.Add($"--out: '{arguments.Out}' is a folder; name a file in it.");
        }
        else if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            mistakes.Add($"--out: the folder of '{arguments.Out}' does not exist; make it, or choose another file.");
        }
    }

    private static async Task<PredictionSummary> WriteAsync(
        PredictArguments arguments, OutputFolder output, Func<Stream, Task<PredictionSummary>> predict, CancellationToken cancellationToken)
    {
        if (!ObjectLocation.IsCloudStorage(arguments.Out))
        {
            return await WriteFileAsync(arguments.Out, predict, cancellationToken);
        }

        var slash = arguments.Out.LastIndexOf('/');
        PredictionSummary? summary = null;
        await output.WriteAsync(
            arguments.Out[..slash],
            async folder => summary = await WriteFileAsync(Path.Combine(folder, arguments.Out[(slash + 1)..]), predict, cancellationToken),
            cancellationToken);
        return summary!;
    }

    private static async Task<PredictionSummary> WriteFileAsync(string? file, Func<Stream, Task<PredictionSummary>> predict, CancellationToken cancellationToken)
    {
        var path = file is null ? null : Path.GetFullPath(file);
        var temporary = path is null ? Path.GetTempFileName() : $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            PredictionSummary summary;
            await using (var predictions = File.Create(temporary))
            {
                summary = await predict(predictions);
                if (path is null)
                {
                    predictions.Position = 0;
                    await using var output = Console.OpenStandardOutput();
                    await predictions.CopyToAsync(output, cancellationToken);
                }
            }

            if (path is not null)
            {
                File.Move(temporary, path, overwrite: true);
            }

            return summary;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PredictionFailedException($"Can't write {(file is null ? "the predictions" : $"'{file}'")}: {exception.Message.TrimEnd('.')}. Nothing was kept; make room or choose another file.", exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
