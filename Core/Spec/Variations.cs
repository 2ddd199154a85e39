namespace CloudSweep.Core.Spec;

/// <summary>The files that <c>vary</c> makes of one: every combination of its values put in place.</summary>
internal sealed class Variations(SpecNode.Map file, IReadOnlyList<VariedKey> keys)
{
    /// <summary>Most combinations of values.</summary>
    public const int MaxCount = 10_000;

    /// <summary>Product of the numbers of values.</summary>
    public double Count => keys.Aggregate(1.0, (count, key) => count * key.Values.Count);

    /// <summary>Indexes of the values of each key: all combinations, the last key changing first; beyond the most, only those of <see cref="OneByOne"/>.</summary>
    public IEnumerable<int[]> Choices() => Count > MaxCount
        ? keys.SelectMany(OneByOne).Prepend(new int[keys.Count])
        : keys.Aggregate<VariedKey, IEnumerable<int[]>>([[]], (choices, key) => choices.SelectMany(choice => Indexes(key).Select(index => (int[])[.. choice, index])));

    /// <summary>A choice for each value of one key, the first of all others.</summary>
    public IEnumerable<int[]> OneByOne(VariedKey varied) => Indexes(varied).Select(index => keys.Select(key => key == varied ? index : 0).ToArray());

    /// <summary>The file of one choice.</summary>
    public SpecNode.Map FileOf(int[] choice) => keys.Zip(choice).Aggregate(file, (changed, pair) => pair.First.PutInto(changed, pair.Second));

    private static IEnumerable<int> Indexes(VariedKey key) => Enumerable.Range(0, key.Values.Count);
}
