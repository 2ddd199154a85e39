namespace CloudSweep.Core.Domain;

/// <summary>The metrics that built-in trainers report.</summary>
public static class MetricNames
{
    /// <summary>Mean cross-entropy over the validation rows, nats, ≥ 0.</summary>
    public const string ValidationLoss = "val_loss";

    /// <summary>Share of validation rows whose largest logit is the label's, 0 to 1; ties go to the lowest class.</summary>
    public const string ValidationAccuracy = "val_accuracy";
}
