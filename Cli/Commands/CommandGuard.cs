using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Remote;
using CloudSweep.Core.Domain;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CloudSweep.Cli.Commands;

/// <summary>Runs a command's work and turns what goes wrong into a message and an exit code. People never see a stack trace.</summary>
internal static class CommandGuard
{
    public static async Task<int> RunAsync(Func<Task<int>> work, string? logDirectory)
    {
        try
        {
            return await work();
        }
        catch (InvalidSweepException exception)
        {
            ErrorText.Write(exception);
            return ExitCodes.Usage;
        }
        catch (Exception exception) when (exception is DataErrorException or UnusableStateException or UnknownSweepException)
        {
            ErrorText.Write(exception.Message);
            return ExitCodes.Usage;
        }
        catch (InvalidSettingsException exception)
        {
            ErrorText.Write(exception.Mistakes);
            return ExitCodes.Usage;
        }
        catch (OptionsValidationException exception)
        {
            ErrorText.Write([.. exception.Failures]);
            return ExitCodes.Usage;
        }
        catch (CloudSweepException exception)
        {
            ErrorText.Write(exception.Message);
            return ExitCodes.Failed;
        }
        catch (RpcException exception)
        {
            ErrorText.Write(exception);
            return exception.StatusCode == StatusCode.InvalidArgument ? ExitCodes.Usage : ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ErrorText.Write($"{exception.Message.TrimEnd('.')}. Make room or give the rights, then run the same command again: what is done is kept.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
#pragma warning disable CA1031 // The last resort: the details go to a file, not to the terminal.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ErrorText.WriteUnexpected(exception, logDirectory);
            return ExitCodes.Failed;
        }
    }
}
