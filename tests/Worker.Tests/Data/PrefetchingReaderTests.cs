using CloudSweep.Worker.Data.Rows;
using CsCheck;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Rows that are lent out of windows: each once, as many as asked for, unchanged until the next call; and the end of waiting for them.</summary>
public sealed class PrefetchingReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public void Next_AnyChunksAndRequests_GivesEachRowOnce() =>
        Gen.Select(Gen.Int[1, 9].Array[1, 12], Gen.Int[1, 20].Array[1, 5], Gen.Int[0, 8]).Sample((counts, requests, skipped) =>
        {
            var (total, next) = (counts.Sum(), Math.Min(skipped, counts[0] - 1));
            using var reader = Open(new NumberedChunks(counts), next);
            for (var call = 0; next < total; call++)
            {
                var most = requests[call % requests.Length];
                var tile = reader.Next(most, None);

                var expected = Enumerable.Range(next, Math.Min(most, total - next));
                Assert.Equal(expected, Enumerable.Range(0, tile!.Count).Select(row => (int)tile.FeaturesOf(row, 1)[0]));
                Assert.Equal(expected, Enumerable.Range(0, tile.Count).Select(tile.ClassOf));
                Assert.Equal(expected, Enumerable.Range(0, tile.Count).Select(row => (int)tile.TargetOf(row)));
                next += tile.Count;
            }

            Assert.Null(reader.Next(1, None));
        });

    [Fact]
    public void Next_WithinAChunk_IsNoCopy()
    {
        using var reader = Open(new NumberedChunks([6, 6]));

        var (first, second, across) = (reader.Next(2, None), reader.Next(3, None), reader.Next(4, None));

        Assert.Same(first!.Features, second!.Features);
        Assert.NotSame(first.Features, across!.Features);
        Assert.Equal([5f, 6, 7, 8], across.FeaturesOf(0, 4).ToArray());
    }

    [Fact]
    public void Next_ChunkThatIsLent_IsNotWrittenTo()
    {
        var chunks = new NumberedChunks([4, 4, 4, 4]);
        using var reader = Open(chunks);

        var tile = reader.Next(4, None);
        SpinWait.SpinUntil(() => chunks.Begun >= 2, Patience);

        // Both windows are in use: the third chunk can only begin once the first window is given up, by the next call.
        Assert.Equal(2, chunks.Begun);
        Assert.Equal([0f, 1, 2, 3], tile!.FeaturesOf(0, 4).ToArray());
        Assert.Equal([4f, 5, 6, 7], reader.Next(4, None)!.FeaturesOf(0, 4).ToArray());
        Assert.True(SpinWait.SpinUntil(() => chunks.Begun == 3, Patience));
    }

    [Fact]
    public async Task Next_RowsThatNeverCome_EndsWithTheToken()
    {
        var chunks = new NumberedChunks([4]) { HasOneMore = true };
        using var reader = Open(chunks);
        using var stop = new CancellationTokenSource();
        reader.Next(4, stop.Token);
        await chunks.Stalled.WaitAsync(Patience, None);
        var waiting = Task.Run(() => reader.Next(4, stop.Token), None);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, None));
    }

    [Fact]
    public void Next_ChunkThatFails_ThrowsItsError()
    {
        using var reader = Open(new NumberedChunks([4], new IOException("The disk is gone.")) { HasOneMore = true });
        reader.Next(4, None);

        var exception = Assert.Throws<IOException>(() => reader.Next(4, None));

        Assert.Equal("The disk is gone.", exception.Message);
        Assert.ThrowsAny<InvalidOperationException>(() => reader.Next(4, None));
    }

    private static PrefetchingReader Open(NumberedChunks chunks, int firstRow = 0) => new(chunks, 0, firstRow, new WindowPool(chunks.Capacity, 1), new TilePool(1));
}
