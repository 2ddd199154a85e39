using System.IO.Hashing;
using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>The same rows give the same bits, whatever they are stored in.</summary>
public sealed class SameBitsTests
{
    private static readonly double[][] Rows = [.. Enumerable.Range(0, 900).Select(Row)];

    private static readonly DataSpec Spec = DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0), Scale = FeatureScale.Standard };

    [Theory]
    [InlineData("part-{0}.csv.gz")]
    [InlineData("part-{0}.csv.zst")]
    [InlineData("part-{0}.parquet")]
    [InlineData("part-{0}.svm")]
    [InlineData("part-{0}.libsvm.gz")]
    [InlineData("part-{0}.svm.zst")]
    public async Task Train_SameRowsInAnotherFormat_MeasuresTheSameBits(string name)
    {
        var csv = await DigestAsync("part-{0}.csv");

        Assert.Equal(csv, await DigestAsync(name));
    }

    [Fact]
    public async Task Train_OtherRows_MeasuresOtherBits() =>
        Assert.NotEqual(await DigestAsync("part-{0}.csv"), await DigestAsync("part-{0}.csv", [.. Rows.Reverse()]));

    private static double[] Row(int row)
    {
        double Noise(int column) => KeyedRandom.UnitInterval(3, RandomPurpose.SyntheticNoise, column, row);

        // Column 2 is mostly 0, column 4 always in the first shards, and −0 and tiny values are kept.
        return [row % 3, Math.Round(Noise(1) * 10, 2), Noise(2) < 0.8 ? 0 : row % 3, row % 7 == 0 ? -0.0 : Noise(3) * 1e-300, row < 600 ? 0 : Noise(4)];
    }

    private static async Task<string> DigestAsync(string name, double[][]? rows = null)
    {
        using var folder = new DataFolder();
        foreach (var (shard, chunk) in (rows ?? Rows).Chunk(300).Index())
        {
            var file = string.Format(null, name, shard);
            folder.Put(file, ShardName.FormatOf(file) switch
            {
                DataFormat.Parquet => await TableFiles.ParquetAsync(chunk),
                DataFormat.Libsvm => TableFiles.Utf8(TableFiles.Libsvm(chunk)),
                _ => TableFiles.Utf8(TableFiles.Csv(chunk)),
            });
        }

        var table = await folder.Source.FindAsync(Path.Combine(folder.Data, "part-*"), CancellationToken.None);
        var profiles = new List<ShardProfile>();
        foreach (var shard in table.Shards)
        {
            profiles.Add(await folder.Profiler.ProfileAsync(shard, Spec, folder.Counters, CancellationToken.None));
        }

        var profile = ProfileMerger.Merge(profiles, Spec);
        var data = await folder.Rows().OpenAsync(Spec, table, profile, 7, folder.Counters, CancellationToken.None);
        var run = Jobs.Run(Jobs.Plan(Jobs.Mlp, 16, 2, Jobs.Lane(1), Jobs.Lane(2), Jobs.Lane(3)), data, KernelPaths.Supported()[0], threads: 1);
        return string.Join('\n', CanonicalJson.Write(profile.Columns), Digest(data), CanonicalJson.Write(run.Measurements));
    }

    private static ulong Digest(ITrainingRows rows)
    {
        var tile = new RowTile((int)rows.TrainRows, rows.FeatureCount);
        using var reader = rows.OpenEpoch(0, 0);
        reader.Read(tile);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(tile.Features.AsSpan(0, tile.Count * rows.FeatureCount)));
    }
}
