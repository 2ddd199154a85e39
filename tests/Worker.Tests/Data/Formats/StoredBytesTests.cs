using System.IO.Hashing;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>
/// What a pass over a text stores and says is an interface: blocks, profile and mistakes, to the byte. The hashes were recorded from the
/// reader that looked at one byte after the other.
/// </summary>
public sealed class StoredBytesTests
{
    private const int Tables = 150;

    [Theory]
    [InlineData(1, int.MaxValue, 11708950875929233529UL)]
    [InlineData(1, 100, 11708950875929233529UL)]
    [InlineData(2, int.MaxValue, 8359178215641385417UL)]
    [InlineData(3, int.MaxValue, 14433414883848180394UL)]
    [InlineData(3, 4099, 14433414883848180394UL)]
    public async Task Pass_RandomTables_StoresAndTellsWhatItAlwaysDid(int seed, int bytesPerRead, ulong expected)
    {
        var tables = new RandomTables(seed);
        var hash = new XxHash3();
        var passed = 0;
        for (var table = 0; table < Tables; table++)
        {
            var (text, spec) = tables.Next();
            var (isGood, stored) = await StoreAsync(new TricklingStream(text, bytesPerRead), spec, TestContext.Current.CancellationToken);
            passed += isGood ? 1 : 0;
            hash.Append(stored);
        }

        Assert.InRange(passed, Tables / 4, Tables * 3 / 4);
        Assert.Equal(expected, hash.GetCurrentHashAsUInt64());
    }

    /// <summary>The bytes of the block file, or the mistakes.</summary>
    private static async Task<(bool IsGood, byte[] Stored)> StoreAsync(Stream text, DataSpec spec, CancellationToken cancellationToken)
    {
        var shard = new Shard("part", "file:///part.csv", text.Length, "1", null);
        var mistakes = DataMistakes.For(shard);
        using var file = new MemoryStream();
        BlockFileWriter? writer = null;
        var rows = new ShardRows(shard, spec, mistakes, new DataCounters(), () => writer = new BlockFileWriter(file, "key", exception => new CacheUnavailableException("", exception)));
        using var reader = new CsvRecords(new CsvRecordReader(text, (byte)spec.Delimiter), spec);
        try
        {
            await ReadAsync(reader, rows, cancellationToken);
            writer!.Finish(rows.Finish());
            return (true, file.ToArray());
        }
        catch (RecordFormatException exception)
        {
            return (false, Encoding.UTF8.GetBytes($"{exception.Place}: {exception.Message}"));
        }
        catch (DataErrorException exception)
        {
            return (false, Encoding.UTF8.GetBytes(exception.Message));
        }
    }

    private static async Task ReadAsync(CsvRecords reader, ShardRows rows, CancellationToken cancellationToken)
    {
        while (await reader.FillAsync(cancellationToken))
        {
            while (reader.TryRead())
            {
                if (!rows.Accept(reader))
                {
                    return;
                }
            }
        }
    }
}
