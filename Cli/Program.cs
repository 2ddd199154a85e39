using System.CommandLine;
using System.CommandLine.Invocation;
using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Output;

ProgressView.Terminal = Console.Error;
Console.SetOut(new PlainTextWriter(Console.Out));
Console.SetError(new PlainTextWriter(Console.Error));

var root = new RootCommand("Finds the learning rate: what every rate did, which are safe, and which to take.")
{
    RunCommand.Create(),
    PlanCommand.Create(),
    RangeCommand.Create(),
    PredictCommand.Create(),
    SubmitCommand.Create(),
    ListCommand.Create(),
    DescribeCommand.Create(),
    WatchCommand.Create(),
    ReportCommand.Create(),
    ExportCommand.Create(),
    StopCommand.Create(),
    PauseCommand.Create(),
    ResumeCommand.Create(),
    CancelCommand.Create(),
    RetryCommand.Create(),
    ExtendCommand.Create(),
    DoctorCommand.Create(),
    HostCommand.Coordinator(),
    HostCommand.Worker(),
    DataCommand.Create(),
    CredentialsCommand.Create(),
    TokenCommand.Create(),
};
var command = root.Parse(args);
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
if (command.Action is not ParseErrorAction mistakes)
{
    return await command.InvokeAsync(invocation);
}

mistakes.ShowHelp = args.Length == 0;
await command.InvokeAsync(invocation);
return ExitCodes.Usage;
