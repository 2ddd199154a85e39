namespace CloudSweep.Worker.Data.Rows;

/// <summary>How a number becomes a feature: (x − offset) / divisor, clipped.</summary>
/// <param name="Divisor">&gt; 0.</param>
/// <param name="Clip">Bound on the magnitude; +∞ = none.</param>
internal readonly record struct NumberScaling(double Offset, double Divisor, double Clip)
{
    public float Apply(double raw) => (float)Math.Clamp((raw - Offset) / Divisor, -Clip, Clip);
}
