using System.CommandLine;
using System.CommandLine.Invocation;
using CloudSweep.Cli.Commands;

var root = new RootCommand("Finds the learning rate: what every rate did, which are safe, and which to take.")
{
    RunCommand.Create(),
    PlanCommand.Create(),
    PredictCommand.Create(),
    DataCommand.Create(),
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
