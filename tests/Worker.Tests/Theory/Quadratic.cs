using CloudSweep.Benchmarks.Tables;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>Least squares with random rows: the loss is a quadratic of the weights and the bias.</summary>
internal static class Quadratic
{
    public const int TrainRows = 48;
    private const int ValidationRows = 192;

    /// <summary>
    /// 1 to 8 correlated features of which the spread falls by up to 10⁻² from the widest direction to the narrowest, so the Hessian's condition number
    /// goes up to 10⁴ and more; means up to 1 beside 0; in half of the problems the columns are standardized as <c>data.scale</c> does, in the others they
    /// are as large as drawn.
    /// </summary>
    public static TableRows Random(Draws draws)
    {
        var size = draws.Whole(1, 8);
        var narrowest = draws.Uniform(-2, 0);
        var directions = Rotation(draws, size);
        double[] spreads = [.. Enumerable.Range(0, size).Select(index => Math.Pow(10, size == 1 ? 0 : narrowest * index / (size - 1)))];
        var (scale, isStandard) = (Math.Pow(10, draws.Uniform(-0.7, 0.7)), draws.Uniform(0, 1) < 0.5);
        double[] means = [.. Enumerable.Range(0, size).Select(_ => draws.Uniform(-1, 1))];
        double[] weights = draws.Normals(size);
        var features = Rows(draws, spreads).Select(row => Turn(row, directions).Zip(means, (value, mean) => scale * (value + mean)).ToArray()).ToArray();
        var noise = draws.Uniform(0.05, 0.5) * scale * Math.Sqrt(weights.Sum(weight => weight * weight) / size);
        double[] labels = [.. features.Select(row => row.Zip(weights, (value, weight) => value * weight).Sum() + (noise * draws.Normal()))];
        return TableRows.OfNumbers(isStandard ? TableRows.Standardized(features, TrainRows) : features, labels, TrainRows);
    }

    private static double[][] Rows(Draws draws, double[] spreads) =>
        [.. Enumerable.Range(0, TrainRows + ValidationRows).Select(_ => (double[])[.. spreads.Select(spread => spread * draws.Normal())])];

    private static double[] Turn(double[] row, double[][] directions) =>
        [.. Enumerable.Range(0, row.Length).Select(column => row.Zip(directions, (value, direction) => value * direction[column]).Sum())];

    // Orthonormal: Gram and Schmidt on random directions.
    private static double[][] Rotation(Draws draws, int size)
    {
        var directions = new List<double[]>();
        while (directions.Count < size)
        {
            var next = draws.Normals(size);
            foreach (var known in directions)
            {
                var part = next.Zip(known, (left, right) => left * right).Sum();
                next = [.. next.Zip(known, (value, direction) => value - (part * direction))];
            }

            var length = Math.Sqrt(next.Sum(value => value * value));
            directions.Add([.. next.Select(value => value / length)]);
        }

        return [.. directions];
    }
}
