using CloudSweep.Core.Checkpoints;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution.Checkpoints;

internal sealed class CheckpointOptionsRules : IValidateOptions<CheckpointOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckpointOptions options)
    {
        var failures = new List<string>();
        if (!CheckpointStore.IsLocation(options.Location))
        {
            failures.Add($"{CheckpointOptions.SectionName}:{nameof(options.Location)} ('{options.Location}') {CheckpointStore.LocationRule}.");
        }

        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromDays(1))
        {
            failures.Add($"{CheckpointOptions.SectionName}:{nameof(options.Interval)} ({options.Interval}) must be 1 s to 1 day.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
