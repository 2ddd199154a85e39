using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>The distinct labels of a shard in order of first appearance, with their rows.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<LabelCount> _labels = [];

    public IReadOnlyList<LabelCount> Labels => _labels;

    /// <summary>Counts a row; the label's local index.</summary>
    public int Add(ReadOnlySpan<byte> label, bool isValidation)
    {
        Span<char> text = stackalloc char[256];
        var lookup = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> chars = label.Length <= text.Length ? text[..Encoding.UTF8.GetChars(label, text)] : Encoding.UTF8.GetString(label);
        if (!lookup.TryGetValue(chars, out var index))
        {
            index = _labels.Count;
            _indexes.Add(chars.ToString(), index);
            _labels.Add(new LabelCount(chars.ToString(), 0, 0));
        }

        var count = _labels[index];
        _labels[index] = isValidation ? count with { ValidationRows = count.ValidationRows + 1 } : count with { TrainRows = count.TrainRows + 1 };
        return index;
    }
}
