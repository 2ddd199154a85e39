using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class StorageAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("application/json", """{"error":{"code":503,"message":"Backend\nError."}}""", "HTTP status 503 (Backend Error)")]
    [InlineData("application/json", """{"error":{"code":"503","message":{"text":"busy"}}}""", "HTTP status 503 (Service Unavailable)")]
    [InlineData("application/json", """["error"]""", "HTTP status 503 (Service Unavailable)")]
    [InlineData("application/json", """{"error":""", "HTTP status 503 (Service Unavailable)")]
    [InlineData("application/json", "", "HTTP status 503 (Service Unavailable)")]
    [InlineData("text/html", "No such object: bucket/a", "HTTP status 503 (No such object: bucket/a)")]
    [InlineData("text/html", "<html>secret</html>", "HTTP status 503 (Service Unavailable)")]
    public async Task ReadFailure_AnyBody_SaysWhatItSays(string mediaType, string body, string expected)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

        Assert.Equal(expected, (await ReadAsync(response)).Message);
    }

    [Theory]
    [InlineData(400, false, false)]
    [InlineData(401, false, false)]
    [InlineData(403, false, false)]
    [InlineData(404, false, false)]
    [InlineData(408, true, true)]
    [InlineData(409, false, false)]
    [InlineData(412, false, false)]
    [InlineData(416, false, false)]
    [InlineData(429, true, false)]
    [InlineData(500, true, true)]
    [InlineData(502, true, true)]
    [InlineData(503, true, true)]
    [InlineData(504, true, true)]
    public async Task ReadFailure_Status_DecidesWhetherToTryAgain(int status, bool isTransient, bool mayHaveSucceeded)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        var failure = await ReadAsync(response);

        Assert.Equal((isTransient, mayHaveSucceeded), (failure.IsTransient, failure.MayHaveSucceeded));
    }

    [Fact]
    public async Task ReadFailure_RetryAfter_IsReadInBothFormsAndBounded()
    {
        using var seconds = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } };
        using var date = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(Now.AddSeconds(9)) } };
        using var days = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromDays(9)) } };
        using var none = new HttpResponseMessage(HttpStatusCode.TooManyRequests);

        Assert.Equal(TimeSpan.FromSeconds(7), (await ReadAsync(seconds)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(9), (await ReadAsync(date)).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(5), (await ReadAsync(days)).RetryAfter);
        Assert.Null((await ReadAsync(none)).RetryAfter);
    }

    private static Task<FailedRequestException> ReadAsync(HttpResponseMessage response) =>
        StorageAnswer.ReadFailureAsync(response, new FakeTimeProvider(Now), TestContext.Current.CancellationToken);
}
