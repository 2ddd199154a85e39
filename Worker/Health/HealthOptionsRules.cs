using CloudSweep.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Health;

internal sealed class HealthOptionsRules : IValidateOptions<HealthOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthOptions options) =>
        options.Listen.Length == 0 || ListenAddress.Parse(options.Listen) is ListenAddress.Tcp { UsesTls: false }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{HealthOptions.SectionName}:{nameof(options.Listen)} ('{options.Listen}') must be http://ADDRESS:PORT with an IP address, or * for all, e.g. http://*:8081; it tells nothing but whether the Worker is well.");
}
