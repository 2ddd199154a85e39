using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Generation;

/// <summary>Checks the command line, writes the data set and says what was written.</summary>
internal static class GenerateRun
{
    // In shares of a balanced class. Below it a class is as good as missing.
    private const double SmallestUsefulShare = 0.5;

    public static async Task<int> RunAsync(GenerateArguments arguments, CancellationToken cancellationToken)
    {
        var mistakes = new GenerateMistakes();
        var plan = GeneratePlanReader.Read(arguments, mistakes);
        if (plan is null)
        {
            return Refuse(mistakes);
        }

        var began = TimeProvider.System.GetTimestamp();
        var dataset = SyntheticDataset.Create(plan.Dataset, cancellationToken);
        if (dataset.Calibration.SmallestShare < SmallestUsefulShare)
        {
            mistakes.Add($"{GenerateOptionNames.Classes} {plan.Dataset.Classes} with {GenerateOptionNames.Features} {plan.Dataset.Features} leaves a class almost without rows; give fewer classes, 5 or more features, or another {GenerateOptionNames.Seed}.");
            return Refuse(mistakes);
        }

        var (bytes, replaced) = await WriteAsync(plan, dataset, cancellationToken);
        await Console.Out.WriteLineAsync(GenerateSummary.Text(plan, bytes, replaced, TimeProvider.System.GetElapsedTime(began)));
        return ExitCodes.Done;
    }

    private static async Task<(long Bytes, int Replaced)> WriteAsync(GeneratePlan plan, SyntheticDataset dataset, CancellationToken cancellationToken)
    {
        try
        {
            using var folder = new ShardFolder(plan.Folder, plan.Cut);
            var writer = new DatasetWriter(dataset, plan.Cut);
            await GenerateProgress.ShowAsync(writer.WriteAsync(folder, cancellationToken), () => writer.RowsWritten, plan.Dataset.Rows);
            return folder.Publish();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing of the new data set was kept.");
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GenerationFailedException($"Can't write to '{plan.Folder}': {exception.Message.TrimEnd('.')}. Nothing of the new data set was kept; make room or choose another folder, and run the command again.", exception);
        }
    }

    private static int Refuse(GenerateMistakes mistakes)
    {
        ErrorText.Write($"{ErrorText.Mistakes(mistakes.Texts.Count)} in the options; nothing was written", mistakes.Texts);
        return ExitCodes.Usage;
    }
}
