using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.TestSupport.Objects;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData("with space/and  two.csv")]
    [InlineData("ünïcödé/日本/🙂.csv")]
    [InlineData("100%/a%2Fb.csv")]
    [InlineData("a+b/c=d&e.csv")]
    [InlineData("a#b.csv")]
    [InlineData("a?b.csv")]
    [InlineData("a;b,c:d@e!f$g'h(i)j.csv")]
    [InlineData("...three dots/.hidden/x..y")]
    public async Task AnyCall_UnusualName_MeansThatObject(string name)
    {
        var written = await WriteAsync(name, "content", WriteCondition.IsAbsent);

        Assert.Equal(name, written.Name);
        Assert.Equal([name], await ListAsync(""));
        Assert.Equal([name], await ListAsync(name[..^1]));
        Assert.Equal("content", await ReadAsync(name));

        await Store.DeleteAsync(name, None);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task FindAndList_AfterWrite_HaveTheSameVersion()
    {
        var written = await WriteAsync("s/123456789", "123456789");

        var found = await Store.FindAsync("s/123456789", None);
        var listed = Assert.Single(await Store.ListAsync("s/", None).ToListAsync(None));

        Assert.All([written, found!, listed], version =>
        {
            Assert.Equal(("s/123456789", 9L, written.Version), (version.Name, version.SizeBytes, version.Version));
            Assert.True(version.Crc32C is null or "e3069283", version.Crc32C);
        });
    }

    [Fact]
    public async Task Find_Missing_IsNull()
    {
        Assert.Null(await Store.FindAsync("a/b", None));
        await WriteAsync("a/b", "x");

        Assert.Null(await Store.FindAsync("a", None));
        Assert.Null(await Store.FindAsync("a/b/c", None));
        Assert.Null(await Store.FindAsync("b", None));
    }

    [Fact]
    public async Task List_Prefix_HasThoseNamesInOrdinalOrder()
    {
        foreach (var name in (string[])["s/10/1", "s/1/10", "s/1/9", "s-2/1", "S/1", "t/1"])
        {
            await WriteAsync(name, "x");
        }

        Assert.Equal(["S/1", "s-2/1", "s/1/10", "s/1/9", "s/10/1", "t/1"], await ListAsync(""));
        Assert.Equal(["s/1/10", "s/1/9"], await ListAsync("s/1/"));
        Assert.Equal(["s/1/10", "s/1/9", "s/10/1"], await ListAsync("s/1"));
        Assert.Equal(["s/1/9"], await ListAsync("s/1/9"));
        Assert.Empty(await ListAsync("x"));
    }

    [Fact]
    public async Task List_ManyObjects_HasEachOnceInOrder()
    {
        var names = Enumerable.Range(0, ManyObjects).Select(number => $"s/{number:D5}").ToArray();
        await Parallel.ForEachAsync(names, None, async (name, _) => await WriteAsync(name, name));
        await WriteAsync("t/0", "x");

        Assert.Equal(names, await ListAsync("s/"));
    }

    [Fact]
    public async Task List_LeftHalfWay_DisposesWithoutError()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, ManyObjects), None, async (number, _) => await WriteAsync($"s/{number:D5}", "x"));

        Assert.Equal("s/00000", (await Store.ListAsync("s/", None).FirstAsync(None)).Name);
    }

    [Fact]
    public async Task Delete_Existing_IsGoneAndOthersStay()
    {
        await WriteAsync("s/1", "x");
        await WriteAsync("s/2", "y");

        await Store.DeleteAsync("s/1", None);

        Assert.Null(await Store.FindAsync("s/1", None));
        Assert.Equal(["s/2"], await ListAsync(""));
        Assert.Equal("y", await ReadAsync("s/2"));
    }

    [Fact]
    public async Task Delete_Missing_IsNoError()
    {
        await Store.DeleteAsync("s/1", None);
        await WriteAsync("s/1", "x");
        await Store.DeleteAsync("s/1", None);
        await Store.DeleteAsync("s/1", None);

        Assert.Empty(await ListAsync(""));
    }
}
