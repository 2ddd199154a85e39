using System.Globalization;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;

namespace CloudSweep.TestSupport.Containers;

/// <summary>Ports of containers on this machine's loopback, for nobody else.</summary>
public static class LoopbackPort
{
    /// <summary>Publishes a container's port. It is a fixed one, so that the next container can have the same.</summary>
    public static ContainerBuilder WithLoopbackPort(this ContainerBuilder builder, int hostPort, int containerPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var binding = new PortBinding { HostIP = "127.0.0.1", HostPort = hostPort.ToString(CultureInfo.InvariantCulture) };
        return builder.WithExposedPort(containerPort).WithCreateParameterModifier(container =>
        {
            container.HostConfig!.PortBindings ??= new Dictionary<string, IList<PortBinding>>();
            container.HostConfig.PortBindings[string.Create(CultureInfo.InvariantCulture, $"{containerPort}/tcp")] = [binding];
        });
    }
}
