namespace CloudSweep.Worker.Data.Csv;

/// <summary>Where a cell's content is in the buffer, without its quotes.</summary>
internal readonly record struct CsvCell(int Start, int Length, bool HasDoubledQuotes);
