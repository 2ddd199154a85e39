using System.Text;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>One page of a list: objects, and the prefixes that stand for all that lies under them.</summary>
internal sealed record ListPage(IReadOnlyList<EmulatedObject> Items, IReadOnlyList<string> Prefixes, string? NextPageToken)
{
    public static ListPage Of(Bucket bucket, ListQuery query)
    {
        var items = new List<EmulatedObject>();
        var prefixes = new List<string>();
        string? last = null;
        foreach (var (name, item) in bucket.Objects)
        {
            if (!query.Selects(name))
            {
                continue;
            }

            var prefix = query.CommonPrefixOf(name);
            var entry = prefix ?? name;
            if (entry == last || IsOnAnEarlierPage(entry, query.After))
            {
                continue;
            }

            if (items.Count + prefixes.Count == query.MaxResults)
            {
                return new ListPage(items, prefixes, Convert.ToBase64String(Encoding.UTF8.GetBytes(last!)));
            }

            last = entry;
            if (prefix is null)
            {
                items.Add(item);
            }
            else
            {
                prefixes.Add(prefix);
            }
        }

        return new ListPage(items, prefixes, null);
    }

    private static bool IsOnAnEarlierPage(string entry, string? after) => after is not null && Utf8Order.Instance.Compare(entry, after) <= 0;
}
