using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Tells every mistake in the settings at once.</summary>
internal sealed class PubSubOptionsRules(PubSubEnvironment environment) : IValidateOptions<PubSubOptions>
{
    public ValidateOptionsResult Validate(string? name, PubSubOptions options)
    {
        var (_, problems) = PubSubTargetReader.Read(options, environment);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
