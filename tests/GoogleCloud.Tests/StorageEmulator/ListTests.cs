using System.Net;
using System.Text.Json.Nodes;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

public sealed class ListTests : EmulatorTests
{
    public ListTests() => Names = ["a/1", "a/2", "a/b/3", "b", "c/4", "\uE000", "\U00010000"];

    private string[] Names { get; }

    [Fact]
    public async Task List_All_InOrderOfUtf8()
    {
        PutAll();

        Assert.Equal(Names, NamesOf(await GetJsonAsync($"{BucketPath}/o")));
    }

    [Fact]
    public async Task List_PrefixAndDelimiter_FoldsWhatLiesDeeper()
    {
        PutAll();

        var page = await GetJsonAsync($"{BucketPath}/o?prefix=a/&delimiter=/");

        Assert.Equal(["a/1", "a/2"], NamesOf(page));
        Assert.Equal(["a/b/"], page["prefixes"]!.AsArray().Select(prefix => (string)prefix!));
    }

    [Fact]
    public async Task List_Offsets_StartIsInclusiveAndEndIsNot()
    {
        PutAll();

        Assert.Equal(["a/2", "a/b/3"], NamesOf(await GetJsonAsync($"{BucketPath}/o?startOffset=a/2&endOffset=b")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&delimiter=/")]
    public async Task List_PageByPage_GivesEveryEntryOnce(string query)
    {
        PutAll();
        var whole = await GetJsonAsync($"{BucketPath}/o?maxResults=1000{query}");
        List<string> entries = [];
        string? token = null;
        do
        {
            var page = await GetJsonAsync($"{BucketPath}/o?maxResults=2{query}&pageToken={Uri.EscapeDataString(token ?? "")}");
            entries.AddRange(EntriesOf(page));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);

        Assert.Equal(EntriesOf(whole).Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_MissingBucket_IsNotFoundWithTheServicesError()
    {
        using var response = await GetAsync("storage/v1/b/none/o");
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(404, (int)error["code"]!);
        Assert.Equal("notFound", (string?)error["errors"]![0]!["reason"]);
    }

    private void PutAll()
    {
        foreach (var name in Names.Reverse())
        {
            Put(name);
        }
    }

    private static IEnumerable<string> EntriesOf(JsonNode page) => NamesOf(page).Concat(page["prefixes"]?.AsArray().Select(prefix => (string)prefix!) ?? []);

    private static IEnumerable<string> NamesOf(JsonNode page) => page["items"]?.AsArray().Select(item => (string)item!["name"]!) ?? [];
}
