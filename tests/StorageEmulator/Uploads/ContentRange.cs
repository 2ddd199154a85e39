using System.Globalization;
using System.Text.RegularExpressions;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Uploads;

/// <summary>Which bytes of a resumable upload a request carries.</summary>
/// <param name="Start">First byte; null in a question for the status, which carries none.</param>
/// <param name="End">Last byte; null for all up to the end of the request.</param>
/// <param name="Total">Size of the whole object; null while the client does not know it.</param>
internal sealed partial record ContentRange(long? Start, long? End, long? Total)
{
    /// <summary>Without a header the request carries the whole object.</summary>
    /// <exception cref="ServiceException">The header can't be understood.</exception>
    public static ContentRange Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return new ContentRange(0, null, null);
        }

        var match = Pattern().Match(header);
        return match.Success
            ? new ContentRange(Number(match.Groups["start"]), Number(match.Groups["end"]), Number(match.Groups["total"]))
            : throw ServiceException.Invalid($"Failed to parse Content-Range header '{header}'.");
    }

    /// <summary>True when the request's end is the object's end although its size was not told.</summary>
    public bool EndsWithTheRequest => Start is not null && End is null && Total is null;

    [GeneratedRegex(@"^bytes (?:\*|(?<start>\d{1,18})-(?:\*|(?<end>\d{1,18})))/(?:\*|(?<total>\d{1,18}))$")]
    private static partial Regex Pattern();

    private static long? Number(Group group) => group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : null;
}
