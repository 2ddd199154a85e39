namespace CloudSweep.Benchmarks.Blocks;

/// <summary>What a process tells that went through data once.</summary>
/// <param name="Rows">Training rows.</param>
/// <param name="ProfileSeconds">Wall time of the profile pass.</param>
/// <param name="EpochSeconds">Wall time of the epoch, validation included.</param>
/// <param name="ProcessorSeconds">User and system time of the process.</param>
/// <param name="TextRows">Rows parsed from text, by both.</param>
internal sealed record StreamedRunResult(long Rows, double ProfileSeconds, double EpochSeconds, double ProcessorSeconds, long TextRows)
{
    public double RowsPerSecond => Rows / (ProfileSeconds + EpochSeconds);

    public double RowsPerProcessorSecond => Rows / ProcessorSeconds;
}
