using System.CommandLine;
using System.Globalization;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep extend SWEEP [RATE…] [--above] [--below] [--count N]</c>.</summary>
internal static class ExtendCommand
{
    private const int MaxCount = 10_000;

    public static Command Create()
    {
        var rates = new Argument<string[]>("RATE") { Description = "Learning rates to add, e.g. 0.02 3e-4.", Arity = ArgumentArity.ZeroOrMore };
        var above = new Option<bool>("--above") { Description = "Add --count rates above the highest of the sweep file, going on as its grid does." };
        var below = new Option<bool>("--below") { Description = "As --above, below the lowest." };
        var count = CommonOptions.Number("--count", "Rates to add at an end of the grid, counted from the file: the same again adds nothing.", 1, MaxCount, 1);
        var optimizer = new Option<string>("--optimizer") { Description = "Only for this kind of optimizer. Default: all.", DefaultValueFactory = _ => "", HelpName = "KIND" };
        rates.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => Parse(token.Value) is null))
            {
                result.AddError($"'{token.Value}' is not a learning rate; give numbers above 0, e.g. 0.02 3e-4.");
            }
        });
        var command = ActionCommand.Create(
            "extend",
            "Add learning rates to a sweep: same data, combinations and repeats. A sweep that was complete runs again.",
            [rates, above, below, count, optimizer],
            (parsed, actions, sweep, cancellationToken) =>
            {
                var request = new ExtendSweepRequest
                {
                    Rates = { (parsed.GetValue(rates) ?? []).Select(text => Parse(text)!.Value) },
                    Above = parsed.GetValue(above) ? parsed.GetValue(count) : 0,
                    Below = parsed.GetValue(below) ? parsed.GetValue(count) : 0,
                    Optimizer = parsed.GetRequiredValue(optimizer),
                };
                return actions.ExtendAsync(request, sweep, cancellationToken);
            });
        command.Validators.Add(result =>
        {
            // Asking for the rates' value here would spare them their own validator.
            if (result.GetResult(rates) is not { Tokens.Count: > 0 } && !result.GetValue(above) && !result.GetValue(below))
            {
                result.AddError("Nothing is to be added; give rates (cloudsweep extend SWEEP 0.02 3e-4), --above or --below.");
            }
            else if (result.GetResult(count) is { Implicit: false } && !result.GetValue(above) && !result.GetValue(below))
            {
                result.AddError("--count goes with --above or --below.");
            }
        });
        return command;
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0 && double.IsFinite(rate) ? rate : null;
}
