using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>The weights that a lane had at its best evaluation; the earliest of equals, as its score is chosen.</summary>
/// <param name="objective">Says what is best.</param>
/// <param name="parameterCount">Of the lane's model.</param>
internal sealed class BestWeights(Objective objective, int parameterCount)
{
    private readonly float[] _parameters = new float[parameterCount];
    private double _value = double.PositiveInfinity;

    /// <summary>Optimizer steps at that evaluation; 0 before there was one with a finite value.</summary>
    public long Step { get; private set; }

    public ReadOnlySpan<float> Parameters => _parameters;

    /// <param name="evaluation">Of the weights.</param>
    /// <param name="parameters">Copied when they are the best so far.</param>
    public void Observe(Measurement.Evaluation evaluation, ReadOnlySpan<float> parameters)
    {
        var sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        foreach (var metric in evaluation.Metrics)
        {
            if (metric.Name == objective.Metric && double.IsFinite(metric.Value) && sign * metric.Value < _value)
            {
                (_value, Step) = (sign * metric.Value, evaluation.Step);
                parameters.CopyTo(_parameters);
            }
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Step);
        writer.Write(_value);
        FloatBlock.Write(writer, _parameters);
    }

    public void Read(BinaryReader reader)
    {
        (Step, _value) = (reader.ReadInt64(), reader.ReadDouble());
        FloatBlock.Read(reader, _parameters);
    }
}
