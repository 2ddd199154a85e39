using System.CommandLine;
using CloudSweep.Cli.Commands;

var root = new RootCommand("Finds the learning rate: what every rate did, which are safe, and which to take.")
{
    RunCommand.Create(),
    PlanCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
