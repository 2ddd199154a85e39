using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;

namespace CloudSweep.TestSupport;

/// <summary>What every shard source must do. Derive once per adapter.</summary>
public abstract class ShardSourceContract
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected abstract IShardSource Source { get; }

    /// <summary>Creates or replaces an object below the place that tests may use.</summary>
    protected abstract Task PutAsync(string name, byte[] content);

    protected abstract Task DeleteAsync(string name);

    /// <summary>The absolute pattern of a relative one.</summary>
    protected abstract string PatternOf(string relative);

    [Fact]
    public async Task Find_Wildcard_GivesKeysInOrder()
    {
        await PutAsync("part-010.csv.gz", [1, 2, 3]);
        await PutAsync("part-002.csv", [1]);
        await PutAsync("other.csv", [1]);

        var table = await Source.FindAsync(PatternOf("part-*"), None);

        Assert.Equal(["002", "010"], table.Shards.Select(shard => shard.Key));
        Assert.Equal([1L, 3L], table.Shards.Select(shard => shard.SizeBytes));
    }

    [Fact]
    public async Task Find_WildcardInFolder_KeyHasTheRestOfThePath()
    {
        await PutAsync("a/x.csv", [1]);
        await PutAsync("b/x.csv", [1]);

        var table = await Source.FindAsync(PatternOf("*/x.csv"), None);

        Assert.Equal(["a/x", "b/x"], table.Shards.Select(shard => shard.Key));
    }

    [Fact]
    public async Task Find_NoWildcard_KeyIsTheNameWithoutExtensions()
    {
        await PutAsync("iris.csv.gz", [1]);

        var table = await Source.FindAsync(PatternOf("iris.csv.gz"), None);

        Assert.Equal("iris", Assert.Single(table.Shards).Key);
    }

    [Fact]
    public async Task Find_NothingMatches_Throws()
    {
        await PutAsync("a.csv", [1]);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(PatternOf("b-*.csv"), None));

        Assert.Contains("b-*.csv' finds no", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_TwoShardsWithOneKey_Throws()
    {
        await PutAsync("part-0.csv", [1]);
        await PutAsync("part-0.csv.gz", [1]);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(PatternOf("part-*"), None));

        Assert.Contains("two shards with the key '0'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Shard_ReadsItsBytes()
    {
        await PutAsync("a.csv", Encoding.UTF8.GetBytes("hello"));
        var shard = await FindOneAsync("a.csv");

        await using var stream = await Source.OpenAsync(shard, None);
        using var reader = new StreamReader(stream);

        Assert.Equal("hello", await reader.ReadToEndAsync(None));
    }

    [Fact]
    public async Task Find_QuestionMark_MatchesOneCharacter()
    {
        await PutAsync("p1.csv", [1]);
        await PutAsync("p12.csv", [1]);

        Assert.Equal("1", (await FindOneAsync("p?.csv")).Key);
    }

    [Fact]
    public async Task Find_NothingBehindThePrefix_KeyIsTheName()
    {
        await PutAsync("part.csv", [1]);

        Assert.Equal("part", (await FindOneAsync("part*")).Key);
    }

    [Fact]
    public async Task Find_LeadingWildcard_PassesHiddenNamesOver()
    {
        await PutAsync(".a.csv", [1]);
        await PutAsync("b.csv", [1]);

        Assert.Equal("b", (await FindOneAsync("*.csv")).Key);
    }

    [Fact]
    public async Task Find_NamesInFoldersBelow_AreNotMatched()
    {
        await PutAsync("part-1.csv", [1]);
        await PutAsync("part-2/x.csv", [1]);
        await PutAsync("part-1.csv.old/x.csv", [1]);

        Assert.Equal("1", (await FindOneAsync("part-*.csv")).Key);
        Assert.Equal("part-1", (await FindOneAsync("part-1.csv")).Key);
    }

    [Fact]
    public async Task Find_EmptyFiles_TellsEach()
    {
        await PutAsync("a.csv", [1]);
        await PutAsync("b.csv", []);
        await PutAsync("c.csv", []);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(PatternOf("*.csv"), None));

        Assert.Equal(["b.csv: the file is empty", "c.csv: the file is empty"], exception.Message.Split('\n').Select(line => line.Split(';')[0]));
    }

    [Theory]
    [InlineData("data/../x.csv")]
    [InlineData("**/x.csv")]
    [InlineData("data/")]
    public async Task Find_PatternThatIsNone_TellsTheRule(string relative)
    {
        var pattern = PatternOf(relative);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(pattern, None));

        Assert.StartsWith($"The data pattern '{pattern}' m", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ChangedObject_ThrowsDataChanged()
    {
        await PutAsync("a.csv", [1]);
        var shard = await FindOneAsync("a.csv");
        await PutAsync("a.csv", [1, 2]);

        await Assert.ThrowsAsync<DataChangedException>(() => Source.OpenAsync(shard, None));
    }

    [Fact]
    public async Task Open_DeletedObject_ThrowsDataChanged()
    {
        await PutAsync("a.csv", [1]);
        var shard = await FindOneAsync("a.csv");
        await DeleteAsync("a.csv");

        await Assert.ThrowsAsync<DataChangedException>(() => Source.OpenAsync(shard, None));
    }

    [Theory]
    [InlineData("part-7.csv")]
    [InlineData("part-7.csv.gz")]
    [InlineData("part-7.CSV.ZST")]
    [InlineData("part-7.parquet")]
    [InlineData("part-7.svm")]
    [InlineData("part-7.libsvm.gz")]
    public async Task Find_AnyFormat_KeyLacksFormatAndCompression(string name)
    {
        await PutAsync(name, [1]);

        var table = await Source.FindAsync(PatternOf("part-*"), None);

        Assert.Equal("7", Assert.Single(table.Shards).Key);
    }

    [Fact]
    public async Task Find_OneKeyInTwoFormats_Throws()
    {
        await PutAsync("part-0.csv", [1]);
        await PutAsync("part-0.parquet", [1]);

        await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(PatternOf("part-*"), None));
    }

    [Fact]
    public async Task OpenRanges_AnyOrder_ReadsWhatIsThere()
    {
        await PutAsync("a.parquet", Encoding.UTF8.GetBytes("hello"));
        var shard = await FindOneAsync("a.parquet");

        using var ranges = await Source.OpenRangesAsync(shard, None);
        var tail = new byte[4];
        var head = new byte[2];

        Assert.Equal(5, ranges.Length);
        Assert.Equal(2, await ranges.ReadAsync(3, tail, None));
        Assert.Equal(2, await ranges.ReadAsync(0, head, None));
        Assert.Equal("lohe", Encoding.UTF8.GetString([.. tail[..2], .. head]));
        Assert.Equal(0, await ranges.ReadAsync(5, tail, None));
    }

    [Fact]
    public async Task OpenRanges_ObjectChangesLater_ThrowsDataChangedOrReadsTheVersion()
    {
        await PutAsync("a.parquet", [1, 2, 3]);
        var shard = await FindOneAsync("a.parquet");
        using var ranges = await Source.OpenRangesAsync(shard, None);
        await PutAsync("a.parquet", [7, 8, 9, 10]);
        var bytes = new byte[3];

        var exception = await Record.ExceptionAsync(async () => await ranges.ReadAsync(0, bytes, None));

        Assert.True(exception is DataChangedException || (exception is null && bytes is [1, 2, 3]), $"{exception}");
    }

    [Fact]
    public async Task OpenRanges_ChangedOrDeletedObject_ThrowsDataChanged()
    {
        await PutAsync("a.parquet", [1]);
        var shard = await FindOneAsync("a.parquet");
        await PutAsync("a.parquet", [1, 2]);
        await Assert.ThrowsAsync<DataChangedException>(() => Source.OpenRangesAsync(shard, None));
        await DeleteAsync("a.parquet");

        await Assert.ThrowsAsync<DataChangedException>(() => Source.OpenRangesAsync(shard, None));
    }

    protected async Task<Shard> FindOneAsync(string name) =>
        (await Source.FindAsync(PatternOf(name), None)).Shards.Single();
}
