using CloudSweep.Core.Checkpoints;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

internal sealed class CheckpointOptionsRules : IValidateOptions<CheckpointOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckpointOptions options) => CheckpointStore.IsLocation(options.Location)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{CheckpointOptions.SectionName}:{nameof(options.Location)} ('{options.Location}') {CheckpointStore.LocationRule}.");
}
