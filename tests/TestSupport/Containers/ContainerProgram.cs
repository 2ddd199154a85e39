using System.IO.Pipelines;
using CloudSweep.TestSupport.Processes;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.TestSupport.Containers;

/// <summary>A program in a container of its own, which goes with it. It is not started again: as in a cluster, another container takes its place.</summary>
public sealed class ContainerProgram : IProgram
{
    // More than any program here needs, so that a test sees how long it took by itself.
    private const uint SecondsToStop = 60;

    // runc gives up on a container whose processes are busy, and succeeds a moment later.
    private const int TriesToFreeze = 20;
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(250);

    private readonly IContainer _container;
    private readonly DockerClient _docker;
    private readonly ProgramLog _log;
    private readonly Task _following;

    private ContainerProgram(IContainer container, DockerClient docker)
    {
        (_container, _docker) = (container, docker);
        var (output, errors) = (new Pipe(), new Pipe());
        _log = new ProgramLog(new StreamReader(output.Reader.AsStream()), new StreamReader(errors.Reader.AsStream()));
        _following = FollowAsync(output.Writer, errors.Writer);
    }

    public bool HasExited => _log.End.IsCompleted;

    public string Said => _log.ToString();

    /// <summary>Creates and starts a container. Its image is there: nothing is pulled.</summary>
    public static async Task<ContainerProgram> StartAsync(ContainerBuilder builder)
    {
        var docker = await DockerEngine.RequireAsync();
        var container = builder
            .WithImagePullPolicy(PullPolicy.Never)
            .WithLogger(NullLogger.Instance)

            // Nobody asks for their health here, and a process every ten seconds for each of them is much on a small machine.
            .WithCreateParameterModifier(parameters => parameters.Healthcheck = new HealthcheckConfig { Test = ["NONE"] })
            .Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        return new ContainerProgram(container, docker);
    }

    public Task<string> WaitForLineAsync(string text) => _log.WaitForLineAsync(text);

    public async Task KillAsync()
    {
        await _docker.Containers.KillContainerAsync(_container.Id, new ContainerKillParameters { Signal = "KILL" }, CancellationToken.None);
        await _log.End;
    }

    public async Task FreezeAsync()
    {
        for (var left = TriesToFreeze - 1; ; left--)
        {
            try
            {
                await _container.PauseAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (DockerApiException exception) when (left > 0 && exception.ResponseBody?.Contains("unable to freeze", StringComparison.Ordinal) == true)
            {
                await Task.Delay(PauseBetweenTries, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    public Task ThawAsync() => _container.UnpauseAsync(TestContext.Current.CancellationToken);

    public async Task<int> StopAsync()
    {
        await _docker.Containers.StopContainerAsync(_container.Id, new ContainerStopParameters { WaitBeforeKillSeconds = SecondsToStop }, TestContext.Current.CancellationToken);
        await _log.End;
        return (int)await _container.GetExitCodeAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Pulls the plug: its connections stay open and carry nothing any more.</summary>
    public Task CutOffAsync(INetwork network) =>
        _docker.Networks.DisconnectNetworkAsync(network.Name, new NetworkDisconnectParameters { Container = _container.Id, Force = true }, TestContext.Current.CancellationToken);

    /// <summary>Puts it back, most likely with another address.</summary>
    public Task ReconnectAsync(INetwork network) => _container.ConnectAsync(network, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        await _following;
        await _log.End;
    }

    private async Task FollowAsync(PipeWriter output, PipeWriter errors)
    {
        var wanted = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Follow = true };
        try
        {
            using var log = await _docker.Containers.GetContainerLogsAsync(_container.Id, wanted, CancellationToken.None);
            await log.CopyOutputToAsync(Stream.Null, output.AsStream(), errors.AsStream(), CancellationToken.None);
        }
        finally
        {
            await output.CompleteAsync();
            await errors.CompleteAsync();
        }
    }
}
