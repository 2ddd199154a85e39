namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Loss curves of 20 windows.</summary>
internal static class Curves
{
    /// <summary>A straight line.</summary>
    public static double[] Falling(double from, double to) => [.. Enumerable.Range(0, 20).Select(window => from + ((to - from) * window / 19))];

    /// <summary>Down and up around a level by an amplitude, in every window.</summary>
    public static double[] Alternating(double level, double amplitude) =>
        [.. Enumerable.Range(0, 20).Select(window => window % 2 == 0 ? level - amplitude : level + amplitude)];

    /// <summary>A level first half, then this second half.</summary>
    public static double[] EndingIn(params double[] secondHalf) => [.. Enumerable.Repeat(secondHalf[0], 10), .. secondHalf];
}
