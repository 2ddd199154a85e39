namespace CloudSweep.Coordinator.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Coordinator_References_NotTheWorker()
    {
        var references = System.Reflection.Assembly.Load("CloudSweep.Coordinator").GetReferencedAssemblies().Select(assembly => assembly.Name);

        Assert.DoesNotContain("CloudSweep.Worker", references);
    }
}
