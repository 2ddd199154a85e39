using System.Collections.Concurrent;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Data.Sqlite;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Read-only connections of one database, used again and again. Closing waits for the reads that have begun.</summary>
internal sealed class SqliteReaders(string directory) : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly TaskCompletionSource _isUnused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads under way, and one more until closing.</summary>
    private int _users = 1;

    /// <exception cref="StoreUnavailableException">Closed, or the database can't be opened.</exception>
    public T Read<T>(Func<IStoreView, T> work)
    {
        Enter();
        try
        {
            var session = _idle.TryTake(out var idle) ? idle : new SqliteSession(SqliteDatabase.Open(directory, SqliteOpenMode.ReadOnly));
            return Read(session, work);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>To be called once.</summary>
    public async ValueTask DisposeAsync()
    {
        Leave();
        await _isUnused.Task.ConfigureAwait(false);
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T Read<T>(SqliteSession session, Func<IStoreView, T> work)
    {
        var isUsable = false;
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
                isUsable = true;
            }
        }
        finally
        {
            if (isUsable)
            {
                _idle.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    private void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users == 0)
            {
                throw new StoreUnavailableException(SqliteSweepStore.ClosedMessage);
            }
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _isUnused.SetResult();
        }
    }
}
