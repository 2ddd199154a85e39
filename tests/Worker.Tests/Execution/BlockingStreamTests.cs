using System.IO.Pipelines;
using CloudSweep.Worker.Execution.Checkpoints;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class BlockingStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Write_StoreHangs_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var nobodyReads = new Pipe().Writer.AsStream();

        var writing = Task.Run(() => new BlockingStream(nobodyReads, cancellation.Token).Write(new byte[1 << 20]), CancellationToken.None);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_StoreHangs_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var nobodyWrites = new Pipe().Reader.AsStream();

        var reading = Task.Run(() => new BlockingStream(nobodyWrites, cancellation.Token).ReadByte(), CancellationToken.None);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }
}
