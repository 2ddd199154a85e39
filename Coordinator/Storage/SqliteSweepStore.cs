using System.Threading.Channels;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Storage;

/// <summary>
/// The embedded store: one SQLite file, one writer. Calls that wait at the same time share one durable commit,
/// each inside a savepoint of its own, so that one that fails takes nothing with it.
/// </summary>
internal sealed class SqliteSweepStore : ISweepStore, IAsyncDisposable
{
    public const string ClosedMessage = "The store is closed.";

    private const int MaxCallsPerCommit = 256;

    private readonly StoreLock _lock;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteSession _writer;
    private readonly SqliteReaders _readers;
    private readonly Task _writing;

    /// <exception cref="StoreUnavailableException">The folder is in use, can't be written, or holds something else.</exception>
    public SqliteSweepStore(string directory)
    {
        var folder = Path.GetFullPath(directory);
        SqliteDatabase.CreateDirectory(folder);
        _lock = new StoreLock(folder);
        try
        {
            SqliteDatabase.Migrate(folder);
            _writer = new SqliteSession(SqliteDatabase.Open(folder, SqliteOpenMode.ReadWrite));
            _readers = new SqliteReaders(folder);
            _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public async Task<T> WriteAsync<T>(Func<IStoreTransaction, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        cancellationToken.ThrowIfCancellationRequested();
        var call = new Call(transaction => work(transaction));
        if (!_calls.Writer.TryWrite(call))
        {
            throw new StoreUnavailableException(ClosedMessage);
        }

        using var givingUp = cancellationToken.Register(() => call.GiveUp(cancellationToken));
        return (T)(await call.Completion.Task.ConfigureAwait(false))!;
    }

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Task.Run(() => Read(work), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_calls.Writer.TryComplete())
        {
            await _writing.ConfigureAwait(false);
            await _readers.DisposeAsync().ConfigureAwait(false);

            // Last, because the last connection clears the write-ahead log, and readers can't.
            _writer.Dispose();
            _lock.Dispose();
        }
    }

    private T Read<T>(Func<IStoreView, T> work)
    {
        try
        {
            return _readers.Read(work);
        }
        catch (SqliteException exception)
        {
            throw Unavailable(exception);
        }
    }

    private void WriteAll()
    {
        var transaction = new SqliteTransaction(_writer);
        var batch = new List<Call>(MaxCallsPerCommit);
#pragma warning disable VSTHRD002 // The writer has a thread of its own.
        while (_calls.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore VSTHRD002
        {
            batch.Clear();
            while (batch.Count < MaxCallsPerCommit && _calls.Reader.TryRead(out var call))
            {
                if (call.TryBegin())
                {
                    batch.Add(call);
                }
            }

            if (batch.Count > 0)
            {
                CommitTogether(_writer, transaction, batch);
            }
        }
    }

    private static void CommitTogether(SqliteSession session, SqliteTransaction transaction, List<Call> batch)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var call in batch)
            {
                session.Execute("SAVEPOINT call");
                call.Run(transaction);
                session.Execute(call.HasFailed ? "ROLLBACK TO call" : "RELEASE call");
                if (call.HasFailed)
                {
                    session.Execute("RELEASE call");
                }
            }

            session.Execute("COMMIT");
            batch.ForEach(call => call.Complete());
        }
        catch (SqliteException exception)
        {
            RollBack(session);
            batch.ForEach(call => call.Fail(Unavailable(exception)));
        }
    }

    private static void RollBack(SqliteSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private static StoreUnavailableException Unavailable(SqliteException exception) =>
        new($"The store can't be used now: {exception.Message}", exception);

    /// <summary>One caller's work on its way through the writer. It is begun or given up, whichever comes first.</summary>
    private sealed class Call(Func<IStoreTransaction, object?> work)
    {
        private object? _result;
        private Exception? _failure;
        private int _isTaken;

        public TaskCompletionSource<object?> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasFailed => _failure is not null;

        /// <summary>Whether the writer has to carry it out.</summary>
        public bool TryBegin() => Interlocked.Exchange(ref _isTaken, 1) == 0;

        public void GiveUp(CancellationToken cancellationToken)
        {
            if (TryBegin())
            {
                Completion.SetCanceled(cancellationToken);
            }
        }

        public void Run(IStoreTransaction transaction)
        {
            try
            {
                _result = work(transaction);
            }
            catch (Exception exception) when (exception is not SqliteException)
            {
                _failure = exception;
            }
        }

        public void Complete()
        {
            if (_failure is null)
            {
                Completion.SetResult(_result);
            }
            else
            {
                Completion.SetException(_failure);
            }
        }

        public void Fail(Exception exception) => Completion.TrySetException(exception);
    }
}
