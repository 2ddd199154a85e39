using CloudSweep.Core.Spec;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class NearestNames
{
    private const int Shown = 3;

    /// <summary>The up to three names with the fewest edits (Levenshtein 1966, ignoring case), quoted, in that order.</summary>
    public static string Of(string name, IReadOnlyList<string> names) => string.Join(", ", names
        .Select((candidate, index) => (candidate, index, edits: EditDistance.Between(name, candidate)))
        .OrderBy(entry => entry.edits)
        .ThenBy(entry => entry.index)
        .Take(Shown)
        .Select(entry => $"'{entry.candidate}'"));
}
