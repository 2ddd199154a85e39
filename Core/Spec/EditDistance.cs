namespace CloudSweep.Core.Spec;

/// <summary>How far two words are apart, to find what a mistyped one may have meant.</summary>
public static class EditDistance
{
    /// <summary>The fewest insertions, deletions and substitutions (Levenshtein 1966), ignoring case.</summary>
    public static int Between(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                var edits = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + substitution);
                (diagonal, row[j]) = (row[j], edits);
            }
        }

        return row[right.Length];
    }
}
