using System.Globalization;

namespace CloudSweep.Core.Domain;

/// <summary>Names one job of a sweep; written <c>SWEEP/NUMBER</c>.</summary>
/// <param name="Sweep">The sweep that the job belongs to.</param>
/// <param name="Number">1, 2, … within the sweep.</param>
public readonly record struct JobId(SweepId Sweep, int Number)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out JobId id)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.LastIndexOf('/');
        var isJob = int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && slash > 0 && number > 0;
        id = isJob ? new JobId(new SweepId(text[..slash]), number) : default;
        return isJob;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sweep}/{Number}");
}
