using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Results;

/// <summary>Puts files where people want them: into a folder, or below <c>gs://bucket/prefix</c>.</summary>
internal sealed class OutputFolder(ObjectStores stores)
{
    /// <summary>
    /// Has files written into a folder. For a bucket it is a temporary one, whose files are then uploaded under their relative names, each whole;
    /// what is there under other names stays.
    /// </summary>
    /// <param name="location">A folder, or <c>gs://bucket/prefix</c>.</param>
    /// <param name="writeInto">Writes into the folder that it is given, which may not exist yet.</param>
    /// <param name="cancellationToken">Stops; files that were uploaded before stay.</param>
    /// <exception cref="InvalidSettingsException">The location is none of the two.</exception>
    /// <exception cref="StorageException">The bucket can't be written.</exception>
    public async Task WriteAsync(string location, Func<string, Task> writeInto, CancellationToken cancellationToken)
    {
        if (!ObjectLocation.IsCloudStorage(location))
        {
            if (location.Contains("://", StringComparison.Ordinal))
            {
                throw new InvalidSettingsException([$"'{location}' is neither a folder of this machine nor gs://bucket/prefix; nothing can be written there."]);
            }

            await writeInto(Path.GetFullPath(location));
            return;
        }

        var target = ObjectLocation.TryParse(location)
            ?? throw new InvalidSettingsException([$"'{location}' names no place in a bucket; write it as gs://bucket/prefix."]);
        var temporary = Directory.CreateTempSubdirectory("cloudsweep-");
        try
        {
            await writeInto(temporary.FullName);
            await UploadAsync(temporary.FullName, stores.Open(target), target.Path.TrimEnd('/'), cancellationToken);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task UploadAsync(string folder, IObjectStore bucket, string prefix, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            await bucket.WriteAsync(
                prefix.Length == 0 ? name : $"{prefix}/{name}",
                async (stream, token) =>
                {
                    await using var file = File.OpenRead(path);
                    await file.CopyToAsync(stream, token);
                },
                WriteCondition.None,
                cancellationToken);
        }
    }
}
