using CloudSweep.Core.Domain;

namespace CloudSweep.Core.InMemory;

/// <summary>What makes a measurement the same one. Sorts by trial, try, step, and evaluations before loss windows.</summary>
internal readonly record struct MeasurementKey(int Trial, int Try, long Step, bool IsLossWindow) : IComparable<MeasurementKey>
{
    public static MeasurementKey Of(Measurement measurement) =>
        new(measurement.Trial, measurement.Try, measurement.Step, measurement is Measurement.LossWindow);

    public int CompareTo(MeasurementKey other) =>
        (Trial, Try, Step, IsLossWindow).CompareTo((other.Trial, other.Try, other.Step, other.IsLossWindow));

    public static bool operator <(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) < 0;

    public static bool operator >(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) >= 0;
}
