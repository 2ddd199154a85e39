namespace CloudSweep.Worker.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Worker_References_NotTheCoordinator()
    {
        var references = System.Reflection.Assembly.Load("CloudSweep.Worker").GetReferencedAssemblies().Select(assembly => assembly.Name);

        Assert.DoesNotContain("CloudSweep.Coordinator", references);
    }
}
