namespace CloudSweep.Core.Ports.Objects;

/// <summary>Opens buckets or folders of one kind.</summary>
public interface IObjectStoreProvider
{
    /// <summary><see cref="ObjectLocation.Scheme"/> of the locations that it opens.</summary>
    string Scheme { get; }

    /// <summary>The bucket or folder <paramref name="root"/>. Nothing is asked of it before the first call.</summary>
    IObjectStore Open(string root);
}
