using CloudSweep.Protos.Keda;
using CloudSweep.Protos.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Calls any method of the services by its descriptor.</summary>
internal static class AnyMethod
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>What the main listener serves.</summary>
    public static IReadOnlyList<MethodDescriptor> All => [.. Sweeps.Descriptor.Methods, .. Jobs.Descriptor.Methods];

    /// <summary>What the listener of the scaler serves.</summary>
    public static IReadOnlyList<MethodDescriptor> OfScaler => [.. ExternalScaler.Descriptor.Methods];

    public static MethodDescriptor Find(string name) => All.Single(method => method.Name == name);

    /// <summary>Calls once and reads what comes to its end.</summary>
    /// <exception cref="RpcException">The call was refused.</exception>
    public static async Task CallAsync(CallInvoker caller, MethodDescriptor method, IMessage? request = null)
    {
        var raw = new Method<byte[], byte[]>(MethodType.ServerStreaming, method.Service.FullName, method.Name, Bytes, Bytes);
        using var call = caller.AsyncServerStreamingCall(raw, host: null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken), request?.ToByteArray() ?? []);
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            // A call that is let in is of no interest here.
        }
    }

    public static async Task<Status> StatusAsync(CallInvoker caller, MethodDescriptor method, IMessage? request = null)
    {
        try
        {
            await CallAsync(caller, method, request);
            return Status.DefaultSuccess;
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
    }
}
