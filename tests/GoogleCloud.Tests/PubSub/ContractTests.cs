using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Google.Protobuf.Reflection;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Our trimmed contracts are parts of those that Google ships with its client for Node.</summary>
[Trait("Category", "Emulator")]
public sealed class ContractTests(NodeClient node)
{
    [Fact]
    public async Task Contract_EveryMessageFieldAndCall_IsGooglesOwn()
    {
        var modules = Path.Combine(await node.RequireAsync(), "node_modules");
        string[] folders = [Path.Combine(modules, "@google-cloud", "pubsub", "build", "protos"), Path.Combine(modules, "google-gax", "build", "protos")];
        var theirs = await Protoc.ReadAsync(folders, ["google/pubsub/v1/pubsub.proto", "google/iam/v1/iam_policy.proto"]);

        AssertPart(PubsubReflection.Descriptor, theirs["google/pubsub/v1/pubsub.proto"]);
        AssertPart(IamPolicyReflection.Descriptor, theirs["google/iam/v1/iam_policy.proto"]);
    }

    private static void AssertPart(FileDescriptor ours, FileDescriptor theirs)
    {
        Assert.Equal(theirs.Package, ours.Package);
        Assert.Equal(theirs.GetOptions().CsharpNamespace, ours.GetOptions().CsharpNamespace);
        var fields = Describe(ours.MessageTypes).ToArray();
        Assert.NotEmpty(fields);
        Assert.Empty(fields.Except(Describe(theirs.MessageTypes)));
        Assert.Empty(ours.Services.SelectMany(Describe).Except(theirs.Services.SelectMany(Describe)));
    }

    private static IEnumerable<string> Describe(IEnumerable<MessageDescriptor> messages) =>
        messages.SelectMany(message => message.Fields.InDeclarationOrder().Select(Describe).Append(message.FullName).Concat(Describe(message.NestedTypes)));

    private static string Describe(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString(),
        };
        var label = field.IsMap ? "map" : field.IsRepeated ? "repeated" : field.IsRequired ? "required" : "one";
        return $"{field.FullName} = {field.FieldNumber}: {label} {type}, presence {field.HasPresence}, in '{field.ContainingOneof?.Name}', JSON {field.JsonName}";
    }

    private static IEnumerable<string> Describe(ServiceDescriptor service) => service.Methods.Select(
        method => $"{method.FullName}({(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName}) returns {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName}");
}
