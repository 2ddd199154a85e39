using Spectre.Console;

namespace CloudSweep.Cli.Generation;

/// <summary>A bar on standard error while rows are written, where that is a terminal.</summary>
internal static class GenerateProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    public static async Task ShowAsync(Task writing, Func<long> rowsWritten, long rows)
    {
        if (Console.IsErrorRedirected)
        {
            await writing;
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var bar = console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        await bar.StartAsync(async context =>
        {
            var task = context.AddTask("writing rows", maxValue: rows);
            using var timer = new PeriodicTimer(Refresh, TimeProvider.System);
            while (!writing.IsCompleted)
            {
                await Task.WhenAny(writing, timer.WaitForNextTickAsync().AsTask());
                task.Value = rowsWritten();
            }
        });
        await writing;
    }
}
