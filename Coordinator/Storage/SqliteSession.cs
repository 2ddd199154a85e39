using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Runs prepared statements on one connection; a statement is prepared once.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>All rows of a query. Parameters are ?1, ?2, …; strings, numbers, flags, instants, bytes or null.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(new Row(reader)));
        }

        return rows;
    }

    public T? First<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> parameters)
        where T : class
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : null;
    }

    public long Number(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : 0;
    }

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    /// <exception cref="InvalidOperationException">It breaks a constraint.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        try
        {
            return Prepare(sql, parameters).ExecuteNonQuery();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new InvalidOperationException($"The store refuses a row: {exception.Message}", exception);
        }
    }

    /// <summary>Runs an update of exactly one row.</summary>
    /// <exception cref="InvalidOperationException">There is no such row.</exception>
    public void ExecuteOne(string what, string sql, params ReadOnlySpan<object?> parameters)
    {
        if (Execute(sql, parameters) != 1)
        {
            throw new InvalidOperationException($"There is no {what}.");
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this folder; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 1; index <= parameters.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{index}" });
            }

            _commands.Add(sql, command);
        }

        for (var index = 0; index < parameters.Length; index++)
        {
            command.Parameters[index].Value = ToValue(parameters[index]);
        }

        return command;
    }

    private static object ToValue(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcTicks,
        bool flag => flag ? 1L : 0L,
        Enum state => Convert.ToInt64(state, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}
