namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Which service is spoken to, about which topic and subscription.</summary>
/// <param name="Address">https for Google, http for an emulator.</param>
/// <param name="IsEmulator">It forgets everything when it restarts, and wants no credentials.</param>
/// <param name="Topic"><c>projects/PROJECT/topics/ID</c>; null when none is configured.</param>
/// <param name="Subscription"><c>projects/PROJECT/subscriptions/ID</c>; null when none is configured.</param>
/// <param name="AckDeadline">Of a subscription that is created.</param>
internal sealed record PubSubTarget(Uri Address, bool IsEmulator, string? Topic, string? Subscription, TimeSpan AckDeadline);
