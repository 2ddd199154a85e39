namespace CloudSweep.Cli.Generation;

/// <summary>Collects mistakes, so that all are told at once: the value, the rule and the way out.</summary>
internal sealed class GenerateMistakes
{
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public void Add(FormattableString text) => _texts.Add(FormattableString.Invariant(text));
}
