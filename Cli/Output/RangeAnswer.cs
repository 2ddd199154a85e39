using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Output;

/// <summary>The answer of a sweep that is a range test only, at most 80 columns: bounds or why there are none, a small curve, and lines for the sweep file.</summary>
internal static class RangeAnswer
{
    public static void Write(TextWriter output, SweepResult result)
    {
        foreach (var range in result.Description.Ranges)
        {
            output.WriteWrapped("", RangeText.Of(range, result.Spec));
            RangeChart.Write(output, range);
            output.WriteLine();
        }

        if (result.Description.Ranges.FirstOrDefault(range => range.Curve.Count > 0) is { } drawn)
        {
            output.WriteWrapped("", RangeChart.Legend(drawn));
            output.WriteLine();
        }

        if (RangeLines.Of(result.Description.Ranges, result.Spec.Varied) is { Count: > 0 } lines)
        {
            output.WriteLine("To put into the sweep file, in the place of its learningRate and optimizer:");
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }

            output.WriteLine();
        }

        output.WriteWrapped("", "Ramps are short and only propose: 'learningRate: auto' has full trials check the bounds.");
    }
}
