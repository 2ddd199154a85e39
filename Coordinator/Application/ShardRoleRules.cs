using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>A shard table has the roles that the spec asks for, in their order.</summary>
internal static class ShardRoleRules
{
    private const string Field = "shard_table_json";

    public static IEnumerable<SpecViolation> Check(DataSpec data, IReadOnlyList<Shard> shards)
    {
        ShardRole[] roles = [.. shards.OfType<Shard>().Select(shard => shard.Role)];
        if (!roles.Order().SequenceEqual(roles))
        {
            yield return new SpecViolation(Field, "Shards are not in the order of their roles; list those to train on first, then validation, then test.");
        }

        if (roles.Length > 0 && !roles.Contains(ShardRole.Train))
        {
            yield return new SpecViolation(Field, "Has no shards to train on; a sweep needs some.");
        }

        if (roles.Contains(ShardRole.Validation) != data.ValidationFiles is not null)
        {
            yield return new SpecViolation(Field, "Has validation shards if and only if data.validation.uri is given; make both agree.");
        }

        if (roles.Contains(ShardRole.Test) != data.Test is not null)
        {
            yield return new SpecViolation(Field, "Has test shards if and only if data.test is given; make both agree.");
        }
    }
}
