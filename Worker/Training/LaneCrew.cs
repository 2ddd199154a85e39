using System.Runtime.ExceptionServices;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Dedicated threads that take work piece by piece; one that finds no more helps with what others share. Which thread does what never shows in a result.
/// Nobody spins: who has nothing to do sleeps.
/// </summary>
internal sealed class LaneCrew : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly Scratch[] _scratches;
    private readonly object _sharing = new();
    private Action<int, Scratch> _work = (_, _) => { };
    private ExceptionDispatchInfo? _failure;
    private int _count;
    private int _next;
    private bool _isStopping;

    // All of these belong to _sharing.
    private int _busy;
    private int _idle;
    private ISharedWork? _shared;
    private int _parts;
    private int _nextPart;
    private int _partsDone;

    /// <param name="threadCount">Threads, the caller's included, ≥ 1.</param>
    /// <param name="newScratch">Makes the buffers of one thread.</param>
    public LaneCrew(int threadCount, Func<Scratch> newScratch)
    {
        _scratches = [.. Enumerable.Range(0, threadCount).Select(_ => newScratch())];
        foreach (var scratch in _scratches)
        {
            scratch.Products.Crew = this;
        }

        _threads = [.. Enumerable.Range(1, threadCount - 1).Select(index => new Thread(() => Serve(_scratches[index])) { IsBackground = true, Name = $"training-{index}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Whether a thread waits for something to help with.</summary>
    public bool HasIdle => Volatile.Read(ref _idle) > 0;

    /// <summary>Runs <paramref name="work"/> once for each piece and returns when all are done.</summary>
    public void Run<TPiece>(IReadOnlyList<TPiece> pieces, Action<TPiece, Scratch> work)
    {
        (_count, _work, _next, _busy) = (pieces.Count, (index, scratch) => work(pieces[index], scratch), 0, _scratches.Length);
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

    /// <summary>Does the parts of a piece's work together with the threads that are idle now. One piece shares at a time; another does its own alone meanwhile.</summary>
    public void Share(ISharedWork work)
    {
        lock (_sharing)
        {
            if (_shared is null && _idle > 0)
            {
                (_shared, _parts, _nextPart, _partsDone) = (work, 1 + _idle, 0, 0);
                Monitor.PulseAll(_sharing);
                while (_nextPart < _parts)
                {
                    RunNextPartNeedsLock();
                }

                while (_partsDone < _parts)
                {
                    Monitor.Wait(_sharing);
                }

                _shared = null;
                return;
            }
        }

        work.RunPart(0, 1);
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

        HelpOthers();
    }

    // Until no thread works on a piece any more.
    private void HelpOthers()
    {
        lock (_sharing)
        {
            if (--_busy == 0)
            {
                Monitor.PulseAll(_sharing);
                return;
            }

            while (_busy > 0)
            {
                if (_shared is not null && _nextPart < _parts)
                {
                    RunNextPartNeedsLock();
                    continue;
                }

                _idle++;
                Monitor.Wait(_sharing);
                _idle--;
            }
        }
    }

    // Outside of the lock, which is taken again after it.
    private void RunNextPartNeedsLock()
    {
        var (work, part, parts) = (_shared!, _nextPart++, _parts);
        Monitor.Exit(_sharing);
        try
        {
            work.RunPart(part, parts);
        }
#pragma warning disable CA1031 // It is thrown again on the thread that called Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            Monitor.Enter(_sharing);
            if (++_partsDone == _parts)
            {
                Monitor.PulseAll(_sharing);
            }
        }
    }
}
