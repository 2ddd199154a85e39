using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data.Formats;

internal static class ColumnNumbers
{
    /// <summary>Statistics of a column that must be numeric.</summary>
    public static ColumnStatistics Numbers(this ColumnProfile column) => Assert.IsType<ColumnProfile.Numeric>(column).Statistics;
}
