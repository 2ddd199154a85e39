namespace CloudSweep.Core.Domain;

/// <summary>The identity of a data set: the shards to train on, then those to validate on, then those to test on, each in ordinal order of their keys.</summary>
public sealed record ShardTable(IReadOnlyList<Shard> Shards)
{
    /// <summary>One table of shards that were found by a pattern for each role.</summary>
    /// <exception cref="DataErrorException">A shard has two roles; all such are listed.</exception>
    public static ShardTable Join(ShardTable train, ShardTable? validation, ShardTable? test)
    {
        ArgumentNullException.ThrowIfNull(train);
        Shard[] shards = [.. train.Shards, .. InRole(validation, ShardRole.Validation), .. InRole(test, ShardRole.Test)];
        var problems = shards.GroupBy(shard => shard.Uri, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"{ShardName.OfUri(group.Key)} is found by {string.Join(" and ", group.Select(shard => Field(shard.Role)))}; a file has one role, so narrow one of the patterns.")
            .ToArray();
        return problems.Length == 0 ? new ShardTable(shards) : throw new DataErrorException(string.Join('\n', problems));
    }

    private static IEnumerable<Shard> InRole(ShardTable? found, ShardRole role) =>
        found?.Shards.Select(shard => shard with { Key = (role == ShardRole.Validation ? "validation:" : "test:") + shard.Key, Role = role }) ?? [];

    private static string Field(ShardRole role) => role switch
    {
        ShardRole.Validation => "data.validation.uri",
        ShardRole.Test => "data.test",
        _ => "data.train",
    };
}
