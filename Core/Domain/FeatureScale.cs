namespace CloudSweep.Core.Domain;

/// <summary>How raw feature values become what models see.</summary>
public enum FeatureScale
{
    /// <summary>z = (x − mean) / std over the training rows, clipped (shared/TRAINING.md §1).</summary>
    Standard,

    /// <summary>Divided by the column's largest magnitude over the training rows.</summary>
    Max,

    /// <summary>As they are.</summary>
    None,
}
