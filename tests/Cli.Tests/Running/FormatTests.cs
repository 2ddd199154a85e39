using System.Globalization;
using System.IO.Compression;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;
using Parquet;
using Parquet.Schema;
using ZstdSharp;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>The digits in every format: the same sweep, the same measurements.</summary>
public sealed class FormatTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SameDataInEveryFormat_MeasuresTheSameBits()
    {
        var shards = await ReadDigitsAsync();
        var measured = new Dictionary<string, string>();
        foreach (var name in new[] { "csv", "csv.gz", "csv.zst", "parquet", "svm", "svm.zst" })
        {
            measured.Add(name, await MeasureAsync(shards, name));
        }

        Assert.All(measured, entry => Assert.True(measured["csv"] == entry.Value, $"{entry.Key} measured other bits than csv."));
        Assert.True(measured["csv"].Count(character => character == '\n') > 40);
    }

    [Fact]
    public async Task Run_SkippedRows_AreToldAndWrittenWithoutTheirContent()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 200).Select(row => row == 17 ? "0,topsecret" : row == 40 ? "1" : string.Create(CultureInfo.InvariantCulture, $"{row % 2},{row % 7}"));
        await File.WriteAllTextAsync(folder["part-a.csv"], "label,x\n" + string.Join('\n', rows) + "\n", None);
        await WriteSweepAsync(folder, "part-*.csv", "onBadRow: skip, maxBadRows: 0.02, label: label");

        var result = await CloudSweepProcess.RunAsync(folder.Root, "run", "sweep.yaml", "--state", "state");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("2 of 200 rows break rules and were left out; the first: shard 'a',", string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("bad-rows.csv names the rows that were left out.", result.Output, StringComparison.Ordinal);
        var results = Assert.Single(Directory.GetDirectories(folder["state/sweeps"]));
        Assert.Equal(
            "shard,unit,number,column,rule\na,line,19,x,is not a number\na,line,42,,has another number of cells than the first\n",
            await File.ReadAllTextAsync(Path.Combine(results, "bad-rows.csv"), None));
        Assert.DoesNotContain("topsecret", result.Output + await File.ReadAllTextAsync(Path.Combine(results, "report.html"), None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("svm")]
    [InlineData("csv.zst")]
    public async Task Plan_AnyFormat_KnowsRowsAndFeatures(string name)
    {
        using var folder = new TemporaryFolder();
        await WriteShardAsync(folder[$"part-0.{name}"], (await ReadDigitsAsync())[0]);
        await WriteSweepAsync(folder, $"part-*.{name}", "label: 0");

        var result = await CloudSweepProcess.RunAsync(folder.Root, "plan", "sweep.yaml", "--output", "json");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("\"features\": 56,", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"rows\": 450,", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"classes\": 10,", result.Output, StringComparison.Ordinal);
    }

    private static async Task<string> MeasureAsync(IReadOnlyList<string[][]> shards, string name)
    {
        using var folder = new TemporaryFolder();
        foreach (var (number, rows) in shards.Index())
        {
            await WriteShardAsync(folder[$"part-{number}.{name}"], rows);
        }

        await WriteSweepAsync(folder, $"part-*.{name}", "label: 0");
        var result = await CloudSweepProcess.RunAsync(folder.Root, "run", "sweep.yaml", "--state", "state");
        Assert.True(result.ExitCode == 0, result.Errors);
        return await File.ReadAllTextAsync(Path.Combine(Assert.Single(Directory.GetDirectories(folder["state/sweeps"])), "measurements.csv"), None);
    }

    private static Task WriteSweepAsync(TemporaryFolder folder, string train, string data) => File.WriteAllTextAsync(folder["sweep.yaml"], $$"""
        version: 1
        name: formats
        data: { train: "{{train}}", {{data}} }
        model: { kind: mlp, hidden: [16], activation: relu }
        training: { epochs: 3, batchSize: 32, seed: 7 }
        learningRate: [0.01, 0.1]
        optimizer: sgd
        """, None);

    /// <summary>Per shard its rows: label, then the 64 pixels.</summary>
    private static async Task<IReadOnlyList<string[][]>> ReadDigitsAsync()
    {
        var shards = new List<string[][]>();
        foreach (var path in Directory.GetFiles(Repository.PathOf("examples", "data", "digits"), "part-*.csv.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            var lines = (await reader.ReadToEndAsync(None)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            shards.Add([.. lines.Skip(1).Select(line => line.TrimEnd('\r').Split(','))]);
        }

        return shards;
    }

    private static async Task WriteShardAsync(string path, string[][] rows)
    {
        await using var file = File.Create(path);
        switch (ShardName.FormatOf(path))
        {
            case DataFormat.Parquet:
                await WriteParquetAsync(file, rows);
                break;
            case DataFormat.Libsvm:
                await WriteTextAsync(file, path, rows.Select(row => string.Join(' ', row.Select((cell, column) => column == 0 ? cell : cell == "0" ? "" : $"{column}:{cell}").Where(entry => entry.Length > 0))));
                break;
            default:
                await WriteTextAsync(file, path, rows.Select(row => string.Join(',', row)));
                break;
        }
    }

    private static async Task WriteTextAsync(Stream file, string path, IEnumerable<string> lines)
    {
        await using var stored = ShardName.CompressionOf(path) switch
        {
            ShardCompression.Gzip => new GZipStream(file, CompressionLevel.Fastest),
            ShardCompression.Zstandard => new CompressionStream(file),
            _ => file,
        };
        await using var text = new StreamWriter(stored) { NewLine = "\n" };
        foreach (var line in lines)
        {
            await text.WriteLineAsync(line);
        }
    }

    private static async Task WriteParquetAsync(Stream file, string[][] rows)
    {
        var fields = Enumerable.Range(0, rows[0].Length).Select(column => new DataField<int>($"c{column}")).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, cancellationToken: None);
        foreach (var chunk in rows.Chunk(200))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (column, field) in fields.Index())
            {
                await group.WriteAsync<int>(field, chunk.Select(row => int.Parse(row[column], CultureInfo.InvariantCulture)).ToArray(), cancellationToken: None);
            }
        }
    }
}
