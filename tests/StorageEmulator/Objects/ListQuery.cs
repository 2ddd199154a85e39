using System.Text;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>What a list asks for.</summary>
/// <param name="Prefix">Names start with it.</param>
/// <param name="Delimiter">Names that hold it after the prefix are folded into one prefix; empty folds nothing.</param>
/// <param name="StartOffset">First name, inclusive; null for none.</param>
/// <param name="EndOffset">Name that ends the list, exclusive; null for none.</param>
/// <param name="MaxResults">Objects and prefixes of a page, 1 to 1000.</param>
/// <param name="After">Last entry of the page before; null on the first page.</param>
internal sealed record ListQuery(string Prefix, string Delimiter, string? StartOffset, string? EndOffset, int MaxResults, string? After)
{
    private const int MaxPage = 1000;

    /// <exception cref="ServiceException">A value is invalid, or asks for what is not emulated.</exception>
    public static ListQuery From(IQueryCollection query)
    {
        // A parameter that changes which objects are listed must not be passed over in silence.
        if (query.ContainsKey("matchGlob"))
        {
            throw ServiceException.Invalid("matchGlob is not emulated: list by prefix and match the names in the client.");
        }

        var maxResults = query.Number("maxResults") ?? MaxPage;
        return new ListQuery(
            query.Text("prefix") ?? "",
            query.Text("delimiter") ?? "",
            query.Text("startOffset"),
            query.Text("endOffset"),
            maxResults < 1 ? throw ServiceException.Invalid($"Invalid maxResults {maxResults}: it must be at least 1.") : (int)Math.Min(maxResults, MaxPage),
            AfterToken(query.Text("pageToken")));
    }

    public bool Selects(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && (StartOffset is null || Utf8Order.Instance.Compare(name, StartOffset) >= 0)
        && (EndOffset is null || Utf8Order.Instance.Compare(name, EndOffset) < 0);

    /// <summary>The prefix that stands for <paramref name="name"/>, up to its first delimiter; null where it is listed itself.</summary>
    public string? CommonPrefixOf(string name)
    {
        var end = Delimiter.Length == 0 ? -1 : name.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : name[..(end + Delimiter.Length)];
    }

    private static string? AfterToken(string? token)
    {
        try
        {
            return token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw ServiceException.Invalid($"Invalid pageToken '{token}'.");
        }
    }
}
