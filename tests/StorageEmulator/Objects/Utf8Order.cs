namespace CloudSweep.StorageEmulator.Objects;

/// <summary>Order of names by their UTF-8 bytes. It differs from ordinal order where surrogates meet the letters above them.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[common]).CompareTo(Rank(right[common]));
    }

    // Code points above U+FFFF, written as surrogates, come after U+E000 to U+FFFF.
    private static int Rank(char value) => char.IsSurrogate(value) ? value + char.MaxValue : value;
}
