using System.CommandLine;
using System.Globalization;

namespace CloudSweep.Cli.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> File() => new("FILE") { Description = "Sweep file, YAML or JSON, e.g. examples/digits.yaml." };

    public static Option<string> State()
    {
        var option = new Option<string>("--state")
        {
            Description = "Folder for sweeps, cached data, checkpoints and results.",
            DefaultValueFactory = _ => ".cloudsweep",
            HelpName = "DIR",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError($"--state '{result.Tokens[0].Value}' must name a folder; without --state it is .cloudsweep.");
            }
        });
        return option;
    }

    public static Option<string> Output()
    {
        var option = new Option<string>("--output") { Description = "text, or json: one document on standard output.", DefaultValueFactory = _ => "text" };
        return option.AcceptOnlyFromAmong("text", "json");
    }

    public static Argument<string> Sweep() => new("SWEEP") { Description = "Id of the sweep, the beginning of it, its name if only one has it, or latest." };

    public static Option<int> Workers() => Number("--workers", "Jobs at once.", 1, 64, 1);

    public static Option<int> Threads() => Number("--threads", "Training threads. Default: the processors.", 1, 1024, Math.Min(1024, Environment.ProcessorCount));

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(string name, string description, int min, int max, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && (!int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var given) || given < min || given > max))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{result.Tokens[0].Value}' must be a whole number from {min} to {max}."));
            }
        });
        return option;
    }
}
