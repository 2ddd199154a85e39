using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using Parquet.Schema;

namespace CloudSweep.Worker.Tests.Data.Formats;

public sealed class ParquetTests : IDisposable
{
    private static readonly DataSpec Spec = DataFolder.Spec with { Label = new ColumnSelector.ByName("label"), Validation = new ValidationSplit(1e-12, 0) };
    private static readonly DataSpec First = Spec with { Label = new ColumnSelector.ByIndex(0) };
    private static readonly double[][] Rows = [.. Enumerable.Range(0, 50).Select(row => new[] { row % 2, row * 0.5, row == 7 ? 3.25 : row })];

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Profile_EveryType_GivesItsNumbers()
    {
        Field[] fields =
        [
            new DataField<string>("label"), new DataField<bool>("flag"), new DataField<sbyte>("i8"), new DataField<short>("i16"), new DataField<int>("i32"), new DataField<long>("i64"),
            new DataField<ushort>("u16"), new DataField<ulong>("u64"), new DataField<float>("f32"), new DataField<double?>("f64"), new DecimalDataField("money", 20, 4), new DataField<string>("text"),
        ];
        var bytes = await TableFiles.ParquetAsync(fields, [0], async (group, _) =>
        {
            await group.PutTextAsync(fields[0], "a", "b");
            await group.PutAsync<bool>(fields[1], true, false);
            await group.PutAsync<sbyte>(fields[2], -7, -7);
            await group.PutAsync<short>(fields[3], -300, -300);
            await group.PutAsync<int>(fields[4], 70_000, 70_000);
            await group.PutAsync<long>(fields[5], 9007199254740993, 9007199254740993);
            await group.PutAsync<ushort>(fields[6], 60_000, 60_000);
            await group.PutAsync<ulong>(fields[7], ulong.MaxValue, ulong.MaxValue);
            await group.PutAsync<float>(fields[8], 0.1f, 0.1f);
            await group.PutNullableAsync<double>(fields[9], 0.1, 0.1);
            await group.PutAsync<decimal>(fields[10], 1234567890123.4567m, 1234567890123.4567m);
            await group.PutTextAsync(fields[11], "2.5e3", " 2500 ");
        });
        _folder.Put("a.parquet", bytes);

        var profile = await _folder.ProfileFileAsync("a.parquet", Spec);

        Assert.Equal(fields.Skip(1).Select(field => field.Name), profile.Features);
        Assert.Equal(["a", "b"], profile.Labels.Select(label => label.Label));
        Assert.Equal((0, 1), (profile.Columns[0].Numbers().Min, profile.Columns[0].Numbers().Max));
        Assert.Equal([-7, -300, 70_000, 9007199254740992, 60_000, 18446744073709551615, 0.1f, 0.1, 1234567890123.4567, 2500], profile.Columns.Skip(1).Select(column => column.Numbers().Min));
        Assert.Equal(profile.Columns.Skip(1).Select(column => column.Numbers().Min), profile.Columns.Skip(1).Select(column => column.Numbers().Max));
    }

    [Theory]
    [InlineData(typeof(int), "3")]
    [InlineData(typeof(double), "0.1")]
    [InlineData(typeof(bool), "True")]
    public async Task Profile_LabelOfAType_IsItsShortestText(Type type, string expected)
    {
        var label = new DataField("label", type);
        var x = new DataField<double>("x");
        _folder.Put("a.parquet", await TableFiles.ParquetAsync([label, x], [0], async (group, _) =>
        {
            await (type == typeof(int) ? group.PutAsync<int>(label, 3) : type == typeof(bool) ? group.PutAsync<bool>(label, true) : group.PutAsync<double>(label, 0.1));
            await group.PutAsync<double>(x, 1.0);
        }));

        Assert.Equal(expected, Assert.Single((await _folder.ProfileFileAsync("a.parquet", Spec)).Labels).Label);
    }

    [Fact]
    public async Task Profile_NullLabels_TellsTheirRows()
    {
        var label = new DataField<string>("label");
        var x = new DataField<double?>("x");
        _folder.Put("a.parquet", await TableFiles.ParquetAsync([label, x], [0, 1], async (group, _) =>
        {
            await group.PutTextAsync(label, "a", null, "b");
            await group.PutNullableAsync<double>(x, 1, null, double.NaN);
        }));

        var exception = await _folder.FailFileAsync("a.parquet", Spec);

        Assert.Equal(
            [
                "a.parquet, row 2, column 'label': the label is missing; every row needs one, so fill it in or remove the row.",
                "a.parquet, row 5, column 'label': the label is missing; every row needs one, so fill it in or remove the row.",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public async Task Profile_NestedAndOtherTypes_TellsAllOfThem()
    {
        Put(await NestedAsync());

        var exception = await _folder.FailFileAsync("a.parquet", Spec);

        Assert.Equal(
            [
                "a.parquet, column 'when': it is a date or time; only flat columns of numbers, booleans and strings can be read, so convert it or exclude it.",
                "a.parquet, column 'tags': it is a list; only flat columns of numbers, booleans and strings can be read, so convert it or exclude it.",
            ],
            exception.Message.Split('\n'));
    }

    [Fact]
    public async Task Profile_NestedColumnsExcluded_ReadsTheRest()
    {
        Put(await NestedAsync());

        var profile = await _folder.ProfileFileAsync("a.parquet", Spec with { Exclude = ["when", "tags"] });

        Assert.Equal(["x"], profile.Features);
        Assert.Equal(1.5, profile.Columns[0].Numbers().Mean);
    }

    [Fact]
    public async Task Profile_NoSuchLabel_NamesTheNearest()
    {
        Put(await TableFiles.ParquetAsync(Rows));

        Assert.Equal("a.parquet: there is no label column 'label'; the nearest names are 'c0', 'c1', 'c2'.", (await _folder.FailFileAsync("a.parquet", Spec)).Message);
    }

    [Theory]
    [InlineData("label,x\n0,1\n", "a.parquet: this is no Parquet file; correct its name or set data.format (Parquet is never compressed as a whole).")]
    [InlineData("", "a.parquet: the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern.")]
    [InlineData("P", "a.parquet: this is no Parquet file; correct its name or set data.format (Parquet is never compressed as a whole).")]
    [InlineData("PAR1PAR1", "a.parquet: the Parquet file has no footer where it must end with one, so it is cut off or corrupt; write it again.")]
    [InlineData("PAR1\u0001\0\0\0PARE", "a.parquet: the Parquet file is encrypted; write it without encryption.")]
    [InlineData("PAR1....\u007f\0\0\0PAR1", "a.parquet: the Parquet file has no footer where it must end with one, so it is cut off or corrupt; write it again.")]
    [InlineData("PAR1....\u0004\0\0\0PAR1", "a.parquet: the Parquet data is corrupt or cut off, or uses an encoding or compression that is not supported; write the file again, with Snappy, Zstandard or no compression.")]
    public async Task Profile_NoParquet_SaysSo(string text, string message)
    {
        Put(TableFiles.Utf8(text));

        Assert.Equal(message, (await _folder.FailFileAsync("a.parquet", First)).Message);
    }

    [Fact]
    public async Task Profile_NoRows_SaysSo()
    {
        Put(await TableFiles.ParquetAsync(new Field[] { new DataField<int>("label"), new DataField<int>("x") }, Array.Empty<int>(), (_, _) => Task.CompletedTask));

        Assert.Equal("a.parquet: the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern.", (await _folder.FailFileAsync("a.parquet", Spec)).Message);
    }

    [Fact]
    public async Task Profile_CutAnywhere_Throws()
    {
        var whole = await TableFiles.ParquetAsync(Rows, groupRows: 20);

        for (var length = 1; length < whole.Length; length += 7)
        {
            Put(whole[..length]);
            Assert.StartsWith("a.parquet: ", (await _folder.FailFileAsync("a.parquet", First)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Profile_BytesFlipped_IsReadOrRefusedButNeverBreaks()
    {
        var whole = await TableFiles.ParquetAsync(Rows, groupRows: 20);
        var refused = 0;

        for (var i = 0; i < whole.Length; i += 2)
        {
            var bad = (byte[])whole.Clone();
            bad[i] ^= 0x41;
            Put(bad);
            var exception = await Record.ExceptionAsync(() => _folder.ProfileFileAsync("a.parquet", First));
            Assert.True(exception is null or DataErrorException, $"byte {i}: {exception}");
            refused += exception is null ? 0 : 1;
        }

        Assert.InRange(refused, 50, whole.Length);
    }

    [Fact]
    public async Task Profile_UsedColumnsOnly_ReadsFewerBytes()
    {
        var wide = Enumerable.Range(0, 2000).Select(row => Enumerable.Range(0, 20).Select(column => Math.Sqrt((row * 20) + column)).ToArray()).ToArray();
        var bytes = await TableFiles.ParquetAsync(wide, groupRows: 1000);
        Put(bytes);

        await _folder.ProfileFileAsync("a.parquet", First with { Include = ["c5"] });

        Assert.InRange(_folder.Counters.BytesRead, 1, bytes.Length / 4);
        Assert.Equal(2000, _folder.Counters.TextRows);
    }

    [Fact]
    public async Task Profile_FileChangedSinceTheTable_ThrowsDataChanged()
    {
        Put(await TableFiles.ParquetAsync(Rows));
        var shard = await _folder.FindAsync("a.parquet");
        Put(await TableFiles.ParquetAsync(Rows[..40]));

        await Assert.ThrowsAsync<DataChangedException>(() => _folder.Profiler.ProfileAsync(shard, First, new DataCounters(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Profile_NameTellsNoFormat_LooksAtTheFirstBytes()
    {
        _folder.Put("a.data", await TableFiles.ParquetAsync(Rows));

        Assert.Equal(["c1", "c2"], (await _folder.ProfileFileAsync("a.data", First)).Features);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<byte[]> NestedAsync()
    {
        var label = new DataField<string>("label");
        var x = new DataField<double>("x");
        var when = new DataField<DateTime>("when");
        var tags = new DataField<int[]>("tags");
        return TableFiles.ParquetAsync([label, x, when, tags], [0], async (group, _) =>
        {
            await group.PutTextAsync(label, "a", "b");
            await group.PutAsync<double>(x, 1.0, 2.0);
            await group.PutAsync<DateTime>(when, DateTime.UnixEpoch, DateTime.UnixEpoch);
            await group.PutListAsync(tags, (1, 0), (2, 1), (3, 0));
        });
    }

    private void Put(byte[] bytes) => _folder.Put("a.parquet", bytes);
}
