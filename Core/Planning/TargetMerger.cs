using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Merges what shards learned of a label that is a number.</summary>
public static class TargetMerger
{
    /// <summary>Most training labels in a sample: a mean distance from the median is then known to some 2 %.</summary>
    public const int MaxSample = 1024;

    internal static void AddProblems(List<string> problems, IReadOnlyList<ShardProfile> shards)
    {
        var train = Combine(shards, target => target.Train);
        if (train.Count > 0 && train.Min == train.Max)
        {
            problems.Add("The label has one value in all training rows, so there is nothing to predict. Is data.label the right column?");
        }
        else if (train.Count > 0 && !(double.IsFinite(train.M2 / train.Count) && double.IsNormal(train.M2 / train.Count)))
        {
            problems.Add("The label's variance over the training rows is too large or too small for double precision; give the label in another unit.");
        }
    }

    internal static TargetStatistics Merge(IReadOnlyList<ShardProfile> shards)
    {
        var sample = shards.SelectMany(shard => TargetOf(shard).Sample).OrderBy(label => label.Priority).Take(MaxSample).Select(label => label.Value).Order().ToArray();
        var median = (sample[(sample.Length - 1) / 2] / 2) + (sample[sample.Length / 2] / 2);
        return new TargetStatistics(
            Combine(shards, target => target.Train),
            Combine(shards, target => target.Validation),
            median,
            sample.Average(value => Math.Abs(value - median)));
    }

    private static ColumnStatistics Combine(IReadOnlyList<ShardProfile> shards, Func<ShardTarget, ColumnStatistics> side) =>
        shards.Select(shard => side(TargetOf(shard))).Aggregate((left, right) => left.Plus(right));

    private static ShardTarget TargetOf(ShardProfile shard) =>
        shard.Target ?? throw new MalformedDocumentException($"The profile of shard '{shard.ShardKey}' has no statistics of its label.");
}
