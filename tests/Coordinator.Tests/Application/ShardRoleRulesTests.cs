using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Tests.Application;

public sealed class ShardRoleRulesTests
{
    private const ShardRole Train = ShardRole.Train;
    private const ShardRole Validation = ShardRole.Validation;
    private const ShardRole Test = ShardRole.Test;

    private static readonly DataSpec Plain = Samples.Spec.Data;

    [Fact]
    public void Check_RolesAsAskedFor_IsFine()
    {
        Assert.Empty(Problems(Plain, Train, Train));
        Assert.Empty(Problems(Plain with { ValidationFiles = "v.csv", Test = "t.csv" }, Train, Validation, Validation, Test));
    }

    [Fact]
    public void Check_OtherOrder_IsRefused() =>
        Assert.Equal(
            ["Shards are not in the order of their roles; list those to train on first, then validation, then test."],
            Problems(Plain with { ValidationFiles = "v.csv" }, Validation, Train));

    [Fact]
    public void Check_NoTrainingAndUnaskedRoles_TellsAllAtOnce() =>
        Assert.Equal(
            [
                "Has no shards to train on; a sweep needs some.",
                "Has validation shards if and only if data.validation.uri is given; make both agree.",
                "Has test shards if and only if data.test is given; make both agree.",
            ],
            Problems(Plain, Validation, Test));

    [Fact]
    public void Check_AskedRolesAbsent_TellsBoth() =>
        Assert.Equal(
            [
                "Has validation shards if and only if data.validation.uri is given; make both agree.",
                "Has test shards if and only if data.test is given; make both agree.",
            ],
            Problems(Plain with { ValidationFiles = "v.csv", Test = "t.csv" }, Train));

    private static IEnumerable<string> Problems(DataSpec data, params ShardRole[] roles) =>
        ShardRoleRules.Check(data, [.. roles.Select((role, index) => new Shard($"{index}", $"file:///{index}.csv", 1, "1", null) { Role = role })]).Select(violation => violation.Problem);
}
