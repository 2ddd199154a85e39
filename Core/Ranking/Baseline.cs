using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ranking;

/// <summary>What the best constant predictor reaches.</summary>
public static class Baseline
{
    /// <summary>Entropy of the training classes, nats.</summary>
    public static double TrainingLoss(DataProfile profile)
    {
        double rows = profile.Classes.Sum(label => label.TrainRows);
        return -profile.Classes.Where(label => label.TrainRows > 0).Sum(label => label.TrainRows / rows * Math.Log(label.TrainRows / rows));
    }

    /// <summary>The metric on validation rows, natural sign. Validation rows of a class without training rows are left out of the loss.</summary>
    public static double Of(DataProfile profile, string metric)
    {
        if (metric == MetricNames.ValidationAccuracy)
        {
            var majority = profile.Classes.MaxBy(label => label.TrainRows);
            return majority.ValidationRows / (double)profile.Classes.Sum(label => label.ValidationRows);
        }

        var seen = profile.Classes.Where(label => label.TrainRows > 0).ToArray();
        double trainRows = seen.Sum(label => label.TrainRows);
        double validationRows = seen.Sum(label => label.ValidationRows);
        return -seen.Sum(label => label.ValidationRows / validationRows * Math.Log(label.TrainRows / trainRows));
    }
}
