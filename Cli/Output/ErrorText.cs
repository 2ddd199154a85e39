using System.Globalization;
using CloudSweep.Core.Domain;
using Google.Rpc;
using Grpc.Core;

namespace CloudSweep.Cli.Output;

/// <summary>Writes errors to standard error.</summary>
internal static class ErrorText
{
    public static void Write(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Console.Error.WriteLine(lines.Length == 1 ? $"error: {message}" : "error: mistakes in the data");
        foreach (var line in lines.Length == 1 ? [] : lines)
        {
            Console.Error.WriteLine($"  {line}");
        }
    }

    public static void Write(InvalidSweepException exception)
    {
        var count = exception.Violations.Count;
        Console.Error.WriteLine(count == 1 ? "error: 1 mistake in the sweep file" : string.Create(CultureInfo.InvariantCulture, $"error: {count} mistakes in the sweep file"));
        foreach (var violation in exception.Violations)
        {
            var line = violation.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {violation.Line}: ") : "";
            Console.Error.WriteLine($"  {line}{violation.Field}: {violation.Problem}");
        }
    }

    public static void Write(RpcException exception)
    {
        var fields = exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
        if (fields is null)
        {
            Write(exception.Status.Detail);
            return;
        }

        Write(new InvalidSweepException([.. fields.Select(field => new SpecViolation(field.Field, field.Description))]));
    }

    /// <summary>One line for people; the whole story goes to a file.</summary>
    public static void WriteUnexpected(Exception exception, string? logDirectory)
    {
        var directory = logDirectory ?? Path.GetTempPath();
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"error-{Environment.ProcessId}.txt"));
        File.WriteAllText(path, exception.ToString());
        Write($"CloudSweep failed unexpectedly ({exception.GetType().Name}). Details are in {path}; please report them.");
    }
}
