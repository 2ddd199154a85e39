namespace CloudSweep.Worker.Data.Records;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class NearestNames
{
    private const int Shown = 3;

    /// <summary>The up to three names with the fewest edits (Levenshtein 1966, ignoring case), quoted, in that order.</summary>
    public static string Of(string name, IReadOnlyList<string> names) => string.Join(", ", names
        .Select((candidate, index) => (candidate, index, edits: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .OrderBy(entry => entry.edits)
        .ThenBy(entry => entry.index)
        .Take(Shown)
        .Select(entry => $"'{entry.candidate}'"));

    private static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var edits = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], edits);
            }
        }

        return row[right.Length];
    }
}
