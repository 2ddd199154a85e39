namespace CloudSweep.Core.Spec;

/// <summary>How far apart two spellings are.</summary>
internal static class EditDistance
{
    /// <summary>Insertions, deletions and replacements that make one of the other (Levenshtein 1966), ignoring case.</summary>
    public static int Between(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + substitution);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
