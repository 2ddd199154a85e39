using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of single numbers below one field. NaN breaks every rule.</summary>
internal sealed class ConstantRules(string field, List<SpecViolation> violations)
{
    // Far beyond any use, and single precision still holds it and its square root of sums.
    private const double Largest = 1e30;

    public void NotNegative(string key, double value, string example) =>
        Require(key, value, value is >= 0 and <= Largest, $"use 0 or more, up to 1e30, such as {example}");

    /// <summary>0 ≤ value &lt; 1, as decays of running averages are.</summary>
    public void ShareBelowOne(string key, double value) => Require(key, value, value is >= 0 and < 1, "use at least 0 and below 1");

    /// <summary>0 &lt; value ≤ 1.</summary>
    public void Factor(string key, double value, string example) =>
        Require(key, value, value is > 0 and <= 1, $"use a factor above 0 and up to 1, such as {example}");

    /// <summary>1 ≤ value.</summary>
    public void Divisor(string key, double value, string example) => Require(key, value, value is >= 1 and <= Largest, $"use 1 or more, up to 1e30, such as {example}");

    public void Require(string key, double value, bool holds, string rule)
    {
        if (!holds)
        {
            violations.Add(new SpecViolation($"{field}.{key}", SweepSpecRules.Text($"{value} is out of range; {rule}.")));
        }
    }
}
