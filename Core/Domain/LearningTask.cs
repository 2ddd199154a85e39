namespace CloudSweep.Core.Domain;

/// <summary>What a model learns to predict, and so what the label column holds.</summary>
public enum LearningTask
{
    /// <summary>One of a few classes; labels are texts.</summary>
    Classification,

    /// <summary>A number; labels are finite decimal numbers.</summary>
    Regression,
}
