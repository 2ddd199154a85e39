using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;

namespace CloudSweep.Cli.Files;

/// <summary>A sweep file that was read and found right.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Spec">Normalized.</param>
internal sealed record SweepFile(string Path, SweepSpec Spec)
{
    private const int MaxBytes = 1 << 20;

    public DataPatterns Patterns => new DataPatterns(Spec.Data.Train, Spec.Data.ValidationFiles, Spec.Data.Test).From(System.IO.Path.GetDirectoryName(Path)!);

    /// <exception cref="InvalidSweepException">It can't be read, or has mistakes; all are listed.</exception>
    public static SweepFile Read(string path)
    {
        var text = ReadText(path);
        var root = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ParseJson(text) : YamlSpecNode.Parse(text);
        return SweepFileReader.Read(root) switch
        {
            SweepFileResult.Valid(var spec) => new SweepFile(System.IO.Path.GetFullPath(path), spec),
            SweepFileResult.Invalid(var violations) => throw new InvalidSweepException(violations),
            _ => throw new InvalidOperationException("A sweep file is valid or invalid."),
        };
    }

    private static SpecNode ParseJson(string text)
    {
        try
        {
            return JsonSpecNode.Parse(text);
        }
        catch (MalformedDocumentException exception)
        {
            throw Unreadable(exception.Message);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw Unreadable($"'{path}' is a folder; name a sweep file such as examples/digits.yaml.");
            }

            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw Unreadable($"'{path}' does not exist; check the path. See examples/digits.yaml for a sweep file.");
            }

            return file.Length > MaxBytes
                ? throw Unreadable($"'{path}' has more than 1 MiB; a sweep file is a few lines of YAML or JSON.")
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable($"'{path}' is not UTF-8 text; a sweep file is YAML or JSON.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"'{path}' can't be read: {exception.Message}");
        }
    }

    private static InvalidSweepException Unreadable(string problem) => new([new SpecViolation("(file)", problem)]);
}
