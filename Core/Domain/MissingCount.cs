namespace CloudSweep.Core.Domain;

/// <summary>In how many rows a column has no value.</summary>
/// <param name="TrainRows">Of the training rows.</param>
/// <param name="ValidationRows">Of the validation rows.</param>
public readonly record struct MissingCount(long TrainRows, long ValidationRows)
{
    public MissingCount Plus(MissingCount other) => new(TrainRows + other.TrainRows, ValidationRows + other.ValidationRows);
}
