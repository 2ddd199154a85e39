using System.Runtime.ExceptionServices;

namespace CloudSweep.Worker.Training;

/// <summary>Dedicated threads that take work piece by piece. Which thread takes which piece never shows in a result.</summary>
internal sealed class LaneCrew : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly Scratch[] _scratches;
    private Action<int, Scratch> _work = (_, _) => { };
    private int _count;
    private ExceptionDispatchInfo? _failure;
    private int _next;
    private bool _isStopping;

    /// <param name="threadCount">Threads, the caller's included, ≥ 1.</param>
    /// <param name="newScratch">Makes the buffers of one thread.</param>
    public LaneCrew(int threadCount, Func<Scratch> newScratch)
    {
        _scratches = [.. Enumerable.Range(0, threadCount).Select(_ => newScratch())];
        _threads = [.. Enumerable.Range(1, threadCount - 1).Select(index => new Thread(() => Serve(_scratches[index])) { IsBackground = true, Name = $"training-{index}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Runs <paramref name="work"/> once for each piece and returns when all are done.</summary>
    public void Run<TPiece>(IReadOnlyList<TPiece> pieces, Action<TPiece, Scratch> work)
    {
        (_count, _work, _next) = (pieces.Count, (index, scratch) => work(pieces[index], scratch), 0);
        if (_threads.Length > 0)
        {
            _start.Release(_threads.Length);
        }

        TakePieces(_scratches[0]);
        foreach (var _ in _threads)
        {
            _done.Wait();
        }

        _failure?.Throw();
    }

    public void Dispose()
    {
        _isStopping = true;
        if (_threads.Length > 0)
        {
            _start.Release(_threads.Length);
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _start.Dispose();
        _done.Dispose();
    }

    private void Serve(Scratch scratch)
    {
        while (true)
        {
            _start.Wait();
            if (_isStopping)
            {
                return;
            }

            TakePieces(scratch);
            _done.Release();
        }
    }

    private void TakePieces(Scratch scratch)
    {
        try
        {
            for (var index = Interlocked.Increment(ref _next) - 1; index < _count; index = Interlocked.Increment(ref _next) - 1)
            {
                _work(index, scratch);
            }
        }
#pragma warning disable CA1031 // It is thrown again on the thread that called Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
