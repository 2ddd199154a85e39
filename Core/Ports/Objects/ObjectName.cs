using System.Text;

namespace CloudSweep.Core.Ports.Objects;

/// <summary>The rule for names of objects, the same in every kind of store.</summary>
public static class ObjectName
{
    /// <summary>Longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is empty or too long, starts with '/', has a segment '.' or '..' (which would lead out of a folder), or a NUL or line break.
    /// </exception>
    public static void ThrowIfInvalid(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var isValid = name[0] != '/'
            && name.AsSpan().IndexOfAny('\0', '\r', '\n') < 0
            && Encoding.UTF8.GetByteCount(name) <= MaxBytes
            && !name.Split('/').Any(segment => segment is "." or "..");
        if (!isValid)
        {
            throw new ArgumentException(
                $"'{name}' can't name an object: at most {MaxBytes} bytes, no '/' at the start, no segment '.' or '..', no NUL or line break.", nameof(name));
        }
    }
}
