namespace CloudSweep.Core.Domain;

/// <summary>Which metric values are better.</summary>
public enum ObjectiveGoal
{
    Minimize,
    Maximize,
}
