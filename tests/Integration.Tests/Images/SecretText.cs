using System.Text;
using System.Text.RegularExpressions;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>Finds what nobody may have who has an image.</summary>
internal static partial class SecretText
{
    private const int Shown = 40;

    /// <returns>The beginning of a private key or token; null where there is none.</returns>
    public static string? FindIn(ReadOnlySpan<byte> bytes)
    {
        // Every byte is a character, so that text is found between others too.
        var match = Pattern().Match(Encoding.Latin1.GetString(bytes));
        return match.Success ? match.Value[..Math.Min(Shown, match.Length)] : null;
    }

    // The word alone is in every library of cryptography: a key has its bytes behind it, also as a string of JSON.
    [GeneratedRegex(@"-----BEGIN ([A-Z]+ )*PRIVATE KEY-----(\s|\\n|\\r)+[A-Za-z0-9+/]{32}|(?<![A-Za-z0-9_-])(cs_[A-Za-z0-9_-]{43}|gh[pousr]_[A-Za-z0-9]{36}|ya29\.[A-Za-z0-9_-]{40})(?![A-Za-z0-9_-])")]
    private static partial Regex Pattern();
}
