using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>The distinct texts of a column of a shard in order of first appearance, with their rows.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _indexes =
        new Dictionary<byte[], int>(Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly List<string> _texts = [];
    private readonly List<long> _trainRows = [];
    private readonly List<long> _validationRows = [];

    public int Distinct => _texts.Count;

    public IReadOnlyList<LabelCount> ToLabels() => [.. _texts.Select((text, index) => new LabelCount(text, _trainRows[index], _validationRows[index]))];

    /// <summary>Counts a row; the label's local index.</summary>
    /// <param name="label">UTF-8.</param>
    /// <param name="isHeldOut">Whether the row is not trained on.</param>
    public int Add(ReadOnlySpan<byte> label, bool isHeldOut)
    {
        var index = Find(label);
        index = index >= 0 ? index : Add(label);
        Count(index, isHeldOut);
        return index;
    }

    /// <summary>The local index of a text; −1 = it is new.</summary>
    public int Find(ReadOnlySpan<byte> label) => _indexes.TryGetValue(label, out var index) ? index : -1;

    /// <summary>Adds a text that is new, without a row; its local index.</summary>
    public int Add(ReadOnlySpan<byte> label)
    {
        _indexes[label] = _texts.Count;
        _texts.Add(Encoding.UTF8.GetString(label));
        _trainRows.Add(0);
        _validationRows.Add(0);
        return _texts.Count - 1;
    }

    public void Count(int index, bool isHeldOut) => (isHeldOut ? _validationRows : _trainRows)[index]++;
}
