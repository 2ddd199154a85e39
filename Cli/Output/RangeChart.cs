using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>Loss against learning rate in characters: at most 80 columns, a logarithmic axis, the proposed bounds as [ and ] on it.</summary>
internal static class RangeChart
{
    private const int Width = 64;
    private const int Height = 9;
    private const int LabelWidth = 9;

    public static void Write(TextWriter output, RangeProposal range)
    {
        if (RangeScale.Of(range) is not { } scale)
        {
            return;
        }

        var (low, high) = (scale.Low, scale.High);
        var canvas = Enumerable.Range(0, Height).Select(_ => new string(' ', Width).ToCharArray()).ToArray();
        foreach (var column in range.Curve.GroupBy(point => Column(point.Rate)))
        {
            var here = column.Where(point => double.IsFinite(point.Loss)).ToArray();
            var loss = here.Length == 0 ? double.PositiveInfinity : here.Average(point => point.Loss);
            canvas[Row(loss)][column.Key] = loss > high ? '^' : '*';
        }

        for (var row = 0; row < Height; row++)
        {
            var label = row is 0 or Height / 2 or Height - 1 ? Label.Number(high - ((high - low) * row / (Height - 1))) : "";
            output.WriteLine($"{label.PadLeft(LabelWidth)} |{new string(canvas[row]).TrimEnd()}");
        }

        var axis = new string('-', Width).ToCharArray();
        if (range.State == RangeState.Proposed)
        {
            (axis[Column(range.Low)], axis[Column(range.High)]) = ('[', ']');
        }

        output.WriteLine($"{"",LabelWidth} +{new string(axis)}");
        output.WriteLine($"{"",LabelWidth}  {Decades()}");

        int Column(double rate) => Math.Clamp((int)Math.Round(scale.Share(rate) * (Width - 1)), 0, Width - 1);

        int Row(double loss) => loss >= high ? 0 : Math.Clamp((int)Math.Round(scale.Below(loss) * (Height - 1)), 0, Height - 1);

        string Decades()
        {
            var text = new string(' ', Width + 4).ToCharArray();
            for (var decade = (int)Math.Ceiling(scale.From); decade <= scale.To; decade += 2)
            {
                Label.Rate(Math.Pow(10, decade)).CopyTo(0, text, Column(Math.Pow(10, decade)), Label.Rate(Math.Pow(10, decade)).Length);
            }

            return new string(text).TrimEnd();
        }
    }

    /// <summary>What the signs mean.</summary>
    public static string Legend(RangeProposal range) => string.Create(
        CultureInfo.InvariantCulture, $"training loss against learning rate, mean of {RangeText.Ramps(range)}; [ and ]: proposed bounds; ^: above the chart, or blown up");
}
