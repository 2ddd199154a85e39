using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>How a verdict looks: a colour that people with colour blindness can tell (Okabe and Ito 2008) and a shape of its own.</summary>
/// <param name="Colour">CSS colour.</param>
/// <param name="Symbol">Plotly marker symbol.</param>
/// <param name="Mark">The same shape as a character.</param>
/// <param name="Meaning">A few words for the legend.</param>
internal sealed record VerdictStyle(string Colour, string Symbol, string Mark, string Meaning)
{
    public static IReadOnlyList<VerdictKind> All { get; } =
        [VerdictKind.Good, VerdictKind.TooSlow, VerdictKind.TooLarge, VerdictKind.Oscillating, VerdictKind.Diverged, VerdictKind.Undecided];

    public static VerdictStyle Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Good => new VerdictStyle("#009e73", "circle", "●", "as good as the best: within 2 standard errors (SE) of it, or within 2 % of what it gained over the baseline"),
        VerdictKind.TooSlow => new VerdictStyle("#0072b2", "triangle-down", "▼", "below the best rate and clearly worse"),
        VerdictKind.TooLarge => new VerdictStyle("#e69f00", "triangle-up", "▲", "above the best rate and clearly worse"),
        VerdictKind.Oscillating => new VerdictStyle("#cc79a7", "diamond", "◆", "the loss keeps jumping and the score is worse"),
        VerdictKind.Diverged => new VerdictStyle("#d55e00", "x", "✖", "the loss blew up, or ended no better than the baseline"),
        _ => new VerdictStyle("#777777", "square-open", "□", "not enough to tell"),
    };
}
