using CloudSweep.Core.Verdicts;

namespace CloudSweep.Benchmarks.Pictures;

/// <summary>How a verdict looks: colours that people with any kind of colour vision tell apart (Okabe and Ito), and a shape each.</summary>
/// <param name="Colour">Of marks and curves.</param>
/// <param name="Mark">Of a rate that came to its end.</param>
/// <param name="Provisional">Of one that was pruned.</param>
internal sealed record PictureStyle(string Colour, string Mark, string Provisional)
{
    public static PictureStyle Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Good => new("#009e73", "●", "○"),
        VerdictKind.TooSlow => new("#0072b2", "▼", "▽"),
        VerdictKind.TooLarge => new("#e69f00", "▲", "△"),
        VerdictKind.Oscillating => new("#cc79a7", "◆", "◇"),
        VerdictKind.Diverged => new("#d55e00", "✖", "✖"),
        _ => new("#777777", "■", "□"),
    };
}
