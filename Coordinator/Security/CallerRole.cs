namespace CloudSweep.Coordinator.Security;

/// <summary>Who may call a method.</summary>
public enum CallerRole
{
    /// <summary>People and their tools.</summary>
    Submitter = 1,

    /// <summary>Workers.</summary>
    Worker,
}
