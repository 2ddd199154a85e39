namespace CloudSweep.Cli.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void CoreAndProtos_DoNotKnowEachOther()
    {
        var core = System.Reflection.Assembly.Load("CloudSweep.Core").GetReferencedAssemblies().Select(assembly => assembly.Name);
        var protos = System.Reflection.Assembly.Load("CloudSweep.Shared.Protos").GetReferencedAssemblies().Select(assembly => assembly.Name);

        Assert.DoesNotContain("CloudSweep.Shared.Protos", core);
        Assert.DoesNotContain("CloudSweep.Core", protos);
    }
}
