using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Profiling;

namespace CloudSweep.Worker.Tests.Data.Formats;

public sealed class ChangingFileTests : IDisposable
{
    private static readonly double[][] Rows = [.. Enumerable.Range(0, 50).Select(row => new double[] { row % 2, row })];

    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    [InlineData("a.csv.zst")]
    [InlineData("a.svm")]
    [InlineData("a.parquet")]
    [InlineData("a.data")]
    public async Task Profile_FileGrowsWhileItIsRead_ThrowsDataChangedAndKeepsNothing(string name)
    {
        var path = _folder.Put(name, ShardName.FormatOf(name) switch
        {
            DataFormat.Parquet => await TableFiles.ParquetAsync(Rows),
            DataFormat.Libsvm => TableFiles.Utf8(TableFiles.Libsvm(Rows)),
            _ => TableFiles.Utf8(TableFiles.Csv(Rows)),
        });
        var shard = await _folder.FindAsync(name);
        var pass = new ShardPass(new GrowingFile(_folder.Source, path), _folder.Blocks);

        await Assert.ThrowsAsync<DataChangedException>(() => pass.RunAsync(
            shard, DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0) }, _folder.Counters, TestContext.Current.CancellationToken));

        Assert.False(Directory.Exists(_folder.Cache) && Directory.EnumerateFiles(_folder.Cache).Any());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Appends to the file right after it was opened.</summary>
    private sealed class GrowingFile(IShardSource source, string path) : IShardSource
    {
        public Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken) => source.FindAsync(pattern, cancellationToken);

        public async Task<Stream> OpenAsync(Shard shard, CancellationToken cancellationToken)
        {
            var stream = await source.OpenAsync(shard, cancellationToken);
            await File.AppendAllTextAsync(path, "1,2\n", cancellationToken);
            return stream;
        }

        public async Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken)
        {
            var ranges = await source.OpenRangesAsync(shard, cancellationToken);
            await File.AppendAllTextAsync(path, "PAR1", cancellationToken);
            return ranges;
        }
    }
}
