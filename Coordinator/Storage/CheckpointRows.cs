using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>The table of registered checkpoints.</summary>
internal sealed class CheckpointRows(SqliteSession session)
{
    private const string Columns = "name, sweep, job, fencing_token, position, size_bytes, is_obsolete, trial";

    public IReadOnlyList<CheckpointRecord> ListObsolete(int limit) =>
        session.Query($"SELECT {Columns} FROM checkpoints WHERE is_obsolete = 1 ORDER BY name LIMIT ?1", Read, limit);

    public IReadOnlyList<CheckpointRecord> List(JobId job) =>
        session.Query($"SELECT {Columns} FROM checkpoints WHERE sweep = ?1 AND job = ?2 ORDER BY position, name", Read, job.Sweep.Value, job.Number);

    public void Put(CheckpointRecord checkpoint) => session.Execute(
        $"INSERT OR REPLACE INTO checkpoints ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        checkpoint.Name, checkpoint.Job.Sweep.Value, checkpoint.Job.Number, checkpoint.FencingToken, checkpoint.Position, checkpoint.SizeBytes, checkpoint.IsObsolete, checkpoint.Trial);

    public void Delete(string name) => session.Execute("DELETE FROM checkpoints WHERE name = ?1", name);

    private static CheckpointRecord Read(Row row) => new(
        row.Text(), new JobId(new SweepId(row.Text()), row.Integer()), row.Integer64(), row.Integer64(), row.Integer64(), row.Flag(), row.OptionalInteger());
}
