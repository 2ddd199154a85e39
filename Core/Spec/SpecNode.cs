namespace CloudSweep.Core.Spec;

/// <summary>A sweep file as its parser saw it, whatever its syntax.</summary>
/// <param name="Line">Line in the file, from 1; 0 when unknown.</param>
public abstract record SpecNode(int Line)
{
    /// <summary>Keys in file order, repeated ones included.</summary>
    public sealed record Map(IReadOnlyList<SpecEntry> Entries, int Line) : SpecNode(Line);

    /// <summary>Items in file order.</summary>
    public sealed record Sequence(IReadOnlyList<SpecNode> Items, int Line) : SpecNode(Line);

    /// <summary>A value as it is written, without its quotes.</summary>
    public sealed record Scalar(string Text, bool IsQuoted, int Line) : SpecNode(Line);
}
