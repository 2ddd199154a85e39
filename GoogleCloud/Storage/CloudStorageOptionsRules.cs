using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

internal sealed class CloudStorageOptionsRules(IConfiguration configuration) : IValidateOptions<CloudStorageOptions>
{
    private const int Kibibyte = 1 << 10;
    private const int Mebibyte = 1 << 20;

    public ValidateOptionsResult Validate(string? name, CloudStorageOptions options)
    {
        var failures = new List<string>();
        Require(nameof(options.RangeBytes), options.RangeBytes, options.RangeBytes is >= Mebibyte and <= 64 * Mebibyte, $"{Mebibyte} to {64 * Mebibyte}");
        Require(nameof(options.ParallelRanges), options.ParallelRanges, options.ParallelRanges is >= 1 and <= 64, "1 to 64");
        Require(
            nameof(options.WriteChunkBytes),
            options.WriteChunkBytes,
            options.WriteChunkBytes is >= 256 * Kibibyte and <= 64 * Mebibyte && options.WriteChunkBytes % (256 * Kibibyte) == 0,
            $"{256 * Kibibyte} to {64 * Mebibyte} and a multiple of {256 * Kibibyte}");
        Require(nameof(options.ListPageSize), options.ListPageSize, options.ListPageSize is >= 1 and <= 1000, "1 to 1000");
        Require(nameof(options.MaxAttempts), options.MaxAttempts, options.MaxAttempts is >= 1 and <= 20, "1 to 20");
        Require(nameof(options.IdleTimeout), options.IdleTimeout, options.IdleTimeout >= TimeSpan.FromSeconds(1) && options.IdleTimeout <= TimeSpan.FromMinutes(10), "1 s to 10 min");
        Require(nameof(options.RetryDelay), options.RetryDelay, options.RetryDelay >= TimeSpan.FromMilliseconds(1) && options.RetryDelay <= TimeSpan.FromMinutes(1), "1 ms to 1 min");
        Require(
            nameof(options.LongestRetryDelay),
            options.LongestRetryDelay,
            options.LongestRetryDelay >= options.RetryDelay && options.LongestRetryDelay <= TimeSpan.FromMinutes(10),
            $"{Setting(nameof(options.RetryDelay))} ({options.RetryDelay}) to 10 min");
        failures.AddRange(StorageEndpoint.Read(options.EmulatorDetection, StorageEndpoint.FindEmulator(configuration)).Problems);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(string setting, object value, bool holds, string rule)
        {
            if (!holds)
            {
                failures.Add($"{Setting(setting)} ({value}) must be {rule}.");
            }
        }
    }

    private static string Setting(string name) => $"{CloudStorageOptions.SectionName}:{name}";
}
