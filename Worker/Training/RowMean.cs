namespace CloudSweep.Worker.Training;

/// <summary>Mean of a number over rows, and its standard error.</summary>
internal struct RowMean
{
    private PartialSums _sum;
    private PartialSums _squares;

    public long Rows { get; private set; }

    public readonly double Mean => _sum.Total() / Rows;

    /// <summary>s/√n with the sample's s; NaN with one row.</summary>
    public readonly double StandardError
    {
        get
        {
            var mean = Mean;
            var variance = Rows > 1 ? Math.Max(0, (_squares.Total() - (Rows * mean * mean)) / (Rows - 1)) : double.NaN;
            return Math.Sqrt(variance / Rows);
        }
    }

    public void Add(double value)
    {
        _sum.Add(Rows, value);
        _squares.Add(Rows, value * value);
        Rows++;
    }
}
