namespace CloudSweep.Worker.Data.Csv;

/// <summary>The text can't be cut into records from this line on.</summary>
internal sealed class CsvFormatException(long line, string problem) : Exception(problem)
{
    public long Line { get; } = line;
}
