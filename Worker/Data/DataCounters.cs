namespace CloudSweep.Worker.Data;

/// <summary>How much data an attempt has read so far. Safe for several threads.</summary>
internal sealed class DataCounters
{
    private long _textRows;
    private long _blockRows;
    private long _bytesRead;

    /// <summary>Rows parsed from text.</summary>
    public long TextRows => Interlocked.Read(ref _textRows);

    /// <summary>Rows read from cached blocks.</summary>
    public long BlockRows => Interlocked.Read(ref _blockRows);

    /// <summary>Stored bytes read from shards.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public void AddTextRows(long rows) => Interlocked.Add(ref _textRows, rows);

    public void AddBlockRows(long rows) => Interlocked.Add(ref _blockRows, rows);

    public void AddBytesRead(long bytes) => Interlocked.Add(ref _bytesRead, bytes);
}
