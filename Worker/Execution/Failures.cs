using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>What of an exception travels to the Coordinator.</summary>
internal static class Failures
{
    public static AttemptFailure Of(Exception exception) => exception switch
    {
        CacheUnavailableException => new AttemptFailure(exception.Message, Permanent: false),
        DataChangedException => new AttemptFailure(exception.Message, Permanent: false, DataChanged: true),
        DataErrorException { IsOfThisHost: true } => new AttemptFailure($"The Worker on {Environment.MachineName} can't reach the data. {exception.Message} Mend its settings; 'cloudsweep retry' goes on where a sweep has failed.", Permanent: false),
        DataErrorException or InvalidSweepException => new AttemptFailure(exception.Message, Permanent: true),
        StorageException storage => new AttemptFailure(storage.Message, Permanent: !storage.IsTransient),

        // Messages of other exceptions may carry paths or cell contents.
        _ => new AttemptFailure($"The attempt failed with {exception.GetType().Name}; the Worker's log has the details.", Permanent: false),
    };
}
