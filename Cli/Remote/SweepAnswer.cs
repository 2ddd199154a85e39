using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>Tells what a sweep found so far, and what that means to the shell.</summary>
internal static class SweepAnswer
{
    public static async Task<SweepResult> WriteAsync(TextWriter output, Sweeps.SweepsClient sweeps, string sweep, bool isJson, CancellationToken cancellationToken)
    {
        var result = await SweepResult.ReadAsync(sweeps, sweep, cancellationToken);
        if (isJson)
        {
            await output.WriteLineAsync(AnswerJson.Write(result, report: null, model: null));
        }
        else
        {
            AnswerText.Write(output, result);
        }

        return result;
    }

    /// <summary>What `run` would end with for a sweep that is in this state.</summary>
    public static int CodeOf(SweepProgress progress) => progress switch
    {
        { State: SweepState.Completed, Stopped: false, Trials.Failed: 0 } => ExitCodes.Done,
        { State: SweepState.Completed or SweepState.Cancelled } => ExitCodes.FinishedWithFailures,
        { State: SweepState.Failed, InputAtFault: true } => ExitCodes.Usage,
        _ => ExitCodes.Failed,
    };
}
