using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Services;

/// <summary>Rules of single request fields.</summary>
internal static class RequestRules
{
    private const int MaxLength = 128;

    /// <exception cref="InvalidSweepException">The text is empty or too long.</exception>
    public static void RequireText(string field, string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            throw new InvalidSweepException([new SpecViolation(field, $"Has {text.Length} characters; use 1 to {MaxLength}.")]);
        }
    }
}
