using CloudSweep.GoogleCloud.Storage;
using Microsoft.Extensions.Configuration;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class CloudStorageOptionsRulesTests
{
    [Fact]
    public void Validate_Defaults_AreRight() => Assert.Empty(Validate(new CloudStorageOptions()));

    [Fact]
    public void Validate_EverySettingWrong_NamesEachOnce()
    {
        var failures = Validate(new CloudStorageOptions
        {
            EmulatorDetection = EmulatorDetection.EmulatorOnly,
            RangeBytes = 1000,
            ParallelRanges = 65,
            WriteChunkBytes = 300_000,
            ListPageSize = 0,
            MaxAttempts = 21,
            IdleTimeout = TimeSpan.FromMilliseconds(1),
            RetryDelay = TimeSpan.Zero,
            LongestRetryDelay = TimeSpan.FromHours(1),
        });

        string[] settings = ["RangeBytes", "ParallelRanges", "WriteChunkBytes", "ListPageSize", "MaxAttempts", "IdleTimeout", "RetryDelay", "LongestRetryDelay", "EmulatorDetection"];
        Assert.Equal(settings.Length, failures.Length);
        Assert.All(settings.Zip(failures), pair => Assert.StartsWith($"CloudStorage:{pair.First} ", pair.Second, StringComparison.Ordinal));
    }

    private static string[] Validate(CloudStorageOptions options) =>
        [.. new CloudStorageOptionsRules(new ConfigurationBuilder().Build()).Validate(null, options).Failures ?? []];
}
