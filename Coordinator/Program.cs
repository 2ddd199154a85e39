using CloudSweep.Coordinator;
using CloudSweep.Hosting;

return await HostProcess.RunAsync(args, CoordinatorHost.Build);
