using System.Collections.Concurrent;
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
    private const int MaxCallsPerCommit = 256;

    private readonly string _directory;
    private readonly StoreLock _lock;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Task _writing;

    /// <exception cref="StoreUnavailableException">The folder is in use, can't be written, or holds something else.</exception>
    public SqliteSweepStore(string directory)
    {
        _directory = Path.GetFullPath(directory);
        SqliteDatabase.CreateDirectory(_directory);
        _lock = new StoreLock(_directory);
        try
        {
            SqliteDatabase.Migrate(_directory);
            var session = new SqliteSession(SqliteDatabase.Open(_directory, SqliteOpenMode.ReadWrite));
            _writing = Task.Factory.StartNew(() => WriteAll(session), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
            throw new StoreUnavailableException("The store is closed.");
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
            while (_readers.TryTake(out var reader))
            {
                reader.Dispose();
            }

            _lock.Dispose();
        }
    }

    private T Read<T>(Func<IStoreView, T> work)
    {
        if (!_readers.TryTake(out var session))
        {
            session = new SqliteSession(SqliteDatabase.Open(_directory, SqliteOpenMode.ReadOnly));
        }

        try
        {
            // A deferred transaction takes its snapshot at the first read.
            session.Execute("BEGIN DEFERRED");
            try
            {
                return work(new SqliteView(session));
            }
            finally
            {
                session.Execute("COMMIT");
                _readers.Add(session);
            }
        }
        catch (SqliteException exception)
        {
            throw Unavailable(exception);
        }
    }

    private void WriteAll(SqliteSession session)
    {
        using (session)
        {
            var transaction = new SqliteTransaction(session);
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
                    CommitTogether(session, transaction, batch);
                }
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
