using System.Globalization;
using CloudSweep.Protos.Keda;
using Google.Protobuf.Reflection;

namespace CloudSweep.Coordinator.Tests.Scaling;

/// <summary>Names, numbers and types are those of KEDA (kedacore/keda, pkg/scalers/externalscaler/externalscaler.proto at 125494b).</summary>
public sealed class ContractTests
{
    private static readonly FileDescriptor Contract = ExternalScaler.Descriptor.File;

    [Fact]
    public void Service_Methods_AreThoseOfKeda() => Assert.Equal(
        [
            "externalscaler.ExternalScaler.IsActive(externalscaler.ScaledObjectRef): externalscaler.IsActiveResponse",
            "externalscaler.ExternalScaler.StreamIsActive(externalscaler.ScaledObjectRef): stream externalscaler.IsActiveResponse",
            "externalscaler.ExternalScaler.GetMetricSpec(externalscaler.ScaledObjectRef): externalscaler.GetMetricSpecResponse",
            "externalscaler.ExternalScaler.GetMetrics(externalscaler.GetMetricsRequest): externalscaler.GetMetricsResponse",
        ],
        Assert.Single(Contract.Services).Methods.Select(method =>
            $"{method.FullName}({(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName}): {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName}"));

    [Fact]
    public void Messages_Fields_AreThoseOfKeda() => Assert.Equal(
        [
            "ScaledObjectRef.name = 1 String",
            "ScaledObjectRef.namespace = 2 String",
            "ScaledObjectRef.scalerMetadata = 3 map String String",
            "IsActiveResponse.result = 1 Bool",
            "GetMetricSpecResponse.metricSpecs = 1 repeated MetricSpec",
            "MetricSpec.metricName = 1 String",
            "MetricSpec.targetSize = 2 Int64",
            "MetricSpec.targetSizeFloat = 3 Double",
            "GetMetricsRequest.scaledObjectRef = 1 ScaledObjectRef",
            "GetMetricsRequest.metricName = 2 String",
            "GetMetricsResponse.metricValues = 1 repeated MetricValue",
            "MetricValue.metricName = 1 String",
            "MetricValue.metricValue = 2 Int64",
            "MetricValue.metricValueFloat = 3 Double",
        ],
        Contract.MessageTypes.SelectMany(message => message.Fields.InFieldNumberOrder())
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.ContainingType.Name}.{field.Name} = {field.FieldNumber} {TypeOf(field)}")));

    private static string TypeOf(FieldDescriptor field) => field switch
    {
        { IsMap: true } => $"map {TypeOf(field.MessageType.FindFieldByNumber(1))} {TypeOf(field.MessageType.FindFieldByNumber(2))}",
        { IsRepeated: true } => $"repeated {field.MessageType.Name}",
        { FieldType: FieldType.Message } => field.MessageType.Name,
        _ => field.FieldType.ToString(),
    };
}
