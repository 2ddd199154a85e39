using CloudSweep.Protos.V1;
using Grpc.Core;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSweep.Cli.Output;

/// <summary>Shows how a sweep goes on standard error: live on a terminal, a line now and then otherwise.</summary>
internal sealed class ProgressView
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;
    private readonly HashSet<(int Ramp, RangeState State)> _told = [];
    private readonly ProgressText _text = new(TimeProvider.System);

    private ProgressView(IAnsiConsole console, bool isTerminal) => (_console, _isTerminal) = (console, isTerminal);

    /// <summary>Where it draws: standard error itself, for drawing takes control characters.</summary>
    public static TextWriter Terminal { get; set; } = Console.Error;

    public static ProgressView Create() => new(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Terminal) }),
        !Console.IsErrorRedirected);

    /// <summary>On a terminal also while a sweep is followed: above its picture.</summary>
    public void Say(string text)
    {
        if (_isTerminal)
        {
            _console.WriteLine(PlainTextWriter.Plain(text));
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }

    /// <summary>Returns when the sweep is final or paused.</summary>
    public Task FollowAsync(Sweeps.SweepsClient sweeps, string sweep, CancellationToken cancellationToken) => FollowAsync(WatchAsync(sweeps, sweep, cancellationToken));

    /// <summary>Returns at the end of <paramref name="feed"/>.</summary>
    public Task FollowAsync(IAsyncEnumerable<SweepProgress> feed) => _isTerminal ? FollowLiveAsync(feed) : FollowInLinesAsync(feed);

    private Task FollowLiveAsync(IAsyncEnumerable<SweepProgress> feed) =>
        _console.Live(Text.Empty).AutoClear(true).StartAsync(async live =>
        {
            await foreach (var progress in feed)
            {
                TellRanges(progress);
                live.UpdateTarget(Picture(progress));
            }
        });

    private async Task FollowInLinesAsync(IAsyncEnumerable<SweepProgress> feed)
    {
        var (said, stage) = (0L, SweepState.Unspecified);
        await foreach (var progress in feed)
        {
            TellRanges(progress);
            if (progress.State is not (SweepState.Preparing or SweepState.Running))
            {
                continue;
            }

            var now = _text.Now(progress);
            if (progress.State != stage || TimeProvider.System.GetElapsedTime(said) >= BetweenLines)
            {
                stage = progress.State;
                said = TimeProvider.System.GetTimestamp();
                Say(string.Join("; ", ((string[])[now, ProgressText.Trials(progress), ProgressText.Best(progress)]).Where(part => part.Length > 0)));
            }
        }
    }

    /// <summary>Says what range tests found, once for each, when it is known.</summary>
    private void TellRanges(SweepProgress progress)
    {
        if (progress.State is SweepState.Failed or SweepState.Cancelled)
        {
            return;
        }

        var found = progress.Ranges.Where(range => RangeText.IsKnown(range) && _told.Add((range.Ramps[0], range.State))).Select(RangeText.Short).ToArray();
        if (found.Length > 0)
        {
            Say($"range test: {string.Join("; ", found)}");
        }
    }

    private Rows Picture(SweepProgress progress)
    {
        var lines = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(progress.Sweep)}[/]  {Markup.Escape(Duration.Text(progress.Elapsed.ToTimeSpan()))}"),
            new BreakdownChart().Width(60).HideTags()
                .AddItem("done", Math.Max(1e-6, ProgressText.Share(progress)), Color.Green)
                .AddItem("to do", Math.Max(1e-6, 1 - ProgressText.Share(progress)), Color.Grey),
            new Text(_text.Now(progress)),
            new Text(ProgressText.Trials(progress)),
        };
        if (ProgressText.Best(progress) is { Length: > 0 } best)
        {
            lines.Add(new Text(best));
        }

        return new Rows(lines);
    }

    private static async IAsyncEnumerable<SweepProgress> WatchAsync(
        Sweeps.SweepsClient sweeps, string sweep, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        await foreach (var progress in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            yield return progress;
            if (progress.State == SweepState.Paused)
            {
                yield break;
            }
        }
    }
}
