using System.Globalization;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;
using Spectre.Console;

namespace CloudSweep.Cli.Remote;

/// <summary>Sweeps for people, newest first, in 80 columns. An id that is longer goes on in the next line, so that it can be copied.</summary>
internal static class SweepTable
{
    private const int Columns = 80;

    public static void Write(TextWriter output, IReadOnlyList<SweepProgress> sweeps, DateTimeOffset now)
    {
        if (sweeps.Count == 0)
        {
            output.WriteLine("No sweeps yet. 'cloudsweep submit FILE' makes one.");
            return;
        }

        var table = new Table().NoBorder();
        foreach (var (name, isNumber) in ((string, bool)[])[("SWEEP", false), ("STATE", false), ("TRIALS", true), ("FAILED", true), ("BEST", false), ("AGE", true)])
        {
            table.AddColumn(new TableColumn(name) { NoWrap = name != "SWEEP", Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        foreach (var sweep in sweeps)
        {
            table.AddRow([.. Cells(sweep, now).Select(cell => new Text(cell))]);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Columns;
        console.Write(table);
    }

    private static IEnumerable<string> Cells(SweepProgress sweep, DateTimeOffset now)
    {
        var counts = sweep.Trials;
        var ended = counts.Total - counts.Pending - counts.Running;
        return
        [
            sweep.Sweep,
            sweep.Stopped && sweep.State != SweepState.Completed ? "stopping" : sweep.State.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{ended}/{counts.Total}"),
            counts.Failed.ToString(CultureInfo.InvariantCulture),
            sweep.Best is { } best ? Label.Rate(best.Parameters.LearningRate) : "-",
            Duration.Text(now - sweep.CreatedAt.ToDateTimeOffset()),
        ];
    }
}
