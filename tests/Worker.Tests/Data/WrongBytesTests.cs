using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Tests.Data.Formats;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Wrong bytes of the right length are found, and nothing that was read of them is kept.</summary>
public sealed class WrongBytesTests : IDisposable
{
    private static readonly StorageException WrongBytes = new("gs://bucket/a: wrong bytes.", isTransient: true);
    private static readonly double[][] Rows = [.. Enumerable.Range(0, 20_000).Select(row => new double[] { row % 2, row })];

    private readonly DataBucket _bucket = new();

    public static TheoryData<string> Names => [.. FileNames];

    private static string[] FileNames => ["a.csv", "a.csv.gz", "a.csv.zst", "a.svm", "a.svm.gz", "a.parquet", "a.data"];

    public void Dispose() => _bucket.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Profile_EveryReadIsWrong_FailsAndKeepsNothing(string name)
    {
        var content = await PutAsync(name);
        (_bucket.Objects.WrongOpens, _bucket.Objects.WrongOffset, _bucket.Objects.EndFailure) = (int.MaxValue, content.Length / 2, WrongBytes);

        var exception = await Record.ExceptionAsync(() => _bucket.ProfileAsync(name));

        // Corrupt compressed data may be told as such: it was so in two reads.
        Assert.True(exception is StorageException or DataErrorException, $"{exception}");
        Assert.Empty(_bucket.CachedFiles);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Profile_OnlyTheLastByteIsWrong_FailsAndKeepsNothing(string name)
    {
        var content = await PutAsync(name);
        (_bucket.Objects.WrongOpens, _bucket.Objects.WrongOffset, _bucket.Objects.EndFailure) = (int.MaxValue, content.Length - 1, WrongBytes);

        var exception = await Record.ExceptionAsync(() => _bucket.ProfileAsync(name));

        Assert.True(exception is StorageException or DataErrorException, $"{exception}");
        Assert.Empty(_bucket.CachedFiles);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Profile_BytesLookRightButAreNot_FailsAsTheStoreSays(string name)
    {
        await PutAsync(name);
        (_bucket.Objects.WrongOpens, _bucket.Objects.WrongOffset, _bucket.Objects.EndFailure) = (int.MaxValue, long.MaxValue, WrongBytes);

        var exception = await Record.ExceptionAsync(() => _bucket.ProfileAsync(name));

        Assert.Same(WrongBytes, exception);
        Assert.Empty(_bucket.CachedFiles);
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public async Task Profile_OneReadFindsAMistakeThatIsNone_ReadsAgain(string name)
    {
        var content = await PutAsync(name);
        var expected = await _bucket.ProfileAsync(name);
        using var other = new DataBucket();
        await other.PutAsync(name, content);
        (other.Objects.WrongOpens, other.Objects.WrongOffset, other.Objects.EndFailure) = (1, name == "a.csv" ? 1 : content.Length / 2, WrongBytes);

        var profile = await other.ProfileAsync(name);

        Assert.Equal(CanonicalJson.Write(expected), CanonicalJson.Write(profile));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Profile_Object_CountsItsBytesAsOftenAsItReadsThem(string name)
    {
        var content = await PutAsync(name);

        await _bucket.ProfileAsync(name);

        // Without data.features.count LIBSVM is read twice.
        var passes = name.Contains(".svm", StringComparison.Ordinal) ? 2 : 1;
        Assert.Equal(passes * content.Length, _bucket.Counters.BytesRead);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Profile_ObjectOrFile_IsTheSame(string name)
    {
        var content = await PutAsync(name);
        using var folder = new DataFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Data, name), content, TestContext.Current.CancellationToken);

        var profile = await _bucket.ProfileAsync(name);

        Assert.Equal(CanonicalJson.Write(await folder.ProfileFileAsync(name, DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0) })), CanonicalJson.Write(profile));
    }

    private async Task<byte[]> PutAsync(string name)
    {
        using var folder = new DataFolder();
        var path = folder.Put(name, ShardName.FormatOf(name) switch
        {
            DataFormat.Parquet => await TableFiles.ParquetAsync(Rows),
            DataFormat.Libsvm => TableFiles.Utf8(TableFiles.Libsvm(Rows)),
            _ => TableFiles.Utf8(TableFiles.Csv(Rows)),
        });
        var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await _bucket.PutAsync(name, content);
        return content;
    }
}
