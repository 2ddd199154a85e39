using System.Globalization;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>A bound that a figure must keep.</summary>
internal sealed record Goal
{
    private readonly double _bound;
    private readonly bool _isLower;

    private Goal(double bound, bool isLower) => (_bound, _isLower) = (bound, isLower);

    public static Goal AtLeast(double bound) => new(bound, isLower: true);

    public static Goal AtMost(double bound) => new(bound, isLower: false);

    public bool IsMetBy(double value) => _isLower ? value >= _bound : value <= _bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(_isLower ? ">=" : "<=")} {_bound:0.00}");
}
