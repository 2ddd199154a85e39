using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using Google.Cloud.PubSub.V1;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Notifications as messages: the job in an attribute, no data.</summary>
internal static class NotificationMessages
{
    /// <summary>Attribute that holds the job, <c>SWEEP/NUMBER</c>.</summary>
    public const string JobAttribute = "job";

    public static PubsubMessage Write(JobNotification notification) => new() { Attributes = { [JobAttribute] = notification.Job.ToString() } };

    /// <summary>The notification; null when somebody else wrote the message.</summary>
    public static JobNotification? Read(PubsubMessage message) =>
        message.Attributes.TryGetValue(JobAttribute, out var text) && JobId.TryParse(text, out var job) ? new JobNotification(job) : null;
}
