using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;
using Microsoft.Extensions.Options;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>Runs checks one after the other. One that can't look finds something wrong; none ends the others.</summary>
internal static class Doctor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="isMending">Create what is missing, and look again.</param>
    public static async IAsyncEnumerable<Examined> ExamineAsync(
        IEnumerable<IDoctorCheck> checks, bool isMending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            var found = await TryAsync(check.LookAsync, cancellationToken);
            var isMended = false;
            if (isMending && found is CheckResult.Wrong wrong)
            {
                found = await TryAsync(
                    async token =>
                    {
                        isMended = await check.MendAsync(token);
                        return isMended ? await check.LookAsync(token) : wrong;
                    },
                    cancellationToken);
            }

            yield return new Examined(check.Name, found, isMended);
        }
    }

    private static async Task<CheckResult> TryAsync(Func<CancellationToken, Task<CheckResult>> look, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await look(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckResult.Wrong($"No answer within {Patience.TotalSeconds} s.", "Check the network between here and there.");
        }
        catch (Exception exception) when (exception is CloudSweepException or IOException or UnauthorizedAccessException or OptionsValidationException or InvalidOperationException)
        {
            return new CheckResult.Wrong(exception.Message.ReplaceLineEndings(" "), "Do what the message says, then run 'cloudsweep doctor' again.");
        }
    }
}
