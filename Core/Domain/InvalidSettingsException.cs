namespace CloudSweep.Core.Domain;

/// <summary>Settings of a host can't be read or break rules.</summary>
/// <param name="mistakes">All of them, each with setting, value, rule and way out.</param>
public sealed class InvalidSettingsException(IReadOnlyList<string> mistakes)
    : CloudSweepException($"The settings have {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:\n{string.Join('\n', mistakes)}")
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
