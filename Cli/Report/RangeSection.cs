using System.Globalization;
using System.Net;
using System.Text;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>The part of a report that tells what range tests saw: loss against learning rate on a log axis, with the proposed bounds. Drawings need no script.</summary>
internal static class RangeSection
{
    private const int Width = 640;
    private const int Height = 260;
    private const int Left = 64;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 44;

    /// <summary>Empty where the sweep has no range test.</summary>
    public static string Of(SweepResult result)
    {
        if (result.Description.Ranges.Count == 0)
        {
            return "";
        }

        var html = new StringBuilder("<section><h2>Range test</h2><p>Short ramps, whose learning rate grows at every step, propose bounds; full trials check them. Training loss, mean over the ramps of a combination; shaded: the proposed bounds; crosses: above the chart, or blown up.</p>\n");
        foreach (var range in result.Description.Ranges)
        {
            html.Append(HtmlText.Of($"<figure><figcaption>{HtmlText.Words(Label.Combination(range.Parameters, result.Spec.Varied))}: {Finding(range, result)}. {HtmlText.Words($"Trials {string.Join(", ", range.Ramps)}.")}</figcaption>").Html);
            Draw(html, range, Label.Combination(range.Parameters, result.Spec.Varied));
            html.Append("</figure>\n");
        }

        if (RangeLines.Of(result.Description.Ranges, result.Spec.Varied) is { Count: > 0 } lines && RangeText.IsRangeTestOnly(result.Spec))
        {
            html.Append(HtmlText.Of($"<p>To put into the sweep file, in the place of its learningRate and optimizer:</p><pre class=\"words\" tabindex=\"0\" aria-label=\"Lines for the sweep file\">{string.Join('\n', lines)}</pre>").Html);
        }

        return html.Append("</section>\n").ToString();
    }

    private static Markup Finding(RangeProposal range, SweepResult result) => range.State == RangeState.Proposed
        ? HtmlText.Of($"{Amount.Rate($"ramp.{range.Ramps[0]}.low", range.Low)} to {Amount.Rate($"ramp.{range.Ramps[0]}.high", range.High)} {HtmlText.Words($"({range.LowEvidence} and {range.HighEvidence})")}")
        : HtmlText.Words(RangeText.Finding(range, result.Spec));

    private static void Draw(StringBuilder html, RangeProposal range, string title)
    {
        if (RangeScale.Of(range) is not { } scale)
        {
            return;
        }

        var (low, high) = (scale.Low, scale.High);
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Training loss against learning rate, {Encode(title)}\" style=\"width:100%;max-width:{Width}px;font:12px system-ui,sans-serif\" fill=\"currentColor\" stroke=\"none\">");
        if (range.State == RangeState.Proposed)
        {
            Add($"<rect x=\"{X(range.Low):F1}\" y=\"{Top}\" width=\"{X(range.High) - X(range.Low):F1}\" height=\"{Height - Top - Bottom}\" fill=\"#009e73\" opacity=\"0.15\"/>");
        }

        for (var decade = (int)Math.Ceiling(scale.From); decade <= scale.To; decade++)
        {
            Add($"<line x1=\"{X(Math.Pow(10, decade)):F1}\" x2=\"{X(Math.Pow(10, decade)):F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"currentColor\" opacity=\"0.15\"/><text x=\"{X(Math.Pow(10, decade)):F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Label.Rate(Math.Pow(10, decade))}</text>");
        }

        foreach (var loss in (double[])[low, (low + high) / 2, high])
        {
            Add($"<text x=\"{Left - 6}\" y=\"{Y(loss) + 4:F1}\" text-anchor=\"end\">{Label.Number(loss)}</text>");
        }

        Add($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">learning rate</text>");
        var visible = scale.Finite.Where(point => point.Loss <= high);
        Add($"<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" points=\"{string.Join(' ', visible.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Rate):F1},{Y(point.Loss):F1}")))}\"/>");
        foreach (var point in range.Curve.Where(point => !(point.Loss <= high)))
        {
            var (x, y) = (X(point.Rate), (double)Top);
            Add($"<path d=\"M{x - 3:F1} {y - 3:F1}l6 6m0-6l-6 6\" stroke=\"#d55e00\" stroke-width=\"1.5\"/>");
        }

        html.Append("</svg>");

        double X(double rate) => Left + (scale.Share(rate) * (Width - Left - Right));

        double Y(double loss) => Top + (scale.Below(loss) * (Height - Top - Bottom));

        void Add(FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
