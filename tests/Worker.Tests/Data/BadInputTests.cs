using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data;

public sealed class BadInputTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public static TheoryData<string, string> Texts => new()
    {
        { "", "a.csv: the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern." },
        { "label,x\n", "a.csv: there is a header but no row; every shard needs at least one row, so remove it or leave it out of the pattern." },
        { "label,x\n0,1,2\n", "a.csv, line 2: the row has 3 cells but the first record has 2; all must have as many, so correct the row or the delimiter." },
        { "label,x\n0,1\n0\n", "a.csv, line 3: the row has 1 cells but the first record has 2; all must have as many, so correct the row or the delimiter." },
        { "label,x\n0,1\n0,cat\n", "a.csv, line 3, column 'x': \"cat\" is not a number, but the column's first value is; correct it, list it in data.missing, set the column's kind to category or exclude it." },
        { "label,x\n0,1\n0,abcdefghijklmnopqrstuvwxyz0123456789\n", "a.csv, line 3, column 'x': the cell is not a number, but the column's first value is; correct it, list it in data.missing, set the column's kind to category or exclude it." },
        { "label,x\n0,-inf\n", "a.csv, line 2, column 'x': \"-inf\" is not a finite number; correct it, list it in data.missing or exclude the column." },
        { "label,x\n0,1e999\n", "a.csv, line 2, column 'x': \"1e999\" is not a finite number; correct it, list it in data.missing or exclude the column." },
        { "label,x\n,1\n", "a.csv, line 2, column 'label': the label is missing; every row needs one, so fill it in or remove the row." },
        { "lable,x\n0,1\n", "a.csv, line 1: there is no label column 'label'; the nearest names are 'lable', 'x'." },
        { "1,2\n0,1\n", "a.csv, line 1: the first record has only numbers, so there is no header to find the label 'label' in; give the label by position, e.g. 0 or -1." },
        { "label,x,x\n0,1,2\n", "a.csv, line 1: the column name 'x' occurs 2 times; names must differ, so rename one." },
        { "label\n0\n", "a.csv, line 1: no feature column is left beside the label; at least one is needed, so check the delimiter and the included and excluded columns." },
        { "label,x\n0,1\n\n0,1\n", "a.csv, line 3: the line is empty; only the end of a file may have empty lines, so remove it." },
        { "label,x\n\"a\nb\",1\n0,q\n", "a.csv, line 4, column 'x': \"q\" is not a number, but the column's first value is; correct it, list it in data.missing, set the column's kind to category or exclude it." },
        { "label,x\n0,\"1\n", "a.csv, line 2: a quoted cell is not closed; add the missing quote." },
        { "label,x\n0,\"1\"2\n", "a.csv, line 2: text follows a closing quote; double the quotes inside of a quoted cell." },
        { "label,x\n0,1\0\n", "a.csv, line 2: the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Profile_BadText_SaysWhatAndWhere(string text, string message)
    {
        var exception = await _folder.FailAsync(text);

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task Profile_ExcludedColumnAbsent_NamesTheNearest()
    {
        var exception = await _folder.FailAsync("label,width,height\n0,1,2\n", DataFolder.Spec with { Exclude = ["widht"] });

        Assert.Equal("a.csv, line 1: there is no excluded column 'widht'; the nearest names are 'width', 'height', 'label'.", exception.Message);
    }

    [Fact]
    public async Task Profile_IncludedColumnAbsent_NamesTheNearest()
    {
        var exception = await _folder.FailAsync("label,width,height\n0,1,2\n", DataFolder.Spec with { Include = ["hight", "width"] });

        Assert.Equal("a.csv, line 1: there is no included column 'hight'; the nearest names are 'height', 'width', 'label'.", exception.Message);
    }

    [Fact]
    public async Task Profile_LabelPositionOutside_GivesTheRange()
    {
        var exception = await _folder.FailAsync("a,b\n0,1\n", DataFolder.Spec with { Label = new ColumnSelector.ByIndex(2) });

        Assert.Equal("a.csv, line 1: there is no label column at position 2; the record has 2 cells, so give -2 to 1.", exception.Message);
    }

    [Fact]
    public async Task Profile_NotUtf8_Throws()
    {
        _folder.Put("a.csv", [.. "label,x\n"u8, 0xE9, .. ",1\n"u8]);
        var shard = await _folder.FindAsync("a.csv");

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => _folder.Profiler.ProfileAsync(shard, DataFolder.Spec, _folder.Counters, TestContext.Current.CancellationToken));

        Assert.Equal("a.csv, line 2: the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst.", exception.Message);
    }

    [Fact]
    public async Task Profile_RecordTooLong_Throws()
    {
        var exception = await _folder.FailAsync("label,x\n" + new string('1', 3 << 20));

        Assert.Equal("a.csv, line 2: the record is longer than 1048576 bytes, the most a record may have; check the quotes and line ends.", exception.Message);
    }

    [Fact]
    public async Task Profile_ManyMistakes_TellsTheFirstTen()
    {
        var exception = await _folder.FailAsync("label,x\n0,1\n" + string.Concat(Enumerable.Repeat("0,?\n", 20)));

        var lines = exception.Message.Split('\n');
        Assert.Equal(11, lines.Length);
        Assert.StartsWith("a.csv, line 12, column 'x'", lines[9], StringComparison.Ordinal);
        Assert.Equal("Reading a.csv stopped after 10 mistakes.", lines[10]);
    }

    [Fact]
    public async Task Profile_BadText_LeavesNothingInTheCache()
    {
        await _folder.FailAsync("label,x\n0,1\n0,?\n");

        Assert.Empty(Directory.EnumerateFiles(_folder.Cache));
    }

    [Fact]
    public async Task Profile_GzipCutAnywhere_Throws()
    {
        var path = _folder.Put("a.csv.gz", "label,x\n0,1\n1,2\n2,3\n");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        for (var length = 1; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(path, whole[..length], TestContext.Current.CancellationToken);
            var shard = await _folder.FindAsync("a.csv.gz");
            var exception = await Assert.ThrowsAsync<DataErrorException>(() => _folder.Profiler.ProfileAsync(shard, DataFolder.Spec, _folder.Counters, TestContext.Current.CancellationToken));
            Assert.Equal("a.csv.gz: the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed.", exception.Message);
        }
    }

    public void Dispose() => _folder.Dispose();
}
