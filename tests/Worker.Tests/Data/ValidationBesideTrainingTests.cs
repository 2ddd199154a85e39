using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Validation rows are the same while the blocks that they lie in are decoded for training.</summary>
public sealed class ValidationBesideTrainingTests : IDisposable
{
    private const int Shards = 2;
    private const int RowsPerShard = 6_000;
    private const int Cities = 90;
    private const int Rounds = 30;

    private static readonly DataSpec Spec = DataFolder.Spec with { Validation = new ValidationSplit(0.5, 1), Columns = [new ColumnSettings.Category("city", [], false)] };

    private readonly DataFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenValidation_WhileAWindowIsDecoded_GivesTheSameRows()
    {
        var (table, profile) = await PutAsync();
        Task<ITrainingRows> OpenAsync(long residentLimit) => _folder.Rows(residentLimit).OpenAsync(Spec, table, profile, 9, _folder.Counters, None);
        var resident = await OpenAsync(1L << 30);
        var (training, validation) = (Read(resident.OpenEpoch(0, 0), resident.FeatureCount), Read(resident.OpenValidation(), resident.FeatureCount));

        for (var round = 0; round < Rounds; round++)
        {
            var rows = await OpenAsync(residentLimit: 0);
            Func<IRowReader>[] readers = [() => rows.OpenEpoch(0, 0), rows.OpenValidation, rows.OpenValidation];
            var read = await Task.WhenAll(readers.Select(open => Task.Run(() => Read(open(), rows.FeatureCount), None)));

            Assert.Equal(training, read[0]);
            Assert.Equal(validation, read[1]);
            Assert.Equal(validation, read[2]);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(ShardTable Shards, DataProfile Profile)> PutAsync()
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            var text = new StringBuilder("label,city,u\n");
            for (var row = 0; row < RowsPerShard; row++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{row % 3},city{(row * 7) % Cities},{row * 0.25}\n");
            }

            _folder.Put($"part-{shard}.csv", text.ToString());
        }

        return await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "part-*.csv"), Spec);
    }

    private static float[] Read(IRowReader reader, int features)
    {
        using (reader)
        {
            var (values, tile) = (new List<float>(), new RowTile(1000, features));
            while (reader.Read(tile))
            {
                values.AddRange(tile.FeaturesOf(0, tile.Count));
            }

            return [.. values];
        }
    }
}
