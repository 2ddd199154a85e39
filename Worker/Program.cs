using CloudSweep.Hosting;
using CloudSweep.Worker;

return await HostProcess.RunAsync(args, WorkerHost.Build);
