using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Linear regression with an intercept in double precision: its Hessian and its solution by the normal equations.</summary>
internal sealed class LeastSquares
{
    private readonly double[][] _moments;
    private readonly double[] _products;
    private readonly double _squares;
    private readonly int _size;

    public LeastSquares(ITrainingRows rows)
    {
        _size = rows.FeatureCount + 1;
        _moments = [.. Enumerable.Range(0, _size).Select(_ => new double[_size])];
        _products = new double[_size];
        foreach (var (features, target) in Read(rows.OpenEpoch(0, 0), rows.FeatureCount))
        {
            for (var i = 0; i < _size; i++)
            {
                _products[i] += features[i] * target / rows.TrainRows;
                for (var j = 0; j < _size; j++)
                {
                    _moments[i][j] += features[i] * features[j] / rows.TrainRows;
                }
            }

            _squares += target * target / rows.TrainRows;
        }
    }

    /// <summary>Of the Hessian 2·XᵀX/n, by power iteration.</summary>
    public double LargestEigenvalue()
    {
        var vector = Enumerable.Range(0, _size).Select(index => 1.0 + index).ToArray();
        var length = 0.0;
        for (var round = 0; round < 10_000; round++)
        {
            vector = [.. _moments.Select(row => 2 * row.Zip(vector, (left, right) => left * right).Sum())];
            length = Math.Sqrt(vector.Sum(value => value * value));
            vector = [.. vector.Select(value => value / length)];
        }

        return length;
    }

    /// <summary>Smallest training loss, and the root mean squared error of its weights on validation rows in the label's unit.</summary>
    public (double Loss, double ValidationRmse) Optimum(ITrainingRows rows)
    {
        var weights = Solve();
        var validation = Read(rows.OpenValidation(), rows.FeatureCount)
            .Average(row => Math.Pow(row.Features.Zip(weights, (left, right) => left * right).Sum() - row.Target, 2));
        return (_squares - _products.Zip(weights, (left, right) => left * right).Sum(), rows.TargetDeviation * Math.Sqrt(validation));
    }

    // Gaussian elimination; the matrix is positive definite.
    private double[] Solve()
    {
        double[][] matrix = [.. _moments.Zip(_products, (row, product) => (double[])[.. row, product])];
        for (var pivot = 0; pivot < _size; pivot++)
        {
            for (var row = 0; row < _size; row++)
            {
                var factor = row == pivot ? 0 : matrix[row][pivot] / matrix[pivot][pivot];
                matrix[row] = [.. matrix[row].Zip(matrix[pivot], (left, right) => left - (factor * right))];
            }
        }

        return [.. matrix.Select((row, index) => row[_size] / row[index])];
    }

    private static List<(double[] Features, double Target)> Read(IRowReader reader, int featureCount)
    {
        var read = new List<(double[], double)>();
        var tile = new RowTile(64, featureCount);
        using (reader)
        {
            while (reader.Read(tile))
            {
                for (var row = 0; row < tile.Count; row++)
                {
                    read.Add(([.. tile.Features.AsSpan(row * featureCount, featureCount).ToArray().Select(value => (double)value), 1], tile.Targets[row]));
                }
            }
        }

        return read;
    }
}
