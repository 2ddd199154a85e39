using System.Globalization;
using CloudSweep.Core.Domain;
using Google.Rpc;
using Grpc.Core;

namespace CloudSweep.Cli.Output;

/// <summary>Writes errors to standard error.</summary>
internal static class ErrorText
{
    /// <summary>A message of several lines lists mistakes in the data.</summary>
    public static void Write(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 1)
        {
            Write(message, []);
        }
        else
        {
            Write("mistakes in the data", lines);
        }
    }

    public static void Write(InvalidSweepException exception) => Write($"{Mistakes(exception.Violations.Count)} in the sweep file", exception.Violations.Select(violation =>
    {
        var line = violation.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {violation.Line}: ") : "";
        return $"{line}{violation.Field}: {violation.Problem}";
    }));

    /// <summary>Mistakes in options and settings.</summary>
    public static void Write(IReadOnlyList<string> mistakes)
    {
        if (mistakes is [var only])
        {
            Write(only, []);
        }
        else
        {
            Write($"{Mistakes(mistakes.Count)} in the settings", mistakes);
        }
    }

    /// <summary>A heading and what it is about, a line each.</summary>
    public static void Write(string heading, IEnumerable<string> details)
    {
        Console.Error.WriteLine($"error: {heading}");
        foreach (var detail in details)
        {
            Console.Error.WriteLine($"  {detail}");
        }
    }

    /// <summary><c>1 mistake</c>, <c>2 mistakes</c>.</summary>
    public static string Mistakes(int count) => count == 1 ? "1 mistake" : string.Create(CultureInfo.InvariantCulture, $"{count} mistakes");

    public static void Write(RpcException exception)
    {
        var fields = exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
        if (fields is null)
        {
            Write(exception.Status.Detail);
            return;
        }

        // Sweep files are checked before anything is sent.
        Write($"{Mistakes(fields.Count)} in the request", fields.Select(field => $"{field.Field}: {field.Description}"));
    }

    /// <summary>One line for people; the whole story goes to a file.</summary>
    public static void WriteUnexpected(Exception exception, string? logDirectory)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"error-{Environment.ProcessId}.txt");
        var written = ((string?[])[logDirectory, Path.GetTempPath()])
            .Where(Directory.Exists)
            .Select(directory => Path.Combine(directory!, name))
            .FirstOrDefault(path => TryWrite(path, exception));
        Write(written is null
            ? $"CloudSweep failed unexpectedly ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}). Please report it."
            : $"CloudSweep failed unexpectedly ({exception.GetType().Name}). Details are in {written}; please report them.");
    }

    private static bool TryWrite(string path, Exception exception)
    {
        try
        {
            File.WriteAllText(path, exception.ToString());
            return true;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
