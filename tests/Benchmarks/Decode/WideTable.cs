using System.Globalization;
using System.Text;

namespace CloudSweep.Benchmarks.Decode;

/// <summary>Shards of CSV files in a folder: a label and many numbers of four decimals. Gone when disposed.</summary>
internal sealed class WideTable : IDisposable
{
    public const int Features = 256;
    public const int Shards = 8;
    public const int RowsPerShard = 12_288;

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudsweep-decode-").FullName;

    /// <param name="classes">Labels are 0 to one less; the largest of as many features says which, with noise.</param>
    public WideTable(int classes)
    {
        Parallel.For(0, Shards, shard => Write(shard, classes));
    }

    public string Folder => _folder;

    public long Bytes => Directory.EnumerateFiles(_folder).Sum(file => new FileInfo(file).Length);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

#pragma warning disable CA5394 // Reproducible, not secret.
    private void Write(int shard, int classes)
    {
        var random = new Random(shard);
        using var file = new FileStream(Path.Combine(_folder, $"part-{shard}.csv"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(Encoding.UTF8.GetBytes("label," + string.Join(',', Enumerable.Range(0, Features).Select(feature => $"x{feature}")) + "\n"));
        var values = new double[Features];
        Span<byte> cell = stackalloc byte[32];
        for (var row = 0; row < RowsPerShard; row++)
        {
            var label = 0;
            for (var feature = 0; feature < Features; feature++)
            {
                values[feature] = (random.NextDouble() * 4) - 2;
                label = feature < classes && values[feature] > values[label] ? feature : label;
            }

            label = random.Next(4) == 0 ? random.Next(classes) : label;
            file.WriteByte((byte)('0' + label));
            foreach (var value in values)
            {
                file.WriteByte((byte)',');
                value.TryFormat(cell, out var length, "F4", CultureInfo.InvariantCulture);
                file.Write(cell[..length]);
            }

            file.WriteByte((byte)'\n');
        }
    }
#pragma warning restore CA5394
}
