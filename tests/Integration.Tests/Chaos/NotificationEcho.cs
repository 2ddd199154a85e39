using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>Publishes every notification of a topic again, several times, through the emulator's REST interface.</summary>
internal sealed class NotificationEcho : IAsyncDisposable
{
    private const string Mark = "echo";

    private readonly HttpClient _http;
    private readonly string _topic;
    private readonly string _tap;
    private readonly int _copies;
    private readonly CancellationTokenSource _ending = new();
    private Task _echoing = Task.CompletedTask;

    private NotificationEcho(string endpoint, string project, string topic, int copies)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://{endpoint}/v1/") };
        (_topic, _tap, _copies) = ($"projects/{project}/topics/{topic}", $"projects/{project}/subscriptions/{topic}-tap", copies);
    }

    /// <summary>Notifications that were published again so far.</summary>
    public int Repeated { get; private set; }

    /// <summary>The topic is made where it is not there yet.</summary>
    public static async Task<NotificationEcho> StartAsync(string endpoint, string project, string topic, int copies)
    {
        var echo = new NotificationEcho(endpoint, project, topic, copies);
        await echo.SubscribeAsync();
        echo._echoing = Task.Run(echo.EchoAsync, CancellationToken.None);
        return echo;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _echoing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task SubscribeAsync()
    {
        // Existing ones answer ALREADY_EXISTS, which is as good.
        using var topic = await _http.PutAsJsonAsync(_topic, new { }, _ending.Token);
        using var tap = await _http.PutAsJsonAsync(_tap, new { topic = _topic }, _ending.Token);
    }

    private async Task EchoAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await EchoOnceAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException && !_ending.IsCancellationRequested)
            {
                // The broker is restarting.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, _ending.Token);
            }
        }
    }

    private async Task EchoOnceAsync()
    {
        using var pulled = await _http.PostAsJsonAsync($"{_tap}:pull", new { maxMessages = 10, returnImmediately = true }, _ending.Token);
        if (!pulled.IsSuccessStatusCode)
        {
            await SubscribeAsync();
        }

        var received = (await pulled.Content.ReadFromJsonAsync<JsonObject>(_ending.Token))?["receivedMessages"]?.AsArray() ?? [];
        foreach (var message in received.Select(message => message!["message"]!))
        {
            if (message["attributes"]?[Mark] is null)
            {
                await PublishAsync(message);
            }
        }

        if (received.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, _ending.Token);
            return;
        }

        using var acknowledged = await _http.PostAsJsonAsync($"{_tap}:acknowledge", new { ackIds = received.Select(message => (string)message!["ackId"]!) }, _ending.Token);
    }

    private async Task PublishAsync(JsonNode message)
    {
        var attributes = message["attributes"]?.DeepClone().AsObject() ?? [];
        attributes[Mark] = "1";
        var copy = new JsonObject { ["attributes"] = attributes, ["data"] = message["data"]?.DeepClone() };
        var messages = new JsonArray([.. Enumerable.Range(0, _copies).Select(_ => copy.DeepClone())]);
        using var published = await _http.PostAsJsonAsync($"{_topic}:publish", new JsonObject { ["messages"] = messages }, _ending.Token);
        Repeated++;
    }
}
