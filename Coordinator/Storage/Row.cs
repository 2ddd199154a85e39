using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Statements over one connection. Instants are UTC ticks, flags 0 or 1, absent values NULL.</summary>
internal sealed class Row(SqliteDataReader reader)
{
    private int _column;

    public string Text() => reader.GetString(_column++);

    public string? OptionalText() => reader.IsDBNull(_column++) ? null : reader.GetString(_column - 1);

    public int Integer() => reader.GetInt32(_column++);

    public int? OptionalInteger() => reader.IsDBNull(_column++) ? null : reader.GetInt32(_column - 1);

    public long Integer64() => reader.GetInt64(_column++);

    public bool Flag() => Integer64() != 0;

    public DateTimeOffset Instant() => new(Integer64(), TimeSpan.Zero);

    public DateTimeOffset? OptionalInstant() => reader.IsDBNull(_column) ? Skip() : Instant();

    public double? OptionalReal() => reader.IsDBNull(_column++) ? null : reader.GetDouble(_column - 1);

    public byte[] Bytes() => (byte[])reader.GetValue(_column++);

    private DateTimeOffset? Skip()
    {
        _column++;
        return null;
    }
}
