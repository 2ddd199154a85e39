namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>What <see cref="PubSubAdministration.CheckSubscriptionAsync"/> found.</summary>
public abstract record SubscriptionCheck
{
    private SubscriptionCheck()
    {
    }

    /// <summary>It is there and as it should be.</summary>
    public sealed record Fit : SubscriptionCheck;

    /// <summary>It is not there: <see cref="PubSubAdministration.CreateSubscriptionAsync"/> makes it.</summary>
    public sealed record Absent : SubscriptionCheck;

    /// <summary>It is there, and notifications do not reach Workers or come late.</summary>
    /// <param name="Problems">Each with the way out.</param>
    public sealed record Unfit(IReadOnlyList<string> Problems) : SubscriptionCheck;
}
