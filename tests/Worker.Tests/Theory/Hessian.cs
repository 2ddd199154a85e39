using CloudSweep.Benchmarks.Tables;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>
/// The second derivatives of the mean squared error of a linear model with a bias: 2·ZᵀZ/n, where Z are the rows as the lanes see them with a 1 appended.
/// In double precision and with nothing of the trainer's.
/// </summary>
internal static class Hessian
{
    /// <summary>Ascending.</summary>
    public static double[] Eigenvalues(TableRows rows)
    {
        var size = rows.FeatureCount + 1;
        var matrix = new double[size, size];
        for (var row = 0; row < rows.TrainRows; row++)
        {
            double[] extended = [.. rows.Row(row).ToArray().Select(value => (double)value), 1];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    matrix[i, j] += 2 * extended[i] * extended[j] / rows.TrainRows;
                }
            }
        }

        return Diagonalize(matrix, size);
    }

    // Jacobi 1846: a rotation makes one pair of entries 0; thirty rounds over all pairs leave nothing beside the diagonal.
    private static double[] Diagonalize(double[,] matrix, int size)
    {
        for (var round = 0; round < 30; round++)
        {
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    Rotate(matrix, size, p, q);
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(index => matrix[index, index]).Order()];
    }

    private static void Rotate(double[,] matrix, int size, int p, int q)
    {
        var angle = 0.5 * Math.Atan2(2 * matrix[p, q], matrix[q, q] - matrix[p, p]);
        var (sine, cosine) = Math.SinCos(angle);
        for (var k = 0; k < size; k++)
        {
            (matrix[k, p], matrix[k, q]) = ((cosine * matrix[k, p]) - (sine * matrix[k, q]), (sine * matrix[k, p]) + (cosine * matrix[k, q]));
        }

        for (var k = 0; k < size; k++)
        {
            (matrix[p, k], matrix[q, k]) = ((cosine * matrix[p, k]) - (sine * matrix[q, k]), (sine * matrix[p, k]) + (cosine * matrix[q, k]));
        }
    }
}
