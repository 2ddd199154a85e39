using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Collects the first mistakes of a shard, so that they are told all at once.</summary>
/// <param name="shardName">File name of the shard, without its folder.</param>
/// <param name="mayQuote">Whether short cells may be quoted: only those of a local data set.</param>
internal sealed class DataMistakes(string shardName, bool mayQuote)
{
    public const int Limit = 10;

    private const int MaxQuotedLength = 32;

    private readonly List<string> _lines = [];

    public bool Any => _lines.Count > 0;

    public bool IsFull => _lines.Count >= Limit;

    public static DataMistakes For(Shard shard) =>
        new(ShardName.OfUri(shard.Uri), shard.Uri.StartsWith("file://", StringComparison.Ordinal));

    public void Add(RecordPlace place, string? column, string problem)
    {
        if (!IsFull)
        {
            _lines.Add($"{shardName}{(place.Number > 0 ? $", {place}" : "")}{(column is null ? "" : $", column '{column}'")}: {problem}.");
        }
    }

    /// <summary>The cell in quotes where it may be shown, else "the cell".</summary>
    public string Quote(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(cell);
        return mayQuote && text.Length <= MaxQuotedLength && !text.Any(char.IsControl) ? $"\"{text}\"" : "the cell";
    }

    /// <exception cref="DataErrorException">There are mistakes.</exception>
    public void ThrowIfAny(Exception? cause = null)
    {
        if (Any)
        {
            var more = IsFull ? $"\nReading {shardName} stopped after {Limit} mistakes." : "";
            throw new DataErrorException(string.Join('\n', _lines) + more, cause);
        }
    }
}
