using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data;

internal sealed class DataOptionsRules : IValidateOptions<DataOptions>
{
    private const long SmallestLimitBytes = 1 << 20;
    private const long SmallestBudgetBytes = 64L << 20;
    private const long LargestBudgetBytes = 1L << 40;
    private const int MaxThreads = 64;

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

        if (options.MemoryBudgetBytes is < SmallestBudgetBytes or > LargestBudgetBytes)
        {
            failures.Add($"{DataOptions.SectionName}:{nameof(options.MemoryBudgetBytes)} ({options.MemoryBudgetBytes}) must be {SmallestBudgetBytes} to {LargestBudgetBytes}.");
        }

        if (options.ReadThreads is < 1 or > MaxThreads)
        {
            failures.Add($"{DataOptions.SectionName}:{nameof(options.ReadThreads)} ({options.ReadThreads}) must be 1 to {MaxThreads}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
