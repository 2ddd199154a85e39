using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.Checkpoints;

/// <summary>Keeps checkpoints and models under their <see cref="CheckpointName"/>s, each written once.</summary>
/// <param name="objects">Where.</param>
/// <param name="prefix">What stands before every name there: empty, or ends with '/'.</param>
public sealed class CheckpointStore(IObjectStore objects, string prefix)
{
    /// <summary>What a setting for a location must be.</summary>
    public const string LocationRule = "must be an absolute folder or gs://bucket/prefix, the same for the Coordinator and its Workers";

    /// <summary>True for an absolute folder or <c>gs://bucket/prefix</c>.</summary>
    public static bool IsLocation(string? text) => text is not null && ObjectLocation.TryParse(text) is not null;

    /// <summary>The store at a location. Nothing is asked of it before the first call.</summary>
    /// <exception cref="ArgumentException">The text is none: see <see cref="IsLocation"/>.</exception>
    /// <exception cref="StorageException">This host knows no such places.</exception>
    public static CheckpointStore At(string location, ObjectStores stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        var parsed = ObjectLocation.TryParse(location) ?? throw new ArgumentException($"'{location}' {LocationRule}.", nameof(location));
        var path = parsed.Path.TrimEnd('/');
        return new CheckpointStore(stores.Open(parsed), path.Length == 0 ? "" : path + "/");
    }

    /// <summary>Stores what <paramref name="write"/> produces under a new name, atomically: after a failure nothing is there. Returns its size in bytes.</summary>
    /// <exception cref="ObjectConflictException">The name exists already.</exception>
    /// <exception cref="StorageException">It can't be written.</exception>
    public async Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        (await objects.WriteAsync(NameOf(name), write, WriteCondition.IsAbsent, cancellationToken).ConfigureAwait(false)).SizeBytes;

    /// <summary>Opens a checkpoint or model; null when it is not there.</summary>
    /// <exception cref="StorageException">It can't be read; also thrown by reads.</exception>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.FindAsync(NameOf(name), cancellationToken).ConfigureAwait(false) is { } version
                ? await objects.OpenAsync(version, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (ObjectChangedException)
        {
            // Nothing is ever replaced here, so it was deleted just now.
            return null;
        }
    }

    /// <summary>Deletes a checkpoint or model; no error when it is not there.</summary>
    /// <exception cref="StorageException">It can't be deleted.</exception>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => objects.DeleteAsync(NameOf(name), cancellationToken);

    /// <summary>All names, in ordinal order.</summary>
    /// <exception cref="StorageException">The store can't be listed.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var stored in objects.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            names.Add(stored.Name[prefix.Length..]);
        }

        return names;
    }

    private string NameOf(string name)
    {
        CheckpointName.ThrowIfInvalid(name);
        return prefix + name;
    }
}
