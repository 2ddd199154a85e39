using System.Security.Cryptography;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Spec;

namespace CloudSweep.Coordinator.Application;

/// <summary>Stores a sweep and starts it.</summary>
internal sealed class SubmitSweep(ISweepStore store, TimeProvider time, SweepExpansion expansion, SweepChanges changes)
{
    private const int MaxRequestIdLength = 128;

    /// <exception cref="InvalidSweepException">The spec or the shard table breaks rules.</exception>
    /// <exception cref="SweepConflictException">The request id was used for something else.</exception>
    public async Task<SubmittedSweep> RunAsync(NewSweep submission, CancellationToken cancellationToken)
    {
        var record = Validate(submission);
        var submitted = await store.WriteAsync(transaction => FindOrInsert(transaction, record, submission), cancellationToken);
        await expansion.CompleteAsync(submitted.Id, cancellationToken);
        changes.Signal();
        return submitted;
    }

    private SubmittedSweep FindOrInsert(IStoreTransaction transaction, SweepRecord record, NewSweep submission)
    {
        if (transaction.FindSweepByRequest(record.RequestId) is { } repeated)
        {
            return repeated.Identity == record.Identity
                ? SubmittedSweep.Earlier(repeated.Id)
                : throw new SweepConflictException($"Request id '{submission.RequestId}' was used for another sweep ({repeated.Id}). Choose a new one.");
        }

        if (!submission.IsFresh && transaction.FindNewestSweep(record.Identity) is { } same)
        {
            return SubmittedSweep.Earlier(same.Id);
        }

        var earlier = SweepLineage.Of(transaction, record);
        var cancelled = submission.Replaces ? earlier.Where(sweep => !sweep.State.IsFinal()).Select(sweep => sweep.Id).Reverse().ToArray() : [];
        foreach (var id in cancelled)
        {
            SweepEnding.End(transaction, id, SweepState.Cancelled, TrialState.Cancelled, $"Started over as {record.Id}.", time.GetUtcNow());
        }

        transaction.InsertSweep(record);
        return new SubmittedSweep(record.Id, Existed: false, SweepLineage.ChangeSince(earlier, record), cancelled);
    }

    private SweepRecord Validate(NewSweep submission)
    {
        var violations = new List<SpecViolation>();
        if (submission.RequestId.Length is 0 or > MaxRequestIdLength || submission.RequestId.Any(char.IsControl))
        {
            violations.Add(new SpecViolation("request_id", $"Has {submission.RequestId.Length} characters; use 1 to {MaxRequestIdLength} without line breaks or other control characters."));
        }

        var spec = Read<SweepSpec>("spec_json", submission.SpecJson, violations);
        var shards = Read<ShardTable>("shard_table_json", submission.ShardTableJson, violations)?.Shards ?? [];
        violations.AddRange(spec is null ? [] : SweepSpecRules.Validate(spec));
        violations.AddRange(ShardTableRules.Check(shards));
        if (spec is not null)
        {
            violations.AddRange(ShardRoleRules.Check(spec.Data, shards));
        }

        return violations.Count > 0 ? throw new InvalidSweepException(violations) : NewRecord(submission, spec!, new ShardTable(shards));
    }

    private SweepRecord NewRecord(NewSweep submission, SweepSpec spec, ShardTable shards)
    {
        // Written again, so that the same content is the same text, whatever the caller's spaces.
        var (specJson, shardTableJson) = (CanonicalJson.Write(spec), CanonicalJson.Write(shards));

        // What two submitters choose alike is told apart by them, so that nobody meets the sweep of another.
        var mine = submission.Owner.Length == 0 ? "" : submission.Owner + '\n';
        var requestId = mine + submission.RequestId;
        return new SweepRecord
        {
            Id = new SweepId($"{spec.Name}-{Hash(requestId)[..8]}"),
            Owner = submission.Owner,
            RequestId = requestId,
            Identity = Hash(mine + specJson + '\n' + shardTableJson),
            Name = spec.Name,
            SpecJson = specJson,
            ShardTableJson = shardTableJson,
            State = SweepState.Preparing,
            CreatedAt = time.GetUtcNow(),
            TrialCount = (int)TrialExpander.Count(spec),
            ShardCount = shards.Shards.Count,
        };
    }

    private static T? Read<T>(string field, string json, List<SpecViolation> violations)
        where T : class
    {
        try
        {
            return CanonicalJson.Read<T>(json);
        }
        catch (MalformedDocumentException exception)
        {
            violations.Add(new SpecViolation(field, exception.Message));
            return null;
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
