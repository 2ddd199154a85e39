namespace CloudSweep.Core.Verdicts;

/// <summary>Whether a combination's measurements allow verdicts, a range and a recommendation, or why not.</summary>
public enum Finding
{
    /// <summary>Its best rate learned something.</summary>
    Learned = 1,

    /// <summary>No rate below the lowest stopped one has all its repeats completed, or the baseline is not known yet.</summary>
    NothingToCompare,

    /// <summary>The best rate has fewer than 3 loss windows.</summary>
    TooFewSteps,

    /// <summary>The best rate is better than a constant by no more than twice the noise of its evaluation.</summary>
    NothingLearned,

    /// <summary>The best rate scores better than a constant, but no measurement shows that training did it: initial weights may score so by luck.</summary>
    NothingMoved,
}
