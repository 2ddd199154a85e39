using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>
/// The cache can be written. Told at the start, for a Worker that finds out with a job in its hands takes job after job and fails them. Programs that only
/// look for data have no use for the cache and are not asked.
/// </summary>
internal sealed class CacheDirectoryRules : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options) =>
        !string.IsNullOrWhiteSpace(options.CacheDirectory) && WhyNotWritten(options.CacheDirectory) is { } reason
            ? ValidateOptionsResult.Fail($"{DataOptions.SectionName}:{nameof(options.CacheDirectory)} ('{options.CacheDirectory}') can't be written: {reason} Choose another folder, or give the Worker's user the right to write there.")
            : ValidateOptionsResult.Success;

    private static string? WhyNotWritten(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".writable-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
