using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data;

internal sealed class DataOptionsRules : IValidateOptions<DataOptions>
{
    private const long SmallestLimitBytes = 1 << 20;

    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        var failures = options.AllowedRoots
            .Where(root => !Path.IsPathFullyQualified(root))
            .Select(root => $"{DataOptions.SectionName}:{nameof(options.AllowedRoots)} has '{root}'; every root must be an absolute folder.")
            .Concat(options.AllowedBuckets
                .Where(bucket => bucket.Length == 0 || bucket.Contains('/', StringComparison.Ordinal))
                .Select(bucket => $"{DataOptions.SectionName}:{nameof(options.AllowedBuckets)} has '{bucket}'; every bucket must be a name alone, without gs:// and '/'."))
            .ToList();

        if (string.IsNullOrWhiteSpace(options.CacheDirectory))
        {
            failures.Add($"{DataOptions.SectionName}:{nameof(options.CacheDirectory)} is empty; give the folder for decoded blocks.");
        }

        if (options.CacheSizeLimitBytes < SmallestLimitBytes)
        {
            failures.Add($"{DataOptions.SectionName}:{nameof(options.CacheSizeLimitBytes)} ({options.CacheSizeLimitBytes}) must be at least {SmallestLimitBytes}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
