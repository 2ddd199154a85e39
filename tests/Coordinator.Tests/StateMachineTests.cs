using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;

namespace CloudSweep.Coordinator.Tests;

/// <summary>docs/state-machines.md says what the code does.</summary>
public sealed class StateMachineTests
{
    [Fact]
    public void Document_TrialTable_IsTheCodes() => Assert.Equal(Transitions<TrialState>(TrialStates.Successors), Documented("## Trial"));

    [Fact]
    public void Document_JobTable_IsTheCodes() => Assert.Equal(Transitions<JobState>(JobStates.Successors), Documented("## Job"));

    [Fact]
    public void Document_SweepTable_IsTheCodes() => Assert.Equal(Transitions<SweepState>(SweepStates.Successors), Documented("## Sweep"));

    private static string[] Transitions<T>(Func<T, IReadOnlyList<T>> successors)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().SelectMany(from => successors(from).Select(to => $"{from} -> {to}")).Order(StringComparer.Ordinal)];

    private static string[] Documented(string heading) =>
        [.. File.ReadLines(Repository.PathOf("docs", "state-machines.md"))
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| from", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} -> {cells[2]}")
            .Order(StringComparer.Ordinal)];
}
