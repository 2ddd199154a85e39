using System.CommandLine;
using System.Globalization;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep retry SWEEP [TRIAL…]</c>.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var trials = new Argument<string[]>("TRIAL") { Description = "Numbers of trials to try again where they failed. Default: all that failed.", Arity = ArgumentArity.ZeroOrMore };
        trials.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                result.AddError($"'{token.Value}' is not a number of a trial; give them as 'cloudsweep describe' shows them, e.g. 3 17.");
            }
        });
        return ActionCommand.Create(
            "retry",
            "Try trials that failed again, from their beginning; a sweep that failed while its data was read reads on.",
            [trials],
            (parsed, actions, sweep, cancellationToken) =>
                actions.RetryAsync(sweep, [.. (parsed.GetValue(trials) ?? []).Select(text => int.Parse(text, CultureInfo.InvariantCulture))], cancellationToken));
    }
}
