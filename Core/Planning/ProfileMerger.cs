using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Planning;

/// <summary>Merges shard profiles, in the order given, into the profile of the data set. Test rows are placed but not counted.</summary>
public static class ProfileMerger
{
    private const int MaxClasses = 10_000;

    /// <exception cref="DataErrorException">The shards do not make a data set to train on; all reasons are listed.</exception>
    public static DataProfile Merge(IReadOnlyList<ShardProfile> reportedInTableOrder, DataSpec data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfZero(reportedInTableOrder.Count);
        var inTableOrder = SparseShards.Pad(reportedInTableOrder);
        var first = inTableOrder[0];
        var problems = inTableOrder.Skip(1)
            .Where(shard => !shard.Features.SequenceEqual(first.Features, StringComparer.Ordinal))
            .Select(shard => $"Shard '{shard.ShardKey}' has other feature columns than shard '{first.ShardKey}': {Difference(first.Features, shard.Features)}. All shards need the same columns in the same order.")
            .ToList();
        var columns = problems.Count == 0 ? new ColumnMerger(inTableOrder, problems).Merge() : [];
        ShardProfile[] learned = [.. inTableOrder.Where(shard => shard.Role != ShardRole.Test)];
        var classes = Classes(learned);
        AddRowProblems(problems, inTableOrder, learned, data);
        if (data.Task == LearningTask.Regression)
        {
            TargetMerger.AddProblems(problems, learned);
        }
        else
        {
            AddClassProblems(problems, classes, data);
            AddTestProblems(problems, inTableOrder, classes);
        }

        if (problems.Count > 0)
        {
            throw new DataErrorException(string.Join(Environment.NewLine, problems));
        }

        var indexes = classes.Index().ToDictionary(entry => entry.Item.Label, entry => entry.Index, StringComparer.Ordinal);
        ShardLayout[] layouts = [.. inTableOrder.Select(shard => Layout(shard, indexes, columns))];
        var profile = new DataProfile([.. layouts.Where(shard => shard.Role != ShardRole.Test)], first.Features, columns, classes)
        {
            Test = [.. layouts.Where(shard => shard.Role == ShardRole.Test)],
            Target = data.Task == LearningTask.Regression ? TargetMerger.Merge(learned) : null,
            BadRows = BadRowsOf(inTableOrder),
        };
        return profile with { Warnings = new ProfileWarnings(inTableOrder, profile, data).All() };
    }

    private static ShardLayout Layout(ShardProfile shard, Dictionary<string, int> classes, IReadOnlyList<ColumnProfile> columns) =>
        new(shard.ShardKey, shard.Blocks, [.. shard.Labels.Select(label => classes[label.Label])])
        {
            Role = shard.Role,
            Categories = ColumnMerger.MapsOf(shard, columns),
        };

    private static BadRows BadRowsOf(IReadOnlyList<ShardProfile> shards) =>
        new(shards.Sum(shard => shard.BadRows.Count), [.. shards.SelectMany(shard => shard.BadRows.First).Take(BadRows.MaxOfDataSet)]);

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

    private static void AddRowProblems(List<string> problems, IReadOnlyList<ShardProfile> shards, IReadOnlyList<ShardProfile> learned, DataSpec data)
    {
        var blocks = learned.SelectMany(shard => shard.Blocks).ToArray();
        var fraction = data.Validation.Fraction.ToString(CultureInfo.InvariantCulture);
        if (blocks.All(block => block.TrainRows == 0))
        {
            problems.Add($"There are no training rows. Lower data.validation.fraction ({fraction}) or give more data.");
        }

        if (blocks.All(block => block.Rows == block.TrainRows))
        {
            problems.Add($"There are no validation rows. Raise data.validation.fraction ({fraction}) or give more data.");
        }

        var bad = BadRowsOf(shards);
        var rows = bad.Count + shards.Sum(shard => shard.Blocks.Sum(block => (long)block.Rows));
        if (bad.Count > data.BadRows.MaxFraction * rows)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{bad.Count} of {rows} rows break rules, more than data.maxBadRows ({data.BadRows.MaxFraction}) lets be left out. Correct them or raise it. The first: {string.Join("; ", bad.First.Take(5))}."));
        }
    }

    private static void AddClassProblems(List<string> problems, LabelCount[] classes, DataSpec data)
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
            var wayOut = data.ValidationFiles is null ? "Use another data.validation.seed or more data" : "Add rows of them to data.train, or take theirs out of data.validation.uri";
            problems.Add($"Classes that occur only in validation rows, so that no model can learn them: {unseen} of {classes.Length}. {wayOut}.");
        }
    }

    private static void AddTestProblems(List<string> problems, IReadOnlyList<ShardProfile> shards, LabelCount[] classes)
    {
        var known = classes.Select(label => label.Label).ToHashSet(StringComparer.Ordinal);
        var unknown = shards.SelectMany(shard => shard.Labels).Select(label => label.Label).Distinct(StringComparer.Ordinal).Count(label => !known.Contains(label));
        if (unknown > 0)
        {
            problems.Add($"Classes that occur only in test rows, so that no model can predict them: {unknown}. Add rows of them to data.train, or take theirs out of data.test.");
        }
    }
}
