namespace CloudSweep.Core.Domain;

/// <summary>The metrics that built-in trainers report.</summary>
public static class MetricNames
{
    /// <summary>Mean cross-entropy over the validation rows, nats, ≥ 0.</summary>
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
}
