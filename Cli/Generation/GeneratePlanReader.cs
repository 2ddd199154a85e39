using Names = CloudSweep.Cli.Generation.GenerateOptionNames;

namespace CloudSweep.Cli.Generation;

/// <summary>Turns the command line into a plan, or into all its mistakes. Writes nothing.</summary>
internal static class GeneratePlanReader
{
    /// <returns>The plan; null where mistakes were added.</returns>
    public static GeneratePlan? Read(GenerateArguments arguments, GenerateMistakes mistakes)
    {
        Unknown(arguments, mistakes);
        var folder = Folder(arguments, mistakes);
        var reader = new OptionReader(arguments, mistakes);
        var kind = reader.Choice<DatasetKind>(Names.Kind);
        var rows = reader.Whole(Names.Rows, 1, Names.MaxRows, value: null);
        var features = reader.Whole(Names.Features, kind == DatasetKind.Sparse ? Names.MinSparseFeatures : 1, Names.MaxFeatures, value: null);
        var classes = reader.IsGiven(Names.Classes) || kind != DatasetKind.Linear
            ? reader.Whole(Names.Classes, 2, Names.MaxClasses, kind == DatasetKind.Sparse ? Names.DefaultSparseClasses : Names.DefaultClasses)
            : 0;
        var nonzeros = Nonzeros(reader, kind, features, mistakes);
        var noise = reader.Number(Names.Noise, Names.MaxNoise, Names.DefaultNoise);
        var shards = reader.Whole(Names.Shards, 1, Names.MaxShards, Math.Min(Names.DefaultShards, rows ?? Names.DefaultShards));
        var seed = reader.Whole(Names.Seed, long.MinValue, long.MaxValue, 0);
        if (shards > rows)
        {
            mistakes.Add($"{Names.Shards} {shards} is more than {Names.Rows} {rows}, and a shard needs a row; give at most {Names.Shards} {rows}.");
        }

        if (classes > rows)
        {
            mistakes.Add($"{Names.Classes} {classes} is more than {Names.Rows} {rows}, and a class needs a row; give more rows or fewer classes.");
        }

        return mistakes.Texts.Count > 0
            ? null
            : new GeneratePlan(
                folder,
                new DatasetSettings(kind!.Value, rows!.Value, (int)features!.Value, (int)classes!.Value, noise!.Value, seed!.Value) { Nonzeros = (int)nonzeros!.Value },
                new ShardCut((int)shards!.Value, arguments.Gzip, IsLibsvm: kind == DatasetKind.Sparse));
    }

    private static long? Nonzeros(OptionReader reader, DatasetKind? kind, long? features, GenerateMistakes mistakes)
    {
        if (kind is not null and not DatasetKind.Sparse)
        {
            if (reader.IsGiven(Names.Nonzeros))
            {
                mistakes.Add($"{Names.Nonzeros} means something only with {Names.Kind} sparse; give that or leave it out.");
            }

            return 0;
        }

        var nonzeros = reader.Whole(Names.Nonzeros, 1, Names.MaxNonzeros, Math.Min(Names.DefaultNonzeros, features ?? Names.DefaultNonzeros));
        if (nonzeros > features)
        {
            mistakes.Add($"{Names.Nonzeros} {nonzeros} is more than {Names.Features} {features}; give at most {Names.Nonzeros} {features}.");
        }

        return nonzeros;
    }

    private static void Unknown(GenerateArguments arguments, GenerateMistakes mistakes)
    {
        foreach (var text in arguments.Unknown)
        {
            mistakes.Add($"'{text}' is not known here; the options are {string.Join(", ", Names.Kind, Names.Rows, Names.Features, Names.Classes, Names.Nonzeros, Names.Noise, Names.Shards, Names.Seed, Names.Gzip, Names.Force)}.");
        }
    }

    private static string Folder(GenerateArguments arguments, GenerateMistakes mistakes)
    {
        if (arguments.Folder is not [var folder])
        {
            if (arguments.Folder.Count == 0)
            {
                mistakes.Add($"FOLDER is missing; give the folder to write to, such as: cloudsweep data generate data/synthetic …");
            }
            else if (arguments.Unknown.Count == 0)
            {
                mistakes.Add($"FOLDER is given {arguments.Folder.Count} times ({string.Join(", ", arguments.Folder)}); give one.");
            }

            return "";
        }

        if (folder.Length == 0)
        {
            mistakes.Add($"FOLDER is empty; give the folder to write to, such as data/synthetic.");
        }
        else if (folder.Contains("://", StringComparison.Ordinal))
        {
            mistakes.Add($"FOLDER '{folder}' is not a local path; generate into a local folder and copy it from there.");
        }
        else if (folder.AsSpan().IndexOfAny("*?\0\r\n") >= 0)
        {
            mistakes.Add($"FOLDER '{folder}' has a character that a sweep file's pattern can't stand for (*, ? or a line end); choose another name.");
        }
        else if (File.Exists(folder))
        {
            mistakes.Add($"FOLDER '{folder}' is a file; give a folder, new or empty.");
        }
        else if (!arguments.Force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            mistakes.Add($"FOLDER '{folder}' is not empty; give a new or empty folder, or {Names.Force} to replace the shards in it (other files stay).");
        }

        return folder;
    }
}
