using CloudSweep.Core.Domain;
using DbUp;
using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Opens the database file of a state folder and brings its schema up to date.</summary>
internal static class SqliteDatabase
{
    private const string FileName = "cloudsweep.db";

    public static string PathIn(string directory) => Path.Combine(directory, FileName);

    /// <summary>Makes the folder (mode 0700) when it is absent.</summary>
    public static void CreateDirectory(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The state folder {directory} can't be made: {exception.Message}", exception);
        }
    }

    /// <summary>Runs the numbered scripts that the database does not have yet.</summary>
    /// <exception cref="StoreUnavailableException">Damaged, or made by a newer version.</exception>
    public static void Migrate(string directory)
    {
        try
        {
            RunMissingScripts(directory);
        }
        catch (SqliteException exception)
        {
            throw Unusable(directory, exception);
        }
    }

    /// <exception cref="StoreUnavailableException">Damaged or unreadable.</exception>
    public static SqliteConnection Open(string directory, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = PathIn(directory),
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
            ForeignKeys = true,
        }.ToString());
        try
        {
            connection.Open();
            using var pragmas = connection.CreateCommand();

            // Temporary files would need a place beside the database's folder, which a container with a read-only root file system does not have.
            const string Both = "PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY;";
            pragmas.CommandText = mode == SqliteOpenMode.ReadOnly ? Both : $"{Both} PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;";
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Unusable(directory, exception);
        }
    }

    private static void RunMissingScripts(string directory)
    {
        using var connection = Open(directory, SqliteOpenMode.ReadWriteCreate);
        RestrictToOwner(PathIn(directory));
        var upgrader = DeployChanges.To
            .SqliteDatabase(connection.ConnectionString)
            .WithScriptsEmbeddedInAssembly(typeof(SqliteDatabase).Assembly)
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build();
        var known = upgrader.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (upgrader.GetExecutedScripts().FirstOrDefault(script => !known.Contains(script)) is { } newer)
        {
            throw new StoreUnavailableException($"The state folder {directory} was written by a newer version ({newer}). Use that version, or give another folder (--state, for a Coordinator Storage:Directory).");
        }

        var result = upgrader.PerformUpgrade();
        if (!result.Successful)
        {
            throw new StoreUnavailableException($"The database in {directory} can't be brought up to date: {result.Error.Message}", result.Error);
        }
    }

    private static StoreUnavailableException Unusable(string directory, SqliteException exception) =>
        new($"The database in {directory} can't be opened: {exception.Message}. Restore it, or give another folder (--state, for a Coordinator Storage:Directory).", exception);

    private static void RestrictToOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
