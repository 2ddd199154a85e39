using CloudSweep.Benchmarks.Tables;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>Data of several kinds, all decided by seeds in the code.</summary>
internal static class GeneratedRows
{
    /// <summary>A bell-shaped cloud for each class, close enough to overlap.</summary>
    public static TableRows Clouds(int trainRows, int validationRows, int features, int classes, double spread)
    {
        var draws = new Draws(11);
        var centers = Enumerable.Range(0, classes).Select(_ => draws.Normals(features)).ToArray();
        int[] labels = [.. Enumerable.Range(0, trainRows + validationRows).Select(_ => draws.Whole(0, classes - 1))];
        double[][] table = [.. labels.Select(label => draws.Normals(features).Zip(centers[label], (noise, center) => center + (spread * noise)).ToArray())];
        return TableRows.OfClasses(TableRows.Standardized(table, trainRows), labels, trainRows);
    }

    /// <summary>The class of the highest score of a random network with one hidden layer; a tenth of the labels are wrong.</summary>
    public static TableRows Teacher(int trainRows, int validationRows, int features, int classes)
    {
        var draws = new Draws(12);
        var (hidden, output) = (Layer(draws, 8, features), Layer(draws, classes, 8));
        double[][] table = [.. Enumerable.Range(0, trainRows + validationRows).Select(_ => draws.Normals(features))];
        int[] labels = [.. table.Select(row => draws.Uniform(0, 1) < 0.1 ? draws.Whole(0, classes - 1) : IndexOfLargest(Apply(output, [.. Apply(hidden, row).Select(Math.Tanh)])))];
        return TableRows.OfClasses(table, labels, trainRows);
    }

    /// <summary>Two classes with logits of a linear model.</summary>
    public static TableRows TwoClasses(int trainRows, int validationRows, int features)
    {
        var draws = new Draws(13);
        var weights = draws.Normals(features);
        double[][] table = [.. Enumerable.Range(0, trainRows + validationRows).Select(_ => draws.Normals(features))];
        int[] labels = [.. table.Select(row => draws.Uniform(0, 1) < 1 / (1 + Math.Exp(-Dot(row, weights))) ? 1 : 0)];
        return TableRows.OfClasses(table, labels, trainRows);
    }

    /// <summary>A linear function of features whose spread falls by powers of ten, with noise.</summary>
    public static TableRows Linear(int trainRows, int validationRows, int features, double decades, double noise)
    {
        var draws = new Draws(14);
        var weights = draws.Normals(features);
        double[] spreads = [.. Enumerable.Range(0, features).Select(index => Math.Pow(10, -decades * index / Math.Max(1, features - 1)))];
        double[][] table = [.. Enumerable.Range(0, trainRows + validationRows).Select(_ => draws.Normals(features).Zip(spreads, (value, spread) => value * spread).ToArray())];
        return TableRows.OfNumbers(table, [.. table.Select(row => Dot(row, weights) + (noise * draws.Normal()))], trainRows);
    }

    /// <summary>A curved function of a few features, with noise (Friedman 1991, the first of his three).</summary>
    public static TableRows Friedman(int trainRows, int validationRows)
    {
        var draws = new Draws(15);
        double[][] table = [.. Enumerable.Range(0, trainRows + validationRows).Select(_ => (double[])[.. Enumerable.Range(0, 10).Select(_ => draws.Uniform(0, 1))])];
        double[] labels = [.. table.Select(x => (10 * Math.Sin(Math.PI * x[0] * x[1])) + (20 * Math.Pow(x[2] - 0.5, 2)) + (10 * x[3]) + (5 * x[4]) + draws.Normal())];
        return TableRows.OfNumbers(TableRows.Standardized(table, trainRows), labels, trainRows);
    }

    private static double[][] Layer(Draws draws, int outputs, int inputs) =>
        [.. Enumerable.Range(0, outputs).Select(_ => (double[])[.. draws.Normals(inputs).Select(weight => 2 * weight / Math.Sqrt(inputs))])];

    private static double[] Apply(double[][] layer, double[] inputs) => [.. layer.Select(weights => Dot(inputs, weights))];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static int IndexOfLargest(double[] values) => Array.IndexOf(values, values.Max());
}
