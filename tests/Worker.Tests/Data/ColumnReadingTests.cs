using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Columns;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>What one pass learns of columns: their kinds, what is missing, and what is refused.</summary>
public sealed class ColumnReadingTests : IDisposable
{
    // No row is held out, so that every count is a training count.
    private static readonly DataSpec AllTrain = DataFolder.Spec with { ValidationFiles = "v.csv" };

    private readonly DataFolder _folder = new();

    public static TheoryData<string> MissingByDefault => [.. MissingCells.Default];

    [Theory]
    [MemberData(nameof(MissingByDefault))]
    public async Task Profile_DefaultMark_IsMissingInNumbersAndTexts(string mark)
    {
        var profile = await _folder.ProfileAsync($"label,x,t\n0,1,a\n1,{mark},{mark}\n", AllTrain);

        Assert.Equal(new ColumnProfile.Numeric(new ColumnStatistics(1, 1, 0, 1, 1), new MissingCount(1, 0)), profile.Columns[0]);
        Assert.Equal([new LabelCount("a", 1, 0)], Assert.IsType<ColumnProfile.Category>(profile.Columns[1]).Categories);
        Assert.Equal(new MissingCount(1, 0), profile.Columns[1].Missing);
    }

    [Fact]
    public async Task Profile_FirstValue_DecidesTheKind()
    {
        var profile = await _folder.ProfileAsync("label,a,b,c\n0,,x,NA\n1,2,3,\n", AllTrain);

        Assert.IsType<ColumnProfile.Numeric>(profile.Columns[0]);
        Assert.Equal([new LabelCount("x", 1, 0), new LabelCount("3", 1, 0)], Assert.IsType<ColumnProfile.Category>(profile.Columns[1]).Categories);
        Assert.Equal(new ColumnProfile.Empty(new MissingCount(2, 0)), profile.Columns[2]);
    }

    [Fact]
    public async Task Profile_NumberMark_IsComparedByValue()
    {
        var spec = AllTrain with { Columns = [new ColumnSettings.Numeric("x", ["-999"], null, false)] };

        var profile = await _folder.ProfileAsync("label,x,y\n0,-999,1\n1,-999.0,-999\n0,7,2\n", spec);

        Assert.Equal(new MissingCount(2, 0), profile.Columns[0].Missing);
        Assert.Equal(new MissingCount(0, 0), profile.Columns[1].Missing);
    }

    [Fact]
    public async Task Profile_NumbersDeclaredCategory_AreTexts()
    {
        var spec = AllTrain with { Columns = [new ColumnSettings.Category("x", [], false)] };

        var profile = await _folder.ProfileAsync("label,x\n0,1\n1,1.0\n", spec);

        Assert.Equal(["1", "1.0"], Assert.IsType<ColumnProfile.Category>(profile.Columns[0]).Categories.Select(category => category.Label));
    }

    [Theory]
    [InlineData("", 1000, 138)] // 2D06800538D394C2, as published with XXH3.
    [InlineData("Berlin", 1000, 345)]
    [InlineData("00501", 1000, 267)]
    [InlineData("Köln", 7, 5)]
    public void BucketOf_Text_IsPartOfTheNumerics(string text, int buckets, int bucket) =>
        Assert.Equal(bucket, HashedColumn.BucketOf(System.Text.Encoding.UTF8.GetBytes(text), buckets));

    [Fact]
    public async Task Profile_NoHeader_ColumnsAreNamedByPosition()
    {
        var spec = AllTrain with { Label = new ColumnSelector.ByIndex(-1), Exclude = ["c0"], Columns = [new ColumnSettings.Category("c1", [], false)] };

        var profile = await _folder.ProfileAsync("7,red,1.5,0\n8,blue,NA,1\n", spec);

        Assert.Equal(["c1", "c2"], profile.Features);
        Assert.Equal(["red", "blue"], Assert.IsType<ColumnProfile.Category>(profile.Columns[0]).Categories.Select(category => category.Label));
        Assert.Equal(2, profile.Blocks.Sum(block => block.Rows));
    }

    [Fact]
    public async Task Profile_Split_CountsBothSides()
    {
        var profile = await _folder.ProfileAsync("label,x,t\n" + string.Concat(Enumerable.Repeat("0,NA,NA\n1,1,a\n", 50)), DataFolder.Spec);

        var held = profile.Blocks.Sum(block => block.Rows - block.TrainRows);
        var category = Assert.IsType<ColumnProfile.Category>(profile.Columns[1]);
        Assert.Equal(100, category.Missing.TrainRows + category.Missing.ValidationRows + category.Categories[0].TrainRows + category.Categories[0].ValidationRows);
        Assert.Equal(held, category.Missing.ValidationRows + category.Categories[0].ValidationRows);
        Assert.Equal(category.Missing, profile.Columns[0].Missing);
        Assert.Equal(category.Categories[0].TrainRows, Assert.IsType<ColumnProfile.Numeric>(profile.Columns[0]).Statistics.Count);
    }

    [Fact]
    public async Task Profile_EmptyCellNotListed_IsAMistakeInEveryKind()
    {
        var spec = AllTrain with { Missing = ["NA"], Columns = [new ColumnSettings.Hashed("z", [], 5, false)] };

        var exception = await _folder.FailAsync("label,x,t,z\n0,1,a,1\n0,,,\n", spec);

        Assert.Equal(
            [
                "a.csv, line 3, column 'x': the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column.",
                "a.csv, line 3, column 't': the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column.",
                "a.csv, line 3, column 'z': the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column.",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public async Task Profile_TextInADeclaredNumber_SaysSo()
    {
        var exception = await _folder.FailAsync("label,x\n0,cat\n", AllTrain with { Columns = [new ColumnSettings.Numeric("x", [], null, false)] });

        Assert.Equal("a.csv, line 2, column 'x': \"cat\" is not a number, which the column's kind asks for; correct it, list it in data.missing or set another kind.", exception.Message);
    }

    [Fact]
    public async Task Profile_OneCategoryTooMany_IsToldOnce()
    {
        var exception = await _folder.FailAsync("label,x\n" + string.Concat(Enumerable.Range(0, 1200).Select(row => $"0,k{row}\n")), AllTrain);

        Assert.Equal("a.csv, line 1002, column 'x': here begins category 1001 of the column; at most 1000 are allowed, so set its kind to hashed or exclude it.", exception.Message);
    }

    [Fact]
    public async Task Profile_CategoryTooLong_IsRefused()
    {
        var exception = await _folder.FailAsync($"label,x\n0,{new string('a', 257)}\n", AllTrain);

        Assert.Equal("a.csv, line 2, column 'x': the text has 257 bytes; a category has at most 256, so set the column's kind to hashed or exclude it.", exception.Message);
    }

    [Fact]
    public async Task Profile_SettingsOfAnAbsentColumn_NamesTheNearest()
    {
        var exception = await _folder.FailAsync("label,width\n0,1\n", AllTrain with { Columns = [new ColumnSettings.Numeric("widht", [], null, false)] });

        Assert.Equal("a.csv, line 1: there is no configured column 'widht'; the nearest names are 'width', 'label'.", exception.Message);
    }

    [Fact]
    public async Task Profile_SettingsOfTheLabel_AreRefused()
    {
        var exception = await _folder.FailAsync("y,x\n0,1\n", AllTrain with { Label = new ColumnSelector.ByIndex(0), Columns = [new ColumnSettings.Category("y", [], false)] });

        Assert.Equal("a.csv, line 1: the label 'y' also has settings in data.features.columns; a label can't be a feature, so remove them.", exception.Message);
    }

    public void Dispose() => _folder.Dispose();
}
