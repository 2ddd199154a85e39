using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data.Formats;

public sealed class BadRowTests : IDisposable
{
    private static readonly DataSpec Skip = DataFolder.Spec with { BadRows = new BadRowPolicy(BadRowRule.Skip, 0.5), Validation = new ValidationSplit(1e-12, 0) };

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Profile_Skip_LeavesBadRowsOutAndNamesThem()
    {
        var profile = await _folder.ProfileAsync("label,x,y\na,1,2\na,secret,nope\na,1\n,3,4\na,,5\n\na,1e999,5\nb,3,4\n", Skip with { Missing = [] });

        Assert.Equal([new BlockRows(2, 2)], profile.Blocks);
        Assert.Equal([2, 3], profile.Columns.Select(column => column.Numbers().Mean));
        Assert.Equal(["a", "b"], profile.Labels.Select(label => label.Label));
        Assert.Equal(6, profile.BadRows.Count);
        Assert.Equal(
            [
                new BadRow("a", "line", 3, "x", "is not a number"),
                new BadRow("a", "line", 4, null, "has another number of cells than the first"),
                new BadRow("a", "line", 5, "label", "has no label"),
                new BadRow("a", "line", 6, "x", "is empty"),
                new BadRow("a", "line", 7, null, "is empty"),
                new BadRow("a", "line", 8, "x", "is not finite"),
            ],
            profile.BadRows.First);
    }

    [Fact]
    public async Task Profile_Skip_GivesTheBlocksOfTheGoodRowsAlone()
    {
        var skipped = await _folder.ProfileAsync("label,x\na,1\na,?\nb,3\n", Skip);
        var alone = await _folder.ProfileAsync("label,x\na,1\nb,3\n", Skip, "b.csv");

        Assert.Equal(CanonicalJson.Write(alone.Columns), CanonicalJson.Write(skipped.Columns));
        Assert.Equal(alone.Blocks, skipped.Blocks);
        Assert.Equal(alone.Labels, skipped.Labels);
    }

    [Fact]
    public async Task Profile_SkipOfLibsvm_NamesTheLine()
    {
        var profile = await _folder.ProfileAsync("1 1:1\n1 2:1 1:1\n-1 1:x\n-1 2:4\n", Skip with { Label = new ColumnSelector.ByIndex(0) }, "a.svm");

        Assert.Equal(
            [
                new BadRow("a", "line", 2, null, "is not label index:value with ascending indices"),
                new BadRow("a", "line", 3, "c1", "is not a number"),
            ],
            profile.BadRows.First);
    }

    [Fact]
    public async Task Profile_SkipOfManyRows_CountsAllAndNamesTheFirst100()
    {
        var profile = await _folder.ProfileAsync("label,x\na,1\n" + string.Concat(Enumerable.Repeat("a,?\n", 250)), Skip);

        Assert.Equal(250, profile.BadRows.Count);
        Assert.Equal(100, profile.BadRows.First.Count);
    }

    [Fact]
    public async Task Profile_SkipAndNoGoodRow_Throws()
    {
        var exception = await _folder.FailAsync("label,x\na,1e999\na,?\n", Skip);

        Assert.Equal("a.csv: every row breaks a rule, the first: shard 'a', line 2, column 'x' is not finite; correct them, or leave the shard out of the pattern.", exception.Message);
    }

    [Fact]
    public async Task Profile_SkipAndUnreadableShard_StillThrows()
    {
        var exception = await _folder.FailAsync("label,x\na,1\nb,\"2\n", Skip);

        Assert.Equal("a.csv, line 3: a quoted cell is not closed; add the missing quote.", exception.Message);
    }

    public void Dispose() => _folder.Dispose();
}
