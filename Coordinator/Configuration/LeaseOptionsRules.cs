using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>Rules across lease settings.</summary>
internal sealed class LeaseOptionsRules : IValidateOptions<LeaseOptions>
{
    public ValidateOptionsResult Validate(string? name, LeaseOptions options) => options.ReapInterval < options.Duration
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{LeaseOptions.SectionName}:{nameof(options.ReapInterval)} ({options.ReapInterval}) must be shorter than {LeaseOptions.SectionName}:{nameof(options.Duration)} ({options.Duration}).");
}
