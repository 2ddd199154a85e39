using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>
/// How a verdict looks: a shape and a letter of its own, and a colour that people with colour blindness can tell (after Okabe and Ito 2008), of a lightness
/// that stands out from white and from black.
/// </summary>
/// <param name="Colour">CSS colour of its markers in charts.</param>
/// <param name="Symbol">Plotly marker symbol.</param>
/// <param name="Mark">The same shape as a character.</param>
/// <param name="Letter">What stands in the marker.</param>
/// <param name="Dash">Plotly's dashes of its training curves.</param>
/// <param name="Meaning">A few words for the legend.</param>
internal sealed record VerdictStyle(string Colour, string Symbol, string Mark, string Letter, string Dash, string Meaning)
{
    public static IReadOnlyList<VerdictKind> All { get; } =
        [VerdictKind.Good, VerdictKind.TooSlow, VerdictKind.TooLarge, VerdictKind.Oscillating, VerdictKind.Diverged, VerdictKind.Undecided];

    public static VerdictStyle Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Good => new VerdictStyle("#00865f", "circle", "●", "G", "solid", "as good as the best: within twice the standard error (SE) of the difference, or within 2% of what the best gained over the baseline"),
        VerdictKind.TooSlow => new VerdictStyle("#0072b2", "triangle-down", "▼", "S", "dot", "below the best rate and clearly worse"),
        VerdictKind.TooLarge => new VerdictStyle("#a87000", "triangle-up", "▲", "L", "dash", "above the best rate and clearly worse"),
        VerdictKind.Oscillating => new VerdictStyle("#b35c94", "diamond", "◆", "O", "dash", "the loss keeps jumping, and the score is worse"),
        VerdictKind.Diverged => new VerdictStyle("#c95800", "square", "■", "D", "dashdot", "the loss blew up, or ended no better than the baseline"),
        _ => new VerdictStyle("#757575", "hexagon", "⬢", "U", "longdash", "not enough to tell"),
    };

    /// <summary>Name of its colour in the style sheet, which has one for light and one for dark.</summary>
    public static string ClassOf(VerdictKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Mark and word.</summary>
    public static Markup Show(VerdictKind kind) => HtmlText.Of($"<span class=\"mark {ClassOf(kind)}\" aria-hidden=\"true\">{Of(kind).Mark}</span> {kind}");
}
