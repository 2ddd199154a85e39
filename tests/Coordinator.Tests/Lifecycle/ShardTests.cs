using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What a description tells of the data's shards.</summary>
public sealed class ShardTests() : LifecycleTests(StoreChoice.Memory)
{
    [Fact]
    public async Task Describe_ShardsOfAllRoles_TellsThemWithoutTheirPlacesAndCountsTheBytesOfTrainingAndValidation()
    {
        var data = Samples.Spec.Data with { Test = "data/test/*.csv", ValidationFiles = "data/validation/*.csv" };
        var request = Samples.Submission(Samples.Spec with { Data = data });
        request.ShardTableJson = CanonicalJson.Write(new ShardTable([Of("a", 1000), Of("validation:b", 200, ShardRole.Validation), Of("test:c", 30, ShardRole.Test)]));

        var shards = (await DescribeAsync(await SubmitAsync(request))).Shards;

        Assert.Equal((3, 1200L), (shards.Count, shards.TextBytes));
        Assert.Equal(["a", "validation:b", "test:c"], shards.First.Select(shard => shard.Key));
        Assert.Equal(new DataShard { Key = "a", SizeBytes = 1000, Version = "7", Crc32C = "0badf00d" }, shards.First[0]);
    }

    [Fact]
    public async Task Describe_ManyShards_TellsTheFirstAndCountsAll()
    {
        var request = Samples.Submission();
        request.ShardTableJson = CanonicalJson.Write(new ShardTable([.. Enumerable.Range(1000, 250).Select(number => Of($"part-{number}", 2))]));

        var shards = (await DescribeAsync(await SubmitAsync(request))).Shards;

        Assert.Equal((250, 500L, 100), (shards.Count, shards.TextBytes, shards.First.Count));
    }

    private static Shard Of(string key, long sizeBytes, ShardRole role = ShardRole.Train) =>
        new(key, $"file:///data/{key.Replace(':', '-')}.csv", sizeBytes, "7", "0badf00d") { Role = role };
}
