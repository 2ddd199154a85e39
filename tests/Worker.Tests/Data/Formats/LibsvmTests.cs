using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Tests.Data.Formats;

public sealed class LibsvmTests : IDisposable
{
    private static readonly DataSpec Spec = DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0), Validation = new ValidationSplit(1e-12, 0) };

    private readonly DataFolder _folder = new();

    public static TheoryData<string, string> Mistakes => new()
    {
        { "", "a.svm: the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern." },
        { "1 3:1 2:1\n", "a.svm, line 1: index 2 follows 3; indices must ascend and occur once, so sort the line." },
        { "1 2:1 2:1\n", "a.svm, line 1: index 2 follows 2; indices must ascend and occur once, so sort the line." },
        { "1 0:1 2:1\n", "a.svm, line 1: index 0 is below 1; LIBSVM counts features from 1, so add 1 to all indices." },
        { "1 -1:1 2:1\n", "a.svm, line 1: index -1 is below 1; LIBSVM counts features from 1, so add 1 to all indices." },
        { "1 1:1\n1 one:1\n", "a.svm, line 2: entry 1 is not index:value with a whole number before the colon; correct it or take it out." },
        { "1 1:1\n1 7\n", "a.svm, line 2: entry 1 is not index:value with a whole number before the colon; correct it or take it out." },
        { "1 1:1\n1 1:2 :3\n", "a.svm, line 2: entry 2 is not index:value with a whole number before the colon; correct it or take it out." },
        { "1 1:1\n1 1:cat\n", "a.svm, line 2, column 'c1': \"cat\" is not a number, but the column's first value is; correct it, list it in data.missing, set the column's kind to category or exclude it." },
        { "1 1:1\n1 1:\n", "a.svm, line 2: index 1 has no value; write index:value, or leave the entry out for 0." },
        { "1 1:1\n1 1:-inf\n", "a.svm, line 2, column 'c1': \"-inf\" is not a finite number; correct it, list it in data.missing or exclude the column." },
        { "1 1:1\n1:1\n", "a.svm, line 2: the line starts with an index and has no label; put one label first." },
        { "1,2 1:1\n", "a.svm, line 1: the line has several labels; put one label first." },
        { "1 1:1\n\n1 1:1\n", "a.svm, line 2: the line is empty; only the end of a file may have empty lines, so remove it." },
        { "1\n2\n", "a.svm, line 1: no feature column is left beside the label; at least one is needed, so check the delimiter and the included and excluded columns." },
        { "1 1:1\n1 100001:1\n2 1:1\n", "a.svm, line 2: index 100001 is over 100000, the most that it may be; correct it or raise data.features.count (at most 100000)." },
        { "1 1:1\n1 1:1\0\n", "a.svm, line 2: the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst." },
    };

    public static TheoryData<string> SameTables => new()
    {
        "-1 1:0.5 3:2\n1 2:1\n",
        "-1 1:0.5 3:2\r\n+1 2:1\r\n",
        "-1 1:0.5 3:2\n1 2:1",
        "-1 1:0.5 3:2\n1 2:1\n\n\n",
        "# made by hand\n-1 1:0.5 3:2 # first\n1 2:1\n",
        "-1 qid:1 1:0.5 3:2\n1 qid:2 2:1\n",
        "-1\t1:5e-1   2:0 3:2 \n 1 1:0 2:1.0\n",
        "\uFEFF-1 1:0.5 3:2\n1 2:1\n",
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Profile_BadText_SaysWhatAndWhere(string text, string message) =>
        Assert.Equal(message, (await _folder.FailAsync(text, Spec, "a.svm")).Message);

    [Theory]
    [MemberData(nameof(SameTables))]
    public async Task Profile_FormsOfOneTable_AreEqual(string text)
    {
        var profile = await _folder.ProfileAsync(text, Spec, "a.svm");

        Assert.Equal(["c1", "c2", "c3"], profile.Features);
        Assert.Equal([new BlockRows(2, 2)], profile.Blocks);
        Assert.Equal([0.25, 0.5, 1], profile.Columns.Select(column => column.Numbers().Mean));
        Assert.Equal([0, 0, 0], profile.Columns.Select(column => column.Numbers().Min));
        Assert.Equal([new LabelCount("-1", 1, 0), new LabelCount("1", 1, 0)], profile.Labels);
        Assert.True(profile.IsSparse);
    }

    [Fact]
    public async Task Profile_CountIsSaid_HasAsManyFeaturesAndReadsOnce()
    {
        const string Text = "-1 1:1\n1 2:1\n";

        var profile = await _folder.ProfileAsync(Text, Spec with { FeatureCount = 4 }, "a.svm");

        Assert.Equal(["c1", "c2", "c3", "c4"], profile.Features);
        Assert.Equal(Text.Length, _folder.Counters.BytesRead);
    }

    [Fact]
    public async Task Profile_IndexOverTheCount_Throws()
    {
        var exception = await _folder.FailAsync("1 5:1\n", Spec with { FeatureCount = 4 }, "a.svm");

        Assert.Equal("a.svm, line 1: index 5 is over 4, the most that it may be; correct it or raise data.features.count (at most 100000).", exception.Message);
    }

    [Fact]
    public async Task Profile_FeaturesExcluded_LeavesThemOut()
    {
        var profile = await _folder.ProfileAsync("-1 1:1\n1 2:1\n", Spec with { FeatureCount = 3, Exclude = ["c2"] }, "a.svm");

        Assert.Equal(["c1", "c3"], profile.Features);
    }

    [Fact]
    public async Task Profile_SettingsOfOtherFormats_TellsAllAtOnce()
    {
        var exception = await _folder.FailAsync("-1 1:1\n", DataFolder.Spec with { Exclude = ["c1"], Header = true }, "a.svm");

        Assert.Equal(
            [
                "a.svm: in LIBSVM the label is the first of each line; set data.label: 0, or leave it out where the names end in .svm or .libsvm.",
                "a.svm: to include or exclude features (c1, c2, …) of LIBSVM data, say how many there are; set data.features.count.",
                "a.svm: LIBSVM has no header; remove data.header.",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public async Task Merge_ShardWithFewerFeatures_IsFilledUpWithZeros()
    {
        var narrow = await _folder.ProfileAsync("-1 1:1\n1 1:3\n", Spec, "a.svm");
        var wide = await _folder.ProfileAsync("-1 3:4\n1 1:2\n", Spec, "b.svm");
        var whole = await _folder.ProfileAsync("-1 1:1 3:0\n1 1:3\n-1 3:4\n1 1:2\n", Spec, "c.svm");

        var split = ProfileMerger.Merge([Held(narrow), Held(wide)], Spec);

        Assert.Equal(["c1", "c2", "c3"], split.Features);
        Assert.Equal(whole.Columns[2].Numbers().Mean, split.Columns[2].Numbers().Mean);
        Assert.Equal((4, 0, 0, 0), (split.Columns[1].Numbers().Count, split.Columns[1].Numbers().Mean, split.Columns[1].Numbers().Min, split.Columns[1].Numbers().Max));
    }

    [Fact]
    public async Task Profile_NameTellsNoFormat_LooksAtTheFirstLine()
    {
        var profile = await _folder.ProfileAsync("# comment\n-1 1:1\n1 2:1\n", Spec, "a.dat");

        Assert.True(profile.IsSparse);
    }

    [Fact]
    public async Task Profile_FormatIsSaid_NameDoesNotMatter()
    {
        var profile = await _folder.ProfileAsync("-1 1:1\n1 2:1\n", Spec with { Format = DataFormat.Libsvm }, "a.csv");

        Assert.Equal(["c1", "c2"], profile.Features);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>With a held out row, as a data set must have.</summary>
    private static ShardProfile Held(ShardProfile shard) => shard with
    {
        Blocks = [.. shard.Blocks, new BlockRows(1, 0)],
        Labels = [shard.Labels[0] with { ValidationRows = 1 }, .. shard.Labels.Skip(1)],
    };
}
