using CloudSweep.TestSupport.Store;
using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Tests.Storage;

/// <summary>State folders of earlier versions can still be read.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private static readonly string[] UndoVariants =
    [
        "UPDATE trials SET parameters_json = json_remove(parameters_json, '$.model', '$.training')",
        """UPDATE sweeps SET spec_json = '{"model":{"kind":"mlp","hidden":[8,4],"activation":"tanh"},"training":{"epochs":3,"batchSize":null,"seed":-1}}'""",
        """UPDATE sweeps SET train_rows = 99, profile_json = '{"shards":[{"blocks":[{"rows":9,"trainRows":7},{"rows":9,"trainRows":8}]},{"blocks":[{"rows":3,"trainRows":2}]}]}'""",
        "ALTER TABLE sweeps RENAME COLUMN train_rows TO steps_per_trial",
        "ALTER TABLE checkpoints RENAME COLUMN position TO step",
        "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0003-variants.sql'",
    ];

    private readonly StateFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FolderFromBeforeVariants_TakesModelAndTrainingFromTheSweep()
    {
        await WriteOldFolderAsync();

        await using var store = _folder.Open();

        var (sweep, trials, checkpoints) = await store.ReadAsync(
            view => (view.FindSweep(StoreSamples.Id("a"))!, view.ListTrials(StoreSamples.Id("a")), view.ListObsoleteCheckpoints(10)), None);
        Assert.Equal(7 + 8 + 2, sweep.TrainRows);
        Assert.Equal([StoreSamples.FullTrial("a", 1), StoreSamples.Trial("a", 2, job: 1)], trials);
        Assert.Equal(3, checkpoints.Count);
    }

    private async Task WriteOldFolderAsync()
    {
        await using (var store = _folder.Open())
        {
            await store.WriteAsync(
                transaction =>
                {
                    StoreSamples.InsertEverything(transaction);
                    return true;
                },
                None);
        }

        await using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=False");
        await connection.OpenAsync(None);
        foreach (var statement in UndoVariants)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(None);
        }
    }
}
