using System.Globalization;
using System.Text;
using CloudSweep.Benchmarks.Tables;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>CSV files of 64 MiB with two classes and 512 numbers a row; some drawn lines are written again and again. Beside them a small file to validate on.</summary>
internal static class TextShards
{
    public const int Features = 512;
    public const long ShardBytes = 64L << 20;
    private const int DrawnLines = 512;
    private const int ValidationRepeats = 8;
    private const int Seed = 11;

    /// <summary>Writes them to <c>train-NNNN.csv</c> and <c>validation.csv</c> of a folder.</summary>
    public static void Write(string folder, int shards)
    {
        Directory.CreateDirectory(folder);
        var header = Encoding.UTF8.GetBytes("label," + string.Join(',', Enumerable.Range(0, Features).Select(feature => $"f{feature}")) + "\n");
        var lines = Encoding.UTF8.GetBytes(Lines());
        for (var shard = 0; shard < shards; shard++)
        {
            WriteFile(Path.Combine(folder, $"train-{shard:0000}.csv"), header, lines, (int)(ShardBytes / lines.Length));
        }

        WriteFile(Path.Combine(folder, "validation.csv"), header, lines, ValidationRepeats);
    }

    private static void WriteFile(string path, byte[] header, byte[] lines, int repeats)
    {
        using var file = File.Create(path);
        file.Write(header);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            file.Write(lines);
        }
    }

    private static string Lines()
    {
        var draws = new Draws(Seed);
        var text = new StringBuilder();
        for (var line = 0; line < DrawnLines; line++)
        {
            text.Append(line % 2);
            for (var feature = 0; feature < Features; feature++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{draws.Uniform(-1, 1) + (line % 2 * 0.1):0.000000}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
