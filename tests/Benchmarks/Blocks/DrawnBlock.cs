using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>The rows of one block, drawn uniformly, with the statistics of its columns.</summary>
internal sealed class DrawnBlock
{
    public DrawnBlock(CellKind kind, int features, int classes, int seed)
    {
        Features = features;
        Rows = BlockFormat.RowsPerBlock(features);
        Values = new double[Rows * features];
        Labels = new int[Rows];
        var draws = new Draws(seed);
        var statistics = new RunningStatistics(features);
        for (var row = 0; row < Rows; row++)
        {
            Labels[row] = row % classes;
            var values = Values.AsSpan(row * features, features);
            foreach (ref var value in values)
            {
                value = Draw(kind, draws);
            }

            statistics.Add(values);
        }

        Columns = [.. Enumerable.Range(0, features).Select(feature => new ColumnProfile.Numeric(statistics.Of(feature)))];
    }

    public int Features { get; }

    public int Rows { get; }

    /// <summary>Row-major.</summary>
    public double[] Values { get; }

    public int[] Labels { get; }

    public IReadOnlyList<ColumnProfile> Columns { get; }

    private static double Draw(CellKind kind, Draws draws) => kind switch
    {
        CellKind.Pixel => Math.Floor(draws.Uniform(0, 256)),
        CellKind.Integer => Math.Floor(draws.Uniform(-1e6, 1e6)),
        CellKind.Single => (float)draws.Uniform(-1, 1),
        _ => draws.Uniform(-1, 1),
    };
}
