using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Services;

/// <summary>Rules of single request fields. What a caller writes must not fill the store or the log.</summary>
internal static class RequestRules
{
    private const int MaxLength = 128;
    private const int MaxReasonLength = 1024;

    // The data errors of a whole attempt, a line each.
    private const int MaxFailureLength = 16 << 10;

    /// <exception cref="InvalidSweepException">The text is empty or too long.</exception>
    public static void RequireText(string field, string text) => Require(field, text, 1, MaxLength);

    /// <summary>A reason that a person gives.</summary>
    /// <exception cref="InvalidSweepException">The text is too long.</exception>
    public static string RequireReason(string field, string text)
    {
        Require(field, text, 0, MaxReasonLength);
        return text;
    }

    /// <summary>A reason that a Worker gives. It is cut rather than refused, for the job must come to its end.</summary>
    public static string Shorten(string text) => text.Length <= MaxFailureLength ? text : text[..MaxFailureLength] + "…";

    private static void Require(string field, string text, int min, int max)
    {
        if (text.Length < min || text.Length > max)
        {
            throw new InvalidSweepException([new SpecViolation(field, $"Has {text.Length} characters; use {min} to {max}.")]);
        }
    }
}
