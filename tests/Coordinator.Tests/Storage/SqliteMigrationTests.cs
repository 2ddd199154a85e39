using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
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

    private static readonly string[] UndoTallies =
    [
        "UPDATE trials SET parameters_json = json_remove(parameters_json, '$.training.gradientClip') WHERE json_extract(parameters_json, '$.training.gradientClip') IS NULL",
        "DROP TABLE trial_tallies",
        "DROP TABLE attempt_totals",
        "DROP INDEX trials_by_score",
        "DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0010-tallies.sql'",
    ];

    private readonly StateFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FolderFromBeforeVariants_TakesModelAndTrainingFromTheSweep()
    {
        await WriteOldFolderAsync(UndoVariants);

        await using var store = _folder.Open();

        var (sweep, trials, checkpoints) = await store.ReadAsync(
            view => (view.FindSweep(StoreSamples.Id("a"))!, view.ListTrials(StoreSamples.Id("a")), view.ListObsoleteCheckpoints(10)), None);
        Assert.Equal(7 + 8 + 2, sweep.TrainRows);
        Assert.Equal([StoreSamples.FullTrial("a", 1), StoreSamples.Trial("a", 2, job: 1)], trials);
        Assert.Equal(3, checkpoints.Count);
    }

    [Fact]
    public async Task Open_FolderFromBeforeTallies_SumsUpWhatIsThere()
    {
        await WriteOldFolderAsync(UndoTallies);

        await using var store = _folder.Open();

        var (tallies, totals, best) = await store.ReadAsync(
            view => (view.TallyTrials(StoreSamples.Id("a")), view.SumAttempts(StoreSamples.Id("a")), view.FindBestTrial(StoreSamples.Id("a"), ObjectiveGoal.Minimize)), None);
        var training = StoreSamples.Trial("a", 1).Parameters.Training;
        Assert.Equal([new TrialTally(TrialState.Pending, training, null, 1, 0), new TrialTally(TrialState.Diverged, training, null, 1, 5_000_000_000)], tallies.OrderBy(tally => tally.State));
        Assert.Equal(new AttemptTotals(1, 2, 5_000_000_000, 4), totals);
        Assert.Null(best);
    }

    [Fact]
    public async Task UpdateTrial_FolderFromBeforeTallies_LeavesNothingCountedTwice()
    {
        await WriteOldFolderAsync(UndoTallies);
        await using var store = _folder.Open();

        var tallies = await store.WriteAsync(
            transaction =>
            {
                transaction.UpdateTrial(transaction.FindTrial(StoreSamples.Id("a"), 2)! with { State = TrialState.Running, Step = 3 });
                return transaction.TallyTrials(StoreSamples.Id("a"));
            },
            None);

        var training = StoreSamples.Trial("a", 1).Parameters.Training;
        Assert.Equal([new TrialTally(TrialState.Running, training, null, 1, 3), new TrialTally(TrialState.Diverged, training, null, 1, 5_000_000_000)], tallies.OrderBy(tally => tally.State));
    }

    private async Task WriteOldFolderAsync(IEnumerable<string> undo)
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
        foreach (var statement in undo)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(None);
        }
    }
}
