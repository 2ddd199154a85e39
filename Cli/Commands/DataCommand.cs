using System.CommandLine;
using CloudSweep.Cli.Generation;
using CloudSweep.Cli.Running;
using Names = CloudSweep.Cli.Generation.GenerateOptionNames;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep data</c>: work on data sets.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Work on data sets.") { Generate() };

    private static Command Generate()
    {
        // Values stay text here and FOLDER takes what no option takes, so that every mistake is told at once and in the same form.
        var folder = new Argument<string[]>("FOLDER") { Description = "Folder to write the shards to, new or empty.", Arity = ArgumentArity.ZeroOrMore };
        var gzip = new Option<bool>(Names.Gzip) { Description = "Compress the shards (.csv.gz, .svm.gz).", Arity = ArgumentArity.Zero };
        var force = new Option<bool>(Names.Force) { Description = "Replace the shards in a folder that is not empty. Other files stay.", Arity = ArgumentArity.Zero };
        Option<string[]>[] valued =
        [
            Text(Names.Kind, "teacher|linear|sparse", "What decides the label: teacher (a random network; classes), linear (a number; with --classes, classes) or sparse (classes; LIBSVM with few of many features in a row). Required."),
            Text(Names.Rows, "N", "Number of rows, e.g. 1e6. Required."),
            Text(Names.Features, "N", "Number of feature columns. Required."),
            Text(Names.Classes, "K", $"Number of classes, 2 to {Names.MaxClasses}. Default: {Names.DefaultClasses} with teacher, {Names.DefaultSparseClasses} with sparse, none with linear."),
            Text(Names.Nonzeros, "N", $"With sparse: features drawn for a row; one drawn twice has the value 2. Default: {Names.DefaultNonzeros}."),
            Text(Names.Noise, "S", FormattableString.Invariant($"Noise on what decides the label, in its standard deviations. Default: {Names.DefaultNoise}.")),
            Text(Names.Shards, "N", $"Number of files. Default: {Names.DefaultShards}."),
            Text(Names.Seed, "N", "Same seed, same rows. Default: 0."),
        ];
        var command = new Command("generate", "Write a synthetic data set as CSV or LIBSVM: the same bytes for the same options, of any size.") { folder, gzip, force };
        Array.ForEach(valued, command.Options.Add);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = new GenerateArguments
            {
                Folder = [.. (parsed.GetValue(folder) ?? []).Where(text => !IsOption(text))],
                Options = valued.Where(option => parsed.GetResult(option) is not null)
                    .ToDictionary(option => option.Name, IReadOnlyList<string> (option) => parsed.GetValue(option) ?? []),
                Unknown = [.. (parsed.GetValue(folder) ?? []).Where(IsOption)],
                Gzip = parsed.GetValue(gzip),
                Force = parsed.GetValue(force),
            };
            using var stop = new StopSignal();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
            return await CommandGuard.RunAsync(() => GenerateRun.RunAsync(arguments, either.Token), logDirectory: null);
        });
        return command;
    }

    private static bool IsOption(string text) => text.StartsWith('-');

    private static Option<string[]> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
}
