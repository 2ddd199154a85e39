using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Planning;

public sealed class ShardTableTests
{
    [Fact]
    public void Join_Roles_KeepsTrainingKeysAndMarksTheOthers()
    {
        var table = ShardTable.Join(Table("a.csv", "b.csv"), Table("v.csv"), Table("t.csv"));

        Assert.Equal(["a.csv", "b.csv", "validation:v.csv", "test:t.csv"], table.Shards.Select(shard => shard.Key));
        Assert.Equal([ShardRole.Train, ShardRole.Train, ShardRole.Validation, ShardRole.Test], table.Shards.Select(shard => shard.Role));
    }

    [Fact]
    public void Join_FilesWithTwoRoles_NamesEachAndItsPatterns()
    {
        var exception = Assert.Throws<DataErrorException>(() => ShardTable.Join(Table("a.csv", "b.csv"), Table("b.csv"), Table("a.csv", "b.csv")));

        Assert.Equal(
            "a.csv is found by data.train and data.test; a file has one role, so narrow one of the patterns.\n"
            + "b.csv is found by data.train and data.validation.uri and data.test; a file has one role, so narrow one of the patterns.",
            exception.Message);
    }

    private static ShardTable Table(params string[] names) => new([.. names.Select(name => new Shard(name, $"file:///data/{name}", 1, "1", null))]);
}
