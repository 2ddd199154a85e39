using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.PubSub;
using Google.Cloud.PubSub.V1;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Notifications and messages to test with.</summary>
internal static class Notifications
{
    public static JobNotification Of(int job) => new(new JobId(new SweepId("digits-3f9a12c4"), job));

    /// <summary>What a pull answers that hands out one message.</summary>
    public static PullResponse Pulled(PubsubMessage message, string ackId = "ack") => new() { ReceivedMessages = { new ReceivedMessage { AckId = ackId, Message = message } } };

    public static PullResponse Pulled(int job, string ackId = "ack") => Pulled(NotificationMessages.Write(Of(job)), ackId);
}
