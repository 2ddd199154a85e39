using System.Globalization;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>What was read, in one line: <c>1,797 rows x 64 features, 10 classes; 1,438 train, 359 validation</c>.</summary>
internal static class DataText
{
    public static string Of(DataSummary data)
    {
        var classes = data.Classes == 0 ? "" : $", {Count(data.Classes)} classes";
        return $"{Count(data.TrainRows + data.ValidationRows)} rows x {Count(data.Features)} features{classes}; {Count(data.TrainRows)} train, {Count(data.ValidationRows)} validation";
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
