using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>The distinct texts of a column of a shard in order of first appearance, with their rows.</summary>
internal sealed class LabelTable
{
    private const int ShortText = 256;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<LabelCount> _labels = [];

    public IReadOnlyList<LabelCount> Labels => _labels;

    /// <summary>Counts a row; the label's local index.</summary>
    public int Add(ReadOnlySpan<byte> label, bool isHeldOut)
    {
        var index = Find(label);
        index = index >= 0 ? index : Add(label);
        Count(index, isHeldOut);
        return index;
    }

    /// <summary>The local index of a text; −1 = it is new.</summary>
    public int Find(ReadOnlySpan<byte> label)
    {
        Span<char> text = stackalloc char[ShortText];
        ReadOnlySpan<char> chars = label.Length <= text.Length ? text[..Encoding.UTF8.GetChars(label, text)] : Encoding.UTF8.GetString(label);
        return _indexes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(chars, out var index) ? index : -1;
    }

    /// <summary>Adds a text that is new, without a row; its local index.</summary>
    public int Add(ReadOnlySpan<byte> label)
    {
        var text = Encoding.UTF8.GetString(label);
        _indexes.Add(text, _labels.Count);
        _labels.Add(new LabelCount(text, 0, 0));
        return _labels.Count - 1;
    }

    public void Count(int index, bool isHeldOut)
    {
        var count = _labels[index];
        _labels[index] = isHeldOut ? count with { ValidationRows = count.ValidationRows + 1 } : count with { TrainRows = count.TrainRows + 1 };
    }
}
