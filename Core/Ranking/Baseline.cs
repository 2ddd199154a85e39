using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ranking;

/// <summary>What the best constant predictor reaches.</summary>
public static class Baseline
{
    /// <summary>Of classes, their entropy over the training rows, nats; of numbers, the variance of their standardized values, which is 1.</summary>
    public static double TrainingLoss(DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Target is not null)
        {
            return 1;
        }

        double rows = profile.Classes.Sum(label => label.TrainRows);
        return -profile.Classes.Where(label => label.TrainRows > 0).Sum(label => label.TrainRows / rows * Math.Log(label.TrainRows / rows));
    }

    /// <summary>
    /// The metric on validation rows, natural sign. Of the constant that is best on training rows: class shares, the largest class, the mean;
    /// <c>val_mae</c> is that of the median, over training rows.
    /// </summary>
    public static double Of(DataProfile profile, string metric)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return (metric, profile.Target) switch
        {
            (MetricNames.ValidationAuc, _) => 0.5,
            (MetricNames.ValidationAccuracy, _) => Accuracy(profile),
            (MetricNames.ValidationMae, { } target) => target.MeanAbsoluteDeviation,
            (MetricNames.ValidationRmse, { } target) => Math.Sqrt(SquaredErrorOfMean(target)),
            (_, { } target) => SquaredErrorOfMean(target) * target.Train.Count / target.Train.M2,
            _ => CrossEntropy(profile),
        };
    }

    private static double SquaredErrorOfMean(TargetStatistics target)
    {
        var difference = target.Validation.Mean - target.Train.Mean;
        return (target.Validation.M2 / target.Validation.Count) + (difference * difference);
    }

    private static double Accuracy(DataProfile profile)
    {
        var majority = profile.Classes.MaxBy(label => label.TrainRows);
        return majority.ValidationRows / (double)profile.Classes.Sum(label => label.ValidationRows);
    }

    // Validation rows of a class without training rows are left out.
    private static double CrossEntropy(DataProfile profile)
    {
        var seen = profile.Classes.Where(label => label.TrainRows > 0).ToArray();
        double trainRows = seen.Sum(label => label.TrainRows);
        double validationRows = seen.Sum(label => label.ValidationRows);
        return -seen.Sum(label => label.ValidationRows / validationRows * Math.Log(label.TrainRows / trainRows));
    }
}
