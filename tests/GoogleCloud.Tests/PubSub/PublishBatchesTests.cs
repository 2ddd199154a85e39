using CloudSweep.GoogleCloud.PubSub;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PublishBatchesTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(1000, new[] { 1000 })]
    [InlineData(1001, new[] { 1000, 1 })]
    public void Of_ManySmall_CutsAtTheServicesCount(int count, int[] sizes)
    {
        Assert.Equal(sizes, Batches(count, sizeBytes: 1));
    }

    [Theory]
    [InlineData(8, 1_000_000, new[] { 8 })]
    [InlineData(10, 1_000_000, new[] { 8, 2 })]
    [InlineData(3, 4_500_000, new[] { 1, 1, 1 })]
    public void Of_FewLarge_CutsBelowTheServicesBytes(int count, int sizeBytes, int[] sizes)
    {
        Assert.Equal(sizes, Batches(count, sizeBytes));
    }

    [Fact]
    public void Of_AnySizes_StaysWithinTheLimitAndKeepsTheOrder()
    {
        var random = new Random(1);
        var messages = Enumerable.Range(0, 3000).Select(index => Message(random.Next(1, 20_000), index.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToArray();

        var requests = PublishBatches.Of("projects/p1/topics/jobs", messages).ToArray();

        Assert.All(requests, request => Assert.InRange(request.CalculateSize(), 1, PublishBatches.MaxBytes));
        Assert.Equal(messages.Select(message => message.MessageId), requests.SelectMany(request => request.Messages).Select(message => message.MessageId));
    }

    private static IEnumerable<int> Batches(int count, int sizeBytes) =>
        PublishBatches.Of("projects/p1/topics/jobs", Enumerable.Range(0, count).Select(_ => Message(sizeBytes, ""))).Select(request => request.Messages.Count);

    private static PubsubMessage Message(int sizeBytes, string id) => new() { Data = ByteString.CopyFrom(new byte[sizeBytes]), MessageId = id };
}
