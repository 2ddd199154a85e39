using System.Globalization;
using System.Text.RegularExpressions;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>An attempt at a job, as its Worker's log tells it.</summary>
/// <param name="Worker">Who made it.</param>
/// <param name="Job">The job.</param>
/// <param name="Number">1, 2, … of the job.</param>
internal sealed partial record TrainingAttempt(IProgram Worker, string Job, int Number)
{
    /// <summary>When training began; null where it did not come to that.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>Row that it began at.</summary>
    public long BeganRow { get; init; }

    /// <summary>Row and time of each checkpoint.</summary>
    public IReadOnlyList<(long Row, DateTimeOffset At)> Checkpoints { get; init; } = [];

    /// <summary>Row at which it was given back with all of it saved; null when it was not.</summary>
    public long? GivenBackRow { get; init; }

    public bool IsOver { get; init; }

    /// <summary>When what a later attempt began with was saved: by a checkpoint, or before this attempt began.</summary>
    public DateTimeOffset SavedAt(long row) => Checkpoints.FirstOrDefault(checkpoint => checkpoint.Row == row) is { At: var at } && at != default
        ? at
        : row == BeganRow && BeganAt is { } began ? began : throw new InvalidOperationException($"Attempt {Number} at {Job} saved nothing at row {row}:\n{Worker.Said}");

    /// <summary>A Worker's attempts, in order; those of a Worker with one slot.</summary>
    public static IReadOnlyList<TrainingAttempt> Read(IProgram worker)
    {
        var attempts = new List<TrainingAttempt>();
        foreach (Match line in Line().Matches(worker.Said))
        {
            var at = DateTimeOffset.Parse(line.Groups["at"].Value, CultureInfo.InvariantCulture);
            var message = line.Groups["message"].Value;
            if (Started().Match(message) is { Success: true } started)
            {
                attempts.Add(new TrainingAttempt(worker, started.Groups["job"].Value, (int)NumberIn(started)));
            }
            else if (attempts.Count > 0)
            {
                attempts[^1] = attempts[^1].With(message, at);
            }
        }

        return attempts;
    }

    private TrainingAttempt With(string message, DateTimeOffset at) => message switch
    {
        _ when Training().Match(message) is { Success: true } training => this with { BeganAt = at, BeganRow = NumberIn(training) },
        _ when Checkpoint().Match(message) is { Success: true } checkpoint => this with { Checkpoints = [.. Checkpoints, (NumberIn(checkpoint), at)] },
        _ when GivingBack().Match(message) is { Success: true } given => this with { GivenBackRow = NumberIn(given) },
        _ when Ended().IsMatch(message) => this with { IsOver = true },
        _ => this,
    };

    private static long NumberIn(Match match) => long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<at>\S+Z) \w+: CloudSweep\.Worker\.Execution\.\S+ (?<message>.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^Attempt (?<number>\d+) at job (?<job>\S+) started")]
    private static partial Regex Started();

    [GeneratedRegex(@"^Training job \S+ from row (?<number>\d+)")]
    private static partial Regex Training();

    [GeneratedRegex(@"^Stored a checkpoint of job \S+ at row (?<number>\d+)")]
    private static partial Regex Checkpoint();

    [GeneratedRegex(@"^Giving job \S+ back at row (?<number>\d+); all of it is saved")]
    private static partial Regex GivingBack();

    [GeneratedRegex(@"^Attempt \d+ at job \S+ ended")]
    private static partial Regex Ended();
}
