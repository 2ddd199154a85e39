using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class GeneratePlanReaderTests
{
    [Fact]
    public void Read_OnlyTheRequired_TakesDefaults()
    {
        var (plan, mistakes) = Read(("--kind", "teacher"), ("--rows", "1e8"), ("--features", "1_000"));

        Assert.Empty(mistakes);
        Assert.Equal(new DatasetSettings(DatasetKind.Teacher, 100_000_000, 1000, 10, 0.1, 0), plan!.Dataset);
        Assert.Equal(new ShardCut(4, IsGzip: false), plan.Cut);
    }

    [Fact]
    public void Read_LinearWithoutClasses_LabelIsANumber()
    {
        var (plan, _) = Read(("--kind", "linear"), ("--rows", "2"), ("--features", "1"));

        Assert.False(plan!.Dataset.HasClasses);
        Assert.Equal(2, plan.Cut.Shards);
    }

    [Fact]
    public void Read_Sparse_TakesItsOwnDefaultsAndFormat()
    {
        var (plan, mistakes) = Read(("--kind", "sparse"), ("--rows", "100"), ("--features", "20"));

        Assert.Empty(mistakes);
        Assert.Equal(new DatasetSettings(DatasetKind.Sparse, 100, 20, 2, 0.1, 0) { Nonzeros = 20 }, plan!.Dataset);
        Assert.Equal(new ShardCut(4, IsGzip: false, IsLibsvm: true), plan.Cut);
    }

    [Theory]
    [InlineData("sparse", "2000", "0", "--nonzeros '0' is not a whole number from 1 to 10000; give one, such as 30.")]
    [InlineData("sparse", "20", "21", "--nonzeros 21 is more than --features 20; give at most --nonzeros 20.")]
    [InlineData("sparse", "1", null, "--features '1' is not a whole number from 2 to 100000; give one, such as 1000.")]
    [InlineData("teacher", "20", "10", "--nonzeros means something only with --kind sparse; give that or leave it out.")]
    [InlineData("linear", "20", "10", "--nonzeros means something only with --kind sparse; give that or leave it out.")]
    public void Read_BadSparsity_TellsValueRuleAndWayOut(string kind, string features, string? nonzeros, string mistake)
    {
        (string, string)[] options = [("--kind", kind), ("--rows", "1000"), ("--features", features)];

        var (plan, mistakes) = Read(nonzeros is null ? options : [.. options, ("--nonzeros", nonzeros)]);

        Assert.Null(plan);
        Assert.Equal(mistake, Assert.Single(mistakes));
    }

    [Theory]
    [InlineData("--kind", "neural", "--kind 'neural' is not known; give teacher, linear or sparse.")]
    [InlineData("--rows", "0", "--rows '0' is not a whole number from 1 to 1000000000000; give one, such as 1000.")]
    [InlineData("--rows", "1e99", "--rows '1e99' is not")]
    [InlineData("--features", "2.5", "--features '2.5' is not a whole number from 1 to 100000")]
    [InlineData("--classes", "1", "--classes '1' is not a whole number from 2 to 100; give one, such as 10.")]
    [InlineData("--noise", "NaN", "--noise 'NaN' is not a number from 0 to 100; give one, such as 0.1.")]
    [InlineData("--noise", "-1", "--noise '-1' is not")]
    [InlineData("--shards", "100000", "--shards '100000' is not a whole number from 1 to 99999; give one, such as 4.")]
    [InlineData("--shards", "2000", "--shards 2000 is more than --rows 1000, and a shard needs a row; give at most --shards 1000.")]
    [InlineData("--seed", "today", "--seed 'today' is not")]
    public void Read_BadValue_TellsValueRuleAndWayOut(string name, string value, string mistake)
    {
        var (plan, mistakes) = Read([.. new[] { ("--kind", "teacher"), ("--rows", "1000"), ("--features", "5") }.Where(option => option.Item1 != name), (name, value)]);

        Assert.Null(plan);
        Assert.StartsWith(mistake, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Nothing_TellsAllThatIsMissing()
    {
        var mistakes = new GenerateMistakes();

        Assert.Null(GeneratePlanReader.Read(new GenerateArguments(), mistakes));
        Assert.Equal(["FOLDER", "--kind", "--rows", "--features"], mistakes.Texts.Select(text => text.Split(' ')[0]));
    }

    [Theory]
    [InlineData("", "FOLDER is empty")]
    [InlineData("gs://bucket/data", "FOLDER 'gs://bucket/data' is not a local path")]
    [InlineData("data/*", "FOLDER 'data/*' has a character")]
    public void Read_BadFolder_IsAMistake(string folder, string mistake)
    {
        var mistakes = new GenerateMistakes();
        GeneratePlanReader.Read(new GenerateArguments { Folder = [folder] }, mistakes);

        Assert.StartsWith(mistake, mistakes.Texts[0], StringComparison.Ordinal);
    }

    private static (GeneratePlan? Plan, IReadOnlyList<string> Mistakes) Read(params (string Name, string Value)[] options)
    {
        var mistakes = new GenerateMistakes();
        var arguments = new GenerateArguments
        {
            Folder = ["/nowhere/data"],
            Options = options.ToDictionary(option => option.Name, IReadOnlyList<string> (option) => [option.Value]),
        };
        return (GeneratePlanReader.Read(arguments, mistakes), mistakes.Texts);
    }
}
