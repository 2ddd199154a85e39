namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>What an access token may be used for.</summary>
public static class GoogleScopes
{
    /// <summary>Reading, writing and deleting objects.</summary>
    public const string Storage = "https://www.googleapis.com/auth/devstorage.read_write";

    /// <summary>Everything of Pub/Sub.</summary>
    public const string PubSub = "https://www.googleapis.com/auth/pubsub";
}
