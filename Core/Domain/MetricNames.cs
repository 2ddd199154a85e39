using System.Globalization;

namespace CloudSweep.Core.Domain;

/// <summary>The metrics that built-in trainers report. All but the loss of regressions are in the units of the label.</summary>
public static class MetricNames
{
    /// <summary>
    /// Mean loss over the validation rows, ≥ 0: cross-entropy in nats; for regressions the squared error of standardized labels,
    /// so in units of the training labels' variance.
    /// </summary>
    public const string ValidationLoss = "val_loss";

    /// <summary>Share of validation rows whose largest logit is the label's, 0 to 1; ties go to the lowest class.</summary>
    public const string ValidationAccuracy = "val_accuracy";

    private const string ValidationPrefix = "val_";
    private const string TestPrefix = "test_";

    /// <summary>The same metric on test rows: <c>test_loss</c> of <c>val_loss</c>.</summary>
    public static string OnTestRows(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? TestPrefix + metric[ValidationPrefix.Length..] : TestPrefix + metric;
    }

    /// <summary>Area under the ROC curve of two classes, 0 to 1: how often a row of the second class scores above one of the first, ties counting half.</summary>
    public const string ValidationAuc = "val_auc";

    /// <summary>Root of the mean squared error, in the label's units, ≥ 0.</summary>
    public const string ValidationRmse = "val_rmse";

    /// <summary>Mean absolute error, in the label's units, ≥ 0.</summary>
    public const string ValidationMae = "val_mae";

    private const string RecallPrefix = "val_recall_";

    /// <summary>Most classes with a recall each. Default: 20.</summary>
    public const int MaxRecalls = 20;

    /// <summary>Share of a class's validation rows that are predicted as it. Named by the class's position in the profile, since its text may hold anything.</summary>
    public static string Recall(int classIndex) => string.Create(CultureInfo.InvariantCulture, $"{RecallPrefix}{classIndex}");

    /// <summary>Whether a metric is one of many alike, which short texts leave out.</summary>
    public static bool IsPerClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(RecallPrefix, StringComparison.Ordinal) || name.StartsWith(OnTestRows(RecallPrefix), StringComparison.Ordinal);
    }
}
