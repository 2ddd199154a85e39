using CloudSweep.Core.Domain;

namespace CloudSweep.Core.InMemory;

/// <summary>What makes a measurement the same one. Sorts by trial, try, step, and evaluations before loss windows before tests before rungs.</summary>
internal readonly record struct MeasurementKey(int Trial, int Try, long Step, int Kind) : IComparable<MeasurementKey>
{
    public static MeasurementKey Of(Measurement measurement) =>
        new(measurement.Trial, measurement.Try, measurement.Step, measurement switch
        {
            Measurement.Evaluation => 1,
            Measurement.LossWindow => 2,
            Measurement.Test => 3,
            Measurement.Rung => 4,
            _ => throw new ArgumentOutOfRangeException(nameof(measurement)),
        });

    public int CompareTo(MeasurementKey other) =>
        (Trial, Try, Step, Kind).CompareTo((other.Trial, other.Try, other.Step, other.Kind));

    public static bool operator <(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) < 0;

    public static bool operator >(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MeasurementKey left, MeasurementKey right) => left.CompareTo(right) >= 0;
}
