using CloudSweep.Hosting;
using CloudSweep.Worker;

return await HostProcess.RunAsync(() => WorkerHost.Build(args));
