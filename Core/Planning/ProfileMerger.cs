using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Merges shard profiles, in the order given, into the profile of the data set.</summary>
public static class ProfileMerger
{
    private const int MaxClasses = 10_000;

    /// <exception cref="DataErrorException">The shards do not make a data set to train on; all reasons are listed.</exception>
    public static DataProfile Merge(IReadOnlyList<ShardProfile> inKeyOrder, DataSpec data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfZero(inKeyOrder.Count);
        var first = inKeyOrder[0];
        var problems = inKeyOrder.Skip(1)
            .Where(shard => !shard.Features.SequenceEqual(first.Features, StringComparer.Ordinal))
            .Select(shard => $"Shard '{shard.ShardKey}' has other feature columns than shard '{first.ShardKey}': {Difference(first.Features, shard.Features)}. All shards need the same columns in the same order.")
            .ToList();
        var classes = Classes(inKeyOrder);
        AddRowProblems(problems, inKeyOrder, data);
        if (data.Task == LearningTask.Regression)
        {
            TargetMerger.AddProblems(problems, inKeyOrder);
        }
        else
        {
            AddClassProblems(problems, classes);
        }

        if (problems.Count > 0)
        {
            throw new DataErrorException(string.Join(Environment.NewLine, problems));
        }

        var indexes = classes.Index().ToDictionary(entry => entry.Item.Label, entry => entry.Index, StringComparer.Ordinal);
        var shards = inKeyOrder.Select(shard => new ShardLayout(shard.ShardKey, shard.Blocks, shard.Labels.Select(label => indexes[label.Label]).ToArray()));
        var columns = Enumerable.Range(0, first.Features.Count).Select(column => inKeyOrder.Select(shard => shard.Columns[column]).Aggregate(Combine));
        return new DataProfile(shards.ToArray(), first.Features, columns.ToArray(), classes)
        {
            Target = data.Task == LearningTask.Regression ? TargetMerger.Merge(inKeyOrder) : null,
        };
    }

    private static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> found)
    {
        var index = Enumerable.Range(0, Math.Min(expected.Count, found.Count)).FirstOrDefault(index => expected[index] != found[index], -1);
        return index < 0 ? $"{found.Count} instead of {expected.Count}" : $"'{found[index]}' where the other has '{expected[index]}'";
    }

    private static LabelCount[] Classes(IReadOnlyList<ShardProfile> shards)
    {
        var counts = shards.SelectMany(shard => shard.Labels)
            .GroupBy(label => label.Label, StringComparer.Ordinal)
            .Select(group => new LabelCount(group.Key, group.Sum(label => label.TrainRows), group.Sum(label => label.ValidationRows)))
            .OrderBy(label => label.Label, StringComparer.Ordinal)
            .ToArray();
        return counts.All(label => Number(label.Label) is not null) ? counts.OrderBy(label => Number(label.Label)).ToArray() : counts;
    }

    private static double? Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static void AddRowProblems(List<string> problems, IReadOnlyList<ShardProfile> shards, DataSpec data)
    {
        var blocks = shards.SelectMany(shard => shard.Blocks).ToArray();
        var fraction = data.Validation.Fraction.ToString(CultureInfo.InvariantCulture);
        if (blocks.All(block => block.TrainRows == 0))
        {
            problems.Add($"There are no training rows. Lower data.validation.fraction ({fraction}) or give more data.");
        }

        if (blocks.All(block => block.Rows == block.TrainRows))
        {
            problems.Add($"There are no validation rows. Raise data.validation.fraction ({fraction}) or give more data.");
        }
    }

    private static void AddClassProblems(List<string> problems, LabelCount[] classes)
    {
        var unseen = classes.Count(label => label.TrainRows == 0 && label.ValidationRows > 0);
        if ((unseen > 0 || classes.Length > MaxClasses) && ContinuousLabel.LooksLikeIt(classes))
        {
            problems.Add(ContinuousLabel.Advice(classes));
            return;
        }

        if (classes.Length > MaxClasses)
        {
            problems.Add($"The label column has {classes.Length} classes; at most {MaxClasses} are allowed. Is data.label the right column?");
        }

        if (classes.Count(label => label.TrainRows > 0) < 2)
        {
            problems.Add("The training rows have fewer than 2 classes; a model needs at least 2 to tell apart. Is data.label the right column?");
        }

        if (unseen > 0)
        {
            problems.Add($"Classes that occur only in validation rows, so that no model can learn them: {unseen} of {classes.Length}. Use another data.validation.seed or more data.");
        }
    }

    internal static ColumnStatistics Combine(ColumnStatistics left, ColumnStatistics right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        var count = left.Count + right.Count;
        var delta = right.Mean - left.Mean;
        var mean = left.Mean + (delta * right.Count / count);
        var m2 = left.M2 + right.M2 + (delta * delta * ((double)left.Count * right.Count / count));
        return new ColumnStatistics(count, mean, m2, Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max));
    }
}
