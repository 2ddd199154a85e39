namespace CloudSweep.Core.RangeTest;

/// <summary>Where the curve of a range test begins to fall and to blow up.</summary>
internal sealed class RangeShape
{
    // A change of less than this share of the first loss is none, and so is a fall of less than this share of the whole fall.
    private const double Negligible = 0.01;
    private const double FirstShare = 0.05;

    // Five standard errors, for there are many points at which the loss might seem to fall or to rise; three where it is known that it falls.
    private const double SomewhereErrors = 5;
    private const double HereErrors = 3;

    // Half of the fall is lost again; or half of the first loss is added to it.
    private const double Lost = 0.5;

    private readonly IReadOnlyList<RangePoint> _points;
    private readonly (double Loss, double Error)[] _smooth;
    private readonly int _startCount;
    private readonly (double Loss, double Error) _start;

    // From here on the loss is far worse than before any training: what follows, also where it falls again, is no way to train.
    private readonly int _end;
    private readonly int _lowest;

    /// <param name="points">At least three, none of them blown up.</param>
    public RangeShape(IReadOnlyList<RangePoint> points)
    {
        _points = points;
        var half = Math.Max(0, (int)Math.Round(PointsPerDecade() / 8));
        _smooth = [.. points.Select((_, index) => MeanOf(Math.Max(0, index - half), Math.Min(points.Count - 1, index + half)))];
        _startCount = Math.Max(2, points.Count / 10);
        _start = MeanOf(0, _startCount - 1);
        _end = FirstAbove(_startCount, _start, Math.Abs(_start.Loss)) ?? points.Count;
        _lowest = Enumerable.Range(0, _end).MinBy(index => _smooth[index].Loss);
        var fall = _start.Loss - _smooth[_lowest].Loss;
        var hasFallen = fall > Noticeable(_smooth[_lowest].Error, SomewhereErrors);
        Fallen = hasFallen ? FirstBelow(fall) : null;
        IsFallingFromStart = hasFallen && StartFalls();
        BlownUp = (hasFallen ? FirstAbove(_lowest + 1, _smooth[_lowest], fall) : null) is { } lost ? points[lost].Rate : _end < points.Count ? points[_end].Rate : null;
    }

    /// <summary>Rate at which the loss begins to fall; null where it does not.</summary>
    public double? Fallen { get; }

    /// <summary>It falls from the lowest rate on, so where it begins to is not seen.</summary>
    public bool IsFallingFromStart { get; }

    /// <summary>Rate at which the loss, after its lowest, begins to blow up; null where it does not.</summary>
    public double? BlownUp { get; }

    private double PointsPerDecade() => (_points.Count - 1) / Math.Max(0.1, Math.Log10(_points[^1].Rate / _points[0].Rate));

    private double Noticeable(double error, double errors) => Math.Max(errors * Math.Sqrt((_start.Error * _start.Error) + (error * error)), Negligible * Math.Abs(_start.Loss));

    // From there it stays below until its lowest.
    private double FirstBelow(double fall)
    {
        var index = _lowest;
        while (index > 0 && _start.Loss - _smooth[index - 1].Loss > Math.Max(Noticeable(_smooth[index - 1].Error, HereErrors), FirstShare * fall))
        {
            index--;
        }

        return _points[index].Rate;
    }

    private bool StartFalls()
    {
        var middle = Math.Max(1, _startCount / 2);
        var (first, last) = (MeanOf(0, middle - 1), MeanOf(middle, _startCount - 1));
        var noise = SomewhereErrors * Math.Sqrt((first.Error * first.Error) + (last.Error * last.Error));
        return _lowest < _startCount || Fallen <= _points[_startCount - 1].Rate || first.Loss - last.Loss > Math.Max(noise, Negligible * Math.Abs(first.Loss));
    }

    /// <summary>First of two in a row, or the last of all, that are above a level by more than noise and half of a scale; null where none is.</summary>
    private int? FirstAbove(int begin, (double Loss, double Error) level, double scale)
    {
        for (var index = begin; index < _points.Count; index++)
        {
            if (IsAbove(index) && (index == _points.Count - 1 || IsAbove(index + 1)))
            {
                return index;
            }
        }

        return null;

        bool IsAbove(int index)
        {
            var error = Math.Sqrt((_points[index].Error * _points[index].Error) + (level.Error * level.Error));
            return _points[index].Loss - level.Loss > Math.Max(SomewhereErrors * error, Lost * scale);
        }
    }

    private (double Loss, double Error) MeanOf(int first, int last)
    {
        var (loss, squares, batches) = (0.0, 0.0, 0L);
        for (var index = first; index <= last; index++)
        {
            batches += _points[index].Batches;
        }

        for (var index = first; index <= last; index++)
        {
            var share = (double)_points[index].Batches / batches;
            loss += share * _points[index].Loss;
            squares += share * share * _points[index].Error * _points[index].Error;
        }

        return (loss, Math.Sqrt(squares));
    }
}
