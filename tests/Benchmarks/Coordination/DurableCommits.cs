using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>How many commits of a row each this disk makes durable in a second, one after the other, with the settings of the Coordinator's store.</summary>
internal static class DurableCommits
{
    private const int Commits = 200;

    /// <param name="folder">Where to make the database.</param>
    public static double PerSecond(string folder)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (number INTEGER PRIMARY KEY, text TEXT)");
            var started = Stopwatch.GetTimestamp();
            for (var commit = 0; commit < Commits; commit++)
            {
                Run(connection, "INSERT INTO rows (text) VALUES ('one row of the size of a measurement, a hundred characters or so, which fills a part of a page')");
            }

            return Commits / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
