namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>How calls have gone until now.</summary>
/// <param name="LastSuccess">UTC instant of the last call that was answered; null before the first.</param>
/// <param name="ConsecutiveFailures">Calls since then that failed, each after all its tries.</param>
/// <param name="LastError">Of the last of them; null when there is none.</param>
internal sealed record PubSubStanding(DateTimeOffset? LastSuccess, int ConsecutiveFailures, string? LastError);
