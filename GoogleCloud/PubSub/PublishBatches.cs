using Google.Cloud.PubSub.V1;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Cuts messages into requests that the service accepts.</summary>
internal static class PublishBatches
{
    public const int MaxMessages = 1000;

    /// <summary>Most bytes of a request. The service takes 10 MB and counts a little differently; its emulator never answers a request over 11 MB.</summary>
    public const int MaxBytes = 9_000_000;

    // Tag and length of a message inside the request.
    private const int MessageOverheadBytes = 6;

    /// <summary>Requests in the order of the messages.</summary>
    /// <param name="topic">Full name.</param>
    /// <param name="messages">Each far smaller than <see cref="MaxBytes"/>.</param>
    public static IEnumerable<PublishRequest> Of(string topic, IEnumerable<PubsubMessage> messages)
    {
        var request = new PublishRequest { Topic = topic };
        var sizeBytes = request.CalculateSize();
        foreach (var message in messages)
        {
            var addedBytes = message.CalculateSize() + MessageOverheadBytes;
            if (request.Messages.Count == MaxMessages || (request.Messages.Count > 0 && sizeBytes + addedBytes > MaxBytes))
            {
                yield return request;
                request = new PublishRequest { Topic = topic };
                sizeBytes = request.CalculateSize();
            }

            request.Messages.Add(message);
            sizeBytes += addedBytes;
        }

        if (request.Messages.Count > 0)
        {
            yield return request;
        }
    }
}
