using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Worker.Tests.Data;

public sealed class AheadStreamTests
{
    private const int Length = (AheadStream.PieceBytes * 9) + 17;

    private static readonly byte[] Content = [.. Enumerable.Range(0, Length).Select(index => (byte)(index * 31 >> 3))];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(10_007)]
    public async Task Read_AnySizeOfReads_GivesAllBytesAndThenTheEnd(int bytesPerRead)
    {
        using var ahead = new AheadStream(new TricklingStream(Content, bytesPerRead));

        Assert.Equal(Content, await ReadAsync(ahead));
        Assert.Equal(0, await ahead.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_WholePieces_EndsBehindThem()
    {
        var pieces = Content[..(2 * AheadStream.PieceBytes)];
        using var ahead = new AheadStream(new MemoryStream(pieces));

        Assert.Equal(pieces, await ReadAsync(ahead));
    }

    [Fact]
    public async Task Read_StreamThatFails_GivesTheBytesBeforeFirst()
    {
        const int Before = AheadStream.PieceBytes + 5;
        using var ahead = new AheadStream(new FailingStream(Content[..Before]));
        var got = new byte[Before];

        await ahead.ReadExactlyAsync(got, TestContext.Current.CancellationToken);

        Assert.Equal(Content[..Before], got);
        await Assert.ThrowsAsync<InvalidDataException>(() => ahead.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Dispose_InTheMiddle_ClosesTheStream()
    {
        var inner = new FailingStream(Content);
        var ahead = new AheadStream(inner);
        await ahead.ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken);

        await ahead.DisposeAsync();

        await inner.Closed.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> ReadAsync(AheadStream ahead)
    {
        using var all = new MemoryStream();
        await ahead.CopyToAsync(all, 30_000, TestContext.Current.CancellationToken);
        return all.ToArray();
    }

    /// <summary>Fails behind its bytes, and tells when it is closed.</summary>
    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _closed = new();

        public Task Closed => _closed.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new InvalidDataException();

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            _closed.TrySetResult();
        }
    }
}
