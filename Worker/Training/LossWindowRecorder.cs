namespace CloudSweep.Worker.Training;

/// <summary>Mean and standard deviation of the batch losses of one window (Welford 1962).</summary>
internal struct LossWindowRecorder
{
    private double _mean;
    private double _m2;

    public long Steps { get; private set; }

    public readonly double Mean => _mean;

    /// <summary>Over the window's batches, population.</summary>
    public readonly double StandardDeviation => Math.Sqrt(_m2 / Steps);

    public void Add(double loss)
    {
        Steps++;
        var difference = loss - _mean;
        _mean += difference / Steps;
        _m2 += difference * (loss - _mean);
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(_mean);
        writer.Write(_m2);
    }

    public static LossWindowRecorder Read(BinaryReader reader) =>
        new() { Steps = reader.ReadInt64(), _mean = reader.ReadDouble(), _m2 = reader.ReadDouble() };
}
