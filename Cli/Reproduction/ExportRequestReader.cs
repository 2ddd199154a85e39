using System.Globalization;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Reproduction;

namespace CloudSweep.Cli.Reproduction;

/// <summary>Reads <c>--export-trial N DIR --steps K</c> and finds every mistake in it before anything is run.</summary>
internal static class ExportRequestReader
{
    public const int DefaultSteps = 100;

    private const int MaxSteps = 1_000_000;

    /// <summary>The request; null when there is none or there are mistakes.</summary>
    /// <param name="arguments">As given.</param>
    /// <param name="trials">Trials of the sweep; null when its file can't be read, so that no number is wrong for it.</param>
    /// <param name="mistakes">Gets the mistakes.</param>
    public static ExportRequest? Read(ExportArguments arguments, long? trials, List<string> mistakes)
    {
        var before = mistakes.Count;
        var steps = Number(arguments.Steps ?? DefaultSteps.ToString(CultureInfo.InvariantCulture), MaxSteps);
        if (steps is null)
        {
            mistakes.Add(Text($"--steps: '{arguments.Steps}' must be a whole number from 1 to {MaxSteps}; without it the first {DefaultSteps} steps are exported."));
        }

        if (arguments.Trial is not [var number, var folder])
        {
            if (arguments.Steps is not null)
            {
                mistakes.Add("--steps: it says how many steps of a trial to export; give --export-trial N DIR too.");
            }

            return null;
        }

        var trial = Number(number, trials ?? int.MaxValue);
        if (trial is null)
        {
            mistakes.Add(trials is null
                ? $"--export-trial: '{number}' must be the number of a trial, from 1."
                : Text($"--export-trial: '{number}' must be the number of a trial of this sweep, from 1 to {trials}; results.csv lists them."));
        }

        if (string.IsNullOrWhiteSpace(folder))
        {
            mistakes.Add($"--export-trial: '{folder}' must name a folder; write it behind the trial's number.");
        }
        else if (ProblemOf(folder) is { } problem)
        {
            mistakes.Add($"--export-trial: {problem}");
        }

        return mistakes.Count == before ? new ExportRequest(trial!.Value, folder, steps!.Value) : null;
    }

    private static string? ProblemOf(string folder)
    {
        if (!ObjectLocation.IsCloudStorage(folder))
        {
            return TrialFolder.Problem(folder);
        }

        return ObjectLocation.TryParse(folder) is null ? $"'{folder}' names no place in a bucket; write it as gs://bucket/prefix." : null;
    }

    private static int? Number(string text, long most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
