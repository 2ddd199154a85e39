namespace CloudSweep.Worker.Execution;

/// <summary>Runs work that blocks for long on a thread of its own, so that the pool's stay free for calls and renewals.</summary>
internal static class DedicatedThread
{
    public static Task RunAsync(string name, Action work)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(work, completion)) { IsBackground = true, Name = name };
        thread.Start();
        return completion.Task;
    }

    private static void Complete(Action work, TaskCompletionSource completion)
    {
        try
        {
            work();
            completion.SetResult();
        }
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
    }
}
